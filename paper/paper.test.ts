import { deflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import { countPages, LABEL_PAGE, mergePages, pageOfPng } from './pages';
import { slipPages, type SlipLine } from './slip';

async function fileOf(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let page = 1; page <= pages; page += 1) document.addPage([page, 100]);
  return document.save();
}

const widthsIn = async (bytes: Uint8Array | undefined): Promise<number[]> =>
  (await PDFDocument.load(bytes ?? new Uint8Array())).getPages().map((page) => page.getWidth());

it('puts the pages of files together in their order, and takes those that are asked for', async () => {
  const [three, two] = [await fileOf(3), await fileOf(2)];
  expect(await widthsIn(await mergePages([{ bytes: two }, { bytes: three, from: 1, count: 2 }]))).toEqual([1, 2, 2, 3]);
  expect(await widthsIn(await mergePages([{ bytes: three, from: 2, count: 9 }]))).toEqual([3]);
  expect(await mergePages([{ bytes: two, from: 5, count: 1 }])).toBeUndefined();
  expect(await mergePages([])).toBeUndefined();
});

/** The smallest picture: one grey dot. */
function dot(): Uint8Array {
  const crc = (bytes: Buffer): number => {
    let rest = ~0;
    for (const byte of bytes) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
    }
    return ~rest >>> 0;
  };
  const chunk = (type: string, content: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const dots = deflateSync(Buffer.from([0, 128]));
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', dots), chunk('IEND', Buffer.alloc(0))]);
}

it('puts a picture of a label on a page of 4 by 6 inches', async () => {
  const page = await pageOfPng(dot());
  expect(await widthsIn(page)).toEqual([LABEL_PAGE.width]);
});

const slipOf = (lines: SlipLine[]): Promise<Uint8Array> =>
  slipPages({ orderId: '576461413038785752', parcel: { number: 1, of: 2 }, lines });

it('makes a packing slip of titles in any script', async () => {
  const line = { sku: 'MUG-蓝', title: '蓝色马克杯 ☕ Tasse bleue\nwith a break', quantity: 2, bin: 'A-2' };
  expect(await countPages(await slipOf([line]))).toBe(1);
  expect(await countPages(await slipOf([{ sku: '蓝', title: '😀', quantity: 1 }]))).toBe(1);
});

it('leaves no line out: many go on on further pages', async () => {
  const lines = Array.from({ length: 60 }, (_, index) => {
    return { sku: `SKU-${index}`, title: 'x'.repeat(500), quantity: 1 };
  });
  expect(await countPages(await slipOf(lines))).toBeGreaterThan(1);
});
