import { type RequestHandler } from 'express';
import { deflateSync } from 'node:zlib';
import { type Answer, send } from '../answer';
import { imageOf } from '../label-image';
import { NOT_POSTAGE, pageOf } from '../pdf';
import { problem } from '../problem';
import type { World } from '../world';

/** Serves the labels, without a key: a label's address is all that a printer is given. */
export function labelRoute(world: World): RequestHandler<{ shop: string; file: string }> {
  return (req, res) => {
    const [shipmentId = '', ending] = req.params.file.split('.');
    const postage = world.state.shipments.get(req.params.shop, shipmentId)?.postage;
    if (!postage) send(res, problem(404, 'No such label'));
    else if (ending === 'pdf')
      send(res, { status: 200, contentType: 'application/pdf', body: pageOf([NOT_POSTAGE, postage.trackingCode]) });
    else if (ending === 'zpl') send(res, zpl(postage.trackingCode));
    else send(res, { status: 200, contentType: 'image/png', body: labelPng(postage.trackingCode) });
  };
}

function zpl(trackingCode: string): Answer {
  const { contentType, bytes } = imageOf('ZPL', [trackingCode]);
  return { status: 200, contentType, body: bytes };
}

const WIDTH = 400;
const HEIGHT = 600;
const BARS = { left: 40, right: 360, top: 380, bottom: 500 };
const WHITE = 255;

/** A 4x6 picture in grey: a frame, and bars that follow the number's digits. It is nothing a scanner can read. */
export function labelPng(trackingCode: string): Buffer {
  const rows = Array.from({ length: HEIGHT }, (_row, y) =>
    // Each row begins with the number of its filter: none.
    Buffer.from([0, ...Array.from({ length: WIDTH }, (_pixel, x) => shade(trackingCode, x, y))]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function shade(trackingCode: string, x: number, y: number): number {
  const isFrame = x < 3 || y < 3 || x >= WIDTH - 3 || y >= HEIGHT - 3;
  if (isFrame) return 0;
  const isInBars = x >= BARS.left && x < BARS.right && y >= BARS.top && y < BARS.bottom;
  if (!isInBars) return WHITE;
  const bar = Math.floor((x - BARS.left) / 2);
  const code = trackingCode.charCodeAt(Math.floor(bar / 7) % trackingCode.length);
  return ((code * 2 + 1) >> (bar % 7)) % 2 === 1 ? 0 : WHITE;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** `zlib.crc32` came with Node 20.15; the project runs from 20.12. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc % 2 === 0 ? 0 : 0xedb88320);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
