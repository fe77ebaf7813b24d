import { PDFDocument, StandardFonts, rgb, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';
import { guideSteps, sheetWords as words } from '../words/guide';
import { drawQr } from './qr';

/** A parcel on the sheet. Nobody's name, address or phone is on it: the counter keeps a copy. */
type SheetParcel = { orderId: string; trackingNumber: string };

/** One form with its parcels; `name`: the number under its barcode. Without a name no form is made yet. */
export type SheetForm = { name?: string; parcels: readonly SheetParcel[] };

type HandOverSheet = {
  date: string;
  shipFrom: string;
  forms: readonly SheetForm[];
  /** Where a phone sends photos to; `until`: how long it serves, as people read it. */
  link?: { url: string; until: string };
};

/** Letter, in points. */
const PAGE = { width: 612, height: 792 } as const;
const MARGIN = 40;
const COLUMNS = 3;
const COLUMN = (PAGE.width - 2 * MARGIN) / COLUMNS;
const ROW = 9.5;
const ROW_SIZE = 6.5;
const TEXT_SIZE = 10;
const LINE = 14;
const QR_SIZE = 120;
const BOX = rgb(0.35, 0.35, 0.35);

type Fonts = { plain: PDFFont; bold: PDFFont };
type Sheets = { document: PDFDocument; fonts: Fonts };

/** The sheet as a PDF: first what to do, with room for a stamp and the code for a phone; then the parcels, form by form, to tick off. */
export async function handOverSheet(sheet: HandOverSheet): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle(words.title);
  const sheets: Sheets = {
    document,
    fonts: {
      plain: await document.embedFont(StandardFonts.Helvetica),
      bold: await document.embedFont(StandardFonts.HelveticaBold),
    },
  };
  const below = head(sheets, sheet);
  let place: Place = { page: document.getPage(0), y: below, column: 0, top: below };
  for (const form of sheet.forms) place = list(sheets, form, place);
  number(sheets);
  return document.save();
}

/** @returns Where the head ends. */
function head({ document, fonts }: Sheets, sheet: HandOverSheet): number {
  const page = document.addPage([PAGE.width, PAGE.height]);
  let y = PAGE.height - MARGIN - 18;
  page.drawText(words.title, { x: MARGIN, y, size: 18, font: fonts.bold });
  y -= 1.5 * LINE;
  write(page, { text: words.about(sheet.date, sheet.shipFrom), y, font: fonts.bold });
  for (const form of sheet.forms) {
    y -= LINE;
    write(page, { text: titleOf(form), y, font: fonts.plain });
  }
  if (sheet.forms.length > 1) {
    y -= LINE;
    const count = sheet.forms.reduce((sum, { parcels }) => sum + parcels.length, 0);
    write(page, { text: words.total(count), y, font: fonts.bold });
  }
  if (sheet.link !== undefined) code(page, fonts, sheet.link);
  y = Math.min(y, PAGE.height - MARGIN - QR_SIZE - 2 * LINE) - LINE;
  y = steps(page, fonts, y);
  return boxes(page, fonts, y) - 1.5 * LINE;
}

const titleOf = ({ name, parcels }: SheetForm): string =>
  name === undefined ? words.noForm(parcels.length) : words.form(name, parcels.length);

function code(page: PDFPage, fonts: Fonts, { url, until }: { url: string; until: string }): void {
  const x = PAGE.width - MARGIN - QR_SIZE;
  const y = PAGE.height - MARGIN - QR_SIZE - LINE;
  page.drawText(words.scanMe, { x, y: y + QR_SIZE + 4, size: 8, font: fonts.bold });
  drawQr(page, url, { x, y, size: QR_SIZE });
  page.drawText(words.scanUntil(until), { x, y: y - 6, size: 6, font: fonts.plain });
}

function steps(page: PDFPage, { plain }: Fonts, from: number): number {
  let y = from;
  for (const [index, step] of guideSteps.en.entries()) {
    for (const [line, text] of wrapped(step, plain).entries()) {
      if (line === 0) write(page, { text: `${index + 1}.`, y, font: plain });
      write(page, { text, y, font: plain, x: MARGIN + 16 });
      y -= LINE;
    }
  }
  return y;
}

/** Lines no longer than the page is wide. */
function wrapped(text: string, font: PDFFont): string[] {
  const widest = PAGE.width - 2 * MARGIN - 16;
  const lines = [''];
  for (const word of printable(text).split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (font.widthOfTextAtSize(longer, TEXT_SIZE) <= widest) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Room for a stamp or a signature, for the time, and for what was counted. */
function boxes(page: PDFPage, { plain }: Fonts, from: number): number {
  const [height, gap] = [84, 10];
  const y = from - height;
  const half = (PAGE.width - 2 * MARGIN - gap) / 2;
  const places = [
    { text: words.stamp, x: MARGIN, y, height },
    { text: words.time, x: MARGIN + half + gap, y: y + height / 2 + gap / 2, height: (height - gap) / 2 },
    { text: words.counted, x: MARGIN + half + gap, y, height: (height - gap) / 2 },
  ];
  for (const { text, ...place } of places) {
    page.drawRectangle({ ...place, width: half, borderColor: BOX, borderWidth: 0.8 });
    page.drawText(text, { x: place.x + 5, y: place.y + place.height - 11, size: 8, font: plain, color: BOX });
  }
  return y;
}

/** Where the next row goes. `top`: where its columns begin on this page. */
type Place = { page: PDFPage; y: number; column: number; top: number };

function list({ document, fonts }: Sheets, form: SheetForm, from: Place): Place {
  let place = titled(document, from);
  place.page.drawText(printable(titleOf(form)), { x: MARGIN, y: place.y, size: TEXT_SIZE, font: fonts.bold });
  place = { ...place, y: place.y - LINE, top: place.y - LINE, column: 0 };
  for (let done = 0; done < form.parcels.length;) {
    place = withRoom(document, place);
    const rows = form.parcels.slice(done, done + Math.floor((place.y - MARGIN) / ROW) + 1);
    column(place, fonts.plain, rows);
    place = { ...place, y: place.y - rows.length * ROW };
    done += rows.length;
  }
  return place;
}

/** Rows below each other, each with a box to tick: one text and one path, for thousands of them are drawn. */
function column({ page, y, column: index }: Place, font: PDFFont, rows: readonly SheetParcel[]): void {
  const x = MARGIN + index * COLUMN;
  const text = rows.map(({ orderId, trackingNumber }) => printable(`${trackingNumber}  ${orderId}`)).join('\n');
  const boxesPath = rows.map((_, row) => `M0 ${(row * ROW).toFixed(1)}h6v6h-6z`).join('');
  page.drawSvgPath(boxesPath, { x, y: y + 6, borderColor: BOX, borderWidth: 0.5 });
  page.drawText(text, { x: x + 10, y: y + 0.5, size: ROW_SIZE, lineHeight: ROW, font });
}

/** A form's list begins at the left edge, below what stands there; near the page's end on the next one. */
function titled(document: PDFDocument, { page, y, column }: Place): Place {
  const isFree = column === 0 && y > MARGIN + 3 * LINE;
  return isFree ? { page, y: y - LINE, column: 0, top: y - LINE } : onNextPage(document);
}

function withRoom(document: PDFDocument, place: Place): Place {
  if (place.y >= MARGIN) return place;
  if (place.column + 1 < COLUMNS) return { ...place, column: place.column + 1, y: place.top };
  return onNextPage(document);
}

function onNextPage(document: PDFDocument): Place {
  const top = PAGE.height - MARGIN - LINE;
  return { page: document.addPage([PAGE.width, PAGE.height]), y: top, column: 0, top };
}

function number({ document, fonts }: Sheets): void {
  const pages = document.getPages();
  for (const [index, page] of pages.entries()) {
    const text = words.page(index + 1, pages.length);
    page.drawText(text, { x: MARGIN, y: MARGIN / 2, size: 7, font: fonts.plain, color: BOX });
  }
}

type Text = { text: string; y: number; font: PDFFont; x?: number };

const write = (page: PDFPage, { text, y, font, x = MARGIN }: Text): void =>
  page.drawText(printable(text), { x, y, size: TEXT_SIZE, font });

/** The standard fonts have Western letters only and throw on any other; what stands here is numbers, names of places and our own words. */
const printable = (text: string): string => text.replace(/[\u2018\u2019]/g, "'").replace(/[^\x20-\x7e]+/g, '?');
