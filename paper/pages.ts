import { PDFDocument } from '@cantoo/pdf-lib';

/** A label's page: 4 by 6 inches, in points. */
export const LABEL_PAGE = { width: 288, height: 432 } as const;

/** Pages of a file, counted from 0; all of them if left out. */
export type Sheets = { bytes: Uint8Array; from?: number; count?: number };

/** One PDF with the pages of all, in their order. Without any page there is none: `undefined`. */
export async function mergePages(parts: readonly Sheets[]): Promise<Uint8Array | undefined> {
  const merged = await PDFDocument.create();
  // Pages of one file may be asked for by turns with those of another: each file is read once.
  const opened = new Map<Uint8Array, PDFDocument>();
  for (const { bytes, from = 0, count } of parts) {
    const part = opened.get(bytes) ?? (await open(bytes));
    opened.set(bytes, part);
    const until = Math.min(part.getPageCount(), count === undefined ? Infinity : from + count);
    const indices = Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);
    for (const page of await merged.copyPages(part, indices)) merged.addPage(page);
  }
  if (merged.getPageCount() === 0) return undefined;
  return merged.save();
}

export const countPages = async (bytes: Uint8Array): Promise<number> => (await open(bytes)).getPageCount();

/** Carriers' files are often encrypted without a password, against changes only. */
const open = (bytes: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(bytes, { ignoreEncryption: true, updateMetadata: false });

/** A picture of a label as a page of its own, as large as fits. */
export async function pageOfPng(bytes: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const picture = await document.embedPng(bytes);
  const { width, height } = picture.scaleToFit(LABEL_PAGE.width, LABEL_PAGE.height);
  const page = document.addPage([LABEL_PAGE.width, LABEL_PAGE.height]);
  page.drawImage(picture, {
    ...{ width, height },
    x: (LABEL_PAGE.width - width) / 2,
    y: (LABEL_PAGE.height - height) / 2,
  });
  return document.save();
}
