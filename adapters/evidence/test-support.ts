import { deflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';

/** The smallest files that are what they say, for tests. */

const CLOCK = '2026:11:23 15:04:05\0';
const OFFSET = '-08:00\0';

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const segment = (code: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, code]), u16(content.length + 2), content]);

const entry = (tag: number, [type, count, value]: [number, number, Buffer]): Buffer =>
  Buffer.concat([u16(tag), u16(type), u32(count), value]);

/** EXIF that says when a picture was taken, and where: nobody may read the latter. */
function exif(): Buffer {
  const [first, camera] = [8, 8 + 2 + 2 * 12 + 4];
  const place = camera + 2 + 2 * 12 + 4;
  const texts = place + 2 + 12 + 4;
  return Buffer.concat([
    Buffer.from('Exif\0\0MM\0*', 'latin1'),
    u32(first),
    ...[u16(2), entry(0x8769, [4, 1, u32(camera)]), entry(0x8825, [4, 1, u32(place)]), u32(0)],
    ...[u16(2), entry(0x9003, [2, CLOCK.length, u32(texts)])],
    ...[entry(0x9011, [2, OFFSET.length, u32(texts + CLOCK.length)]), u32(0)],
    ...[u16(1), entry(0x0001, [2, 2, Buffer.from('N\0\0\0')]), u32(0)],
    Buffer.from(CLOCK + OFFSET, 'latin1'),
  ]);
}

const FRAME = Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0]);

/** A photo; `comment` stands in it, `behind` after its end. Pictures with other comments have other hashes. */
export const jpegOf = ({
  comment = '',
  behind = Buffer.alloc(0),
}: { comment?: string; behind?: Buffer } = {}): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...[segment(0xe1, exif()), segment(0xfe, Buffer.from(comment)), segment(0xc0, FRAME)],
    ...[segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd9])],
    behind,
  ]);

function checksum(bytes: Buffer): Buffer {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return u32(~rest >>> 0);
}

export const chunkOf = (type: string, content: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type), content]);
  return Buffer.concat([u32(content.length), named, checksum(named)]);
};

export const pngOf = ({ side = 1, more = [] }: { side?: number; more?: Buffer[] } = {}): Buffer =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunkOf('IHDR', Buffer.concat([u32(side), u32(side), Buffer.from([8, 0, 0, 0, 0])])),
    ...more,
    chunkOf('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunkOf('IEND', Buffer.alloc(0)),
  ]);

const box = (type: string, content: Buffer): Buffer =>
  Buffer.concat([u32(content.length + 8), Buffer.from(type), content]);

export const heicOf = (brand = 'heic', behind: Uint8Array = Buffer.alloc(0)): Buffer =>
  Buffer.concat([
    box(
      'ftyp',
      Buffer.concat([Buffer.from(brand), u32(0), Buffer.from('mif1heic')].slice(0, brand === 'heic' ? 3 : 2)),
    ),
    ...[box('meta', u32(0)), box('mdat', Buffer.from('a picture')), behind],
  ]);

/** A PDF of one page, after somebody did something to it. */
export async function pdfOf(
  change: (document: PDFDocument) => void | Promise<void> = () => undefined,
): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage([72, 72]);
  await change(document);
  return Buffer.from(await document.save());
}

/** A PDF as text, the way it was first written; `objects` come after the page. */
export const plainPdf = (...objects: string[]): Buffer => {
  const body = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', PAGE, ...objects];
  const parts = body.map((object, index) => `${index + 1} 0 obj${object}\nendobj\n`);
  return Buffer.from(
    `%PDF-1.7\n${parts.join('')}trailer<</Root 1 0 R/Size ${body.length + 1}>>\nstartxref\n0\n%%EOF\n`,
  );
};
const PAGE = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>';
