import { degrees, PDFDocument, type PDFImage } from '@cantoo/pdf-lib';
import { packWords } from '../words/pack';
import { turnOf } from './pack-photo';
import { gap, heading, nextPage, place, write, type Sheet } from './pack-sheet';

/** A file of the evidence with its bytes; without them `why` says what stands in the way. */
export type PaperFile = {
  title: string;
  type: 'pdf' | 'jpeg' | 'png' | 'heic';
  sha256: string;
  receivedAt?: string;
  takenAt?: string | null;
  bytes?: Uint8Array;
  why?: NotShown;
};

export type NotShown = keyof typeof packWords.notShown;

/** Each file on pages of its own, under what it is, its hash and its times. */
export async function filePages(sheet: Sheet, files: readonly PaperFile[]): Promise<void> {
  for (const file of files) {
    nextPage(sheet);
    heading(sheet, file.title);
    write(sheet, packWords.hash(file.sha256), { size: 8, isGrey: true });
    const { receivedAt, takenAt = null } = file;
    if (receivedAt !== undefined) write(sheet, packWords.times(receivedAt, takenAt), { size: 9 });
    gap(sheet, 6);
    write(sheet, await shown(sheet, file));
  }
}

/** Shows the file. @returns What is to be said of it. */
async function shown(sheet: Sheet, { type, bytes, why }: PaperFile): Promise<string> {
  if (bytes === undefined) return packWords.notShown[why ?? 'unreadable'];
  if (type === 'heic') return packWords.notShown.heic;
  try {
    if (type === 'pdf') return await withPages(sheet, bytes);
    if (type === 'png') draw(sheet, await sheet.document.embedPng(bytes), 0);
    else draw(sheet, await sheet.document.embedJpg(bytes), turnOf(bytes));
    return '';
  } catch {
    // A broken picture is evidence all the same: it is kept, and the pack says so.
    return packWords.notShown.unreadable;
  }
}

/** As a person held it: a page is turned about the corner where its picture begins. */
function draw(sheet: Sheet, picture: PDFImage, turn: 0 | 90 | 180 | 270): void {
  const isAside = turn === 90 || turn === 270;
  const { x, y, width, height } = place(
    sheet,
    isAside ? { width: picture.height, height: picture.width } : { width: picture.width, height: picture.height },
  );
  const corner = {
    0: { x, y },
    90: { x, y: y + height },
    180: { x: x + width, y: y + height },
    270: { x: x + width, y },
  }[turn];
  const size = isAside ? { width: height, height: width } : { width, height };
  sheet.page.drawImage(picture, { ...corner, ...size, rotate: degrees(-turn) });
}

/** The file's own pages follow as they are. Carriers' files are often encrypted without a password, against changes only. */
async function withPages({ document }: Sheet, bytes: Uint8Array): Promise<string> {
  const file = await PDFDocument.load(bytes, { ignoreEncryption: true, updateMetadata: false });
  const pages = await document.copyPages(file, file.getPageIndices());
  for (const page of pages) document.addPage(page);
  return packWords.pagesFollow;
}
