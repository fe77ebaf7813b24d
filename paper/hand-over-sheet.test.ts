import { inflateSync } from 'node:zlib';
import { PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import { handOverSheet, type SheetForm } from './hand-over-sheet';
import { qrRuns, qrSvg } from './qr';

const parcels = (count: number): SheetForm['parcels'] =>
  Array.from({ length: count }, (_, index) => ({
    orderId: String(576461413038780000n + BigInt(index)),
    trackingNumber: `94001112010${23456789012 + index}`,
  }));

/** What its pages draw, one text a page. */
async function drawnOn(bytes: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(bytes);
  return document.getPages().map((page) => {
    const contents = page.node.normalizedEntries().Contents?.asArray() ?? [];
    const streams = contents.map((ref) => document.context.lookup(ref));
    return streams
      .flatMap((stream) =>
        stream instanceof PDFRawStream ? [inflateSync(stream.getContents()).toString('latin1')] : [],
      )
      .join('\n');
  });
}

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex').toUpperCase();

it('names every form with its count, every parcel once, and leaves none out', async () => {
  const forms = [
    { name: '9475-1', parcels: parcels(500) },
    { name: '9475-2', parcels: parcels(3).map((one) => ({ ...one, trackingNumber: `1Z${one.trackingNumber}` })) },
  ];
  const pages = await drawnOn(await handOverSheet({ date: '2026-11-23', shipFrom: 'la', forms }));
  const all = pages.join('\n');
  const times = (text: string): number => all.split(hex(text)).length - 1;
  expect(pages.length).toBeGreaterThan(1);
  for (const { trackingNumber, orderId } of forms.flatMap((form) => form.parcels))
    expect([times(` ${orderId}`), times(trackingNumber)].map((count) => count > 0)).toEqual([true, true]);
  expect(times('Form 9475-1: 500 parcels')).toBe(2);
  expect(times('503 parcels in all')).toBe(1);
});

it('has a code that a phone reads, in black', async () => {
  const url = 'https://ship.example.com/u/AbCd';
  const link = { url, until: 'Nov 26' };
  const [page = ''] = await drawnOn(
    await handOverSheet({ date: '2026-11-23', shipFrom: 'la', forms: [{ parcels: parcels(1) }], link }),
  );
  // The path of the code is filled.
  expect(page).toMatch(/0 0 0 rg[\s\S]*\nf\n/);
  const { side, runs } = qrRuns(url);
  const dark = new Set(
    runs.flatMap(({ row, column, length }) => [...Array(length).keys()].map((n) => `${row},${column + n}`)),
  );
  // Three finders of seven by seven, four modules from the edges.
  for (const [row, column] of [
    [4, 4],
    [4, side - 11],
    [side - 11, 4],
  ] as const)
    expect([
      dark.has(`${row},${column}`),
      dark.has(`${row + 3},${column + 3}`),
      dark.has(`${row + 1},${column + 1}`),
    ]).toEqual([true, true, false]);
  expect(qrSvg(url, '"<x>')).not.toContain('<x>');
});

it('prints names in any script, as far as its letters go', async () => {
  const sheet = { date: '2026-11-23', shipFrom: '洛杉矶', forms: [{ name: '表单', parcels: parcels(2) }] };
  expect(await drawnOn(await handOverSheet(sheet))).toHaveLength(1);
});
