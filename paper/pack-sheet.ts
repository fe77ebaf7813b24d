import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';

/** US Letter, in points: who reads it prints on that. */
const PAGE = { width: 612, height: 792 } as const;
const MARGIN = 54;
const FOOT = 40;
const GREY = rgb(0.42, 0.42, 0.42);
const LEADING = 1.35;

/** The pages of our own of one document, and where the next line goes. Pages that are copied from files are not among them. */
export type Sheet = { document: PDFDocument; fonts: Fonts; own: PDFPage[]; page: PDFPage; y: number };
type Fonts = { plain: PDFFont; bold: PDFFont; letters: Set<number> };

/** What room there is between the margins. */
export const ROOM = { width: PAGE.width - 2 * MARGIN, height: PAGE.height - MARGIN - FOOT - MARGIN / 2 } as const;

/** @param at From this instant its dates are: the same content is the same file, byte by byte. Epoch milliseconds. */
export async function newSheet(title: string, at: number): Promise<Sheet> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(title);
  document.setProducer('shipclock');
  document.setCreationDate(new Date(at));
  document.setModificationDate(new Date(at));
  const plain = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  const page = document.addPage([PAGE.width, PAGE.height]);
  const fonts = { plain, bold, letters: new Set(plain.getCharacterSet()) };
  return { document, fonts, own: [page], page, y: PAGE.height - MARGIN };
}

export function nextPage(sheet: Sheet): void {
  sheet.page = sheet.document.addPage([PAGE.width, PAGE.height]);
  sheet.own.push(sheet.page);
  sheet.y = PAGE.height - MARGIN;
}

/** Begins a page where less than this is left. */
export function need(sheet: Sheet, height: number): void {
  if (sheet.y - Math.min(height, ROOM.height) < FOOT + MARGIN / 2) nextPage(sheet);
}

export type Style = { size?: number; isBold?: boolean; isGrey?: boolean; indent?: number };

/** A paragraph: as many lines as it needs, on as many pages. */
export function write(sheet: Sheet, text: string, style: Style = {}): void {
  const { size = 10, indent = 0 } = style;
  for (const line of linesOf(sheet, text, style)) {
    need(sheet, size * LEADING);
    sheet.y -= size * LEADING;
    put(sheet, line, { ...style, x: indent });
  }
}

export const gap = (sheet: Sheet, height: number): void => {
  sheet.y -= height;
};

export function heading(sheet: Sheet, text: string, size = 13): void {
  need(sheet, size * 4);
  gap(sheet, size * 0.7);
  write(sheet, text, { size, isBold: true });
  gap(sheet, size * 0.35);
}

/** A name at the left and what belongs to it beside it. */
export function entry(sheet: Sheet, name: string, text: string): void {
  const indent = 96;
  const lines = linesOf(sheet, text, { indent });
  need(sheet, lines.length * 10 * LEADING + 4);
  const top = sheet.y;
  sheet.y -= 10 * LEADING;
  put(sheet, name, { isGrey: true, x: 0 });
  sheet.y = top;
  write(sheet, text, { indent });
  gap(sheet, 3);
}

/** One row of a table. What does not fit into its column is cut: the columns are made for what stands in them. */
export function row(sheet: Sheet, cells: readonly Cell[], style: Style = {}): void {
  const { size = 9 } = style;
  sheet.y -= size * 1.5;
  for (const { text, x, width } of cells)
    put(sheet, cut(sheet, text, { ...style, size, width }), { ...style, size, x });
}

export type Cell = { text: string; x: number; width: number };

export function line(sheet: Sheet): void {
  sheet.y -= 4;
  const [start, end] = [
    { x: MARGIN, y: sheet.y },
    { x: PAGE.width - MARGIN, y: sheet.y },
  ];
  sheet.page.drawLine({ start, end, thickness: 0.5, color: GREY });
}

/** The foot of every page of ours; called once, at the end. */
export function number(sheet: Sheet, textOf: (page: number, of: number) => string): void {
  sheet.own.forEach((page, index) => {
    const text = printable(sheet, textOf(index + 1, sheet.own.length));
    page.drawText(text, { x: MARGIN, y: FOOT - 8, size: 8, font: sheet.fonts.plain, color: GREY });
  });
}

/** How high a paragraph is. */
export const heightOf = (sheet: Sheet, text: string, style: Style = {}): number =>
  linesOf(sheet, text, style).length * (style.size ?? 10) * LEADING;

type Size = { width: number; height: number };

/** Where a picture goes: as large as fits under what stands on the page. */
export function place(sheet: Sheet, size: Size): Size & { x: number; y: number } {
  const room = { width: ROOM.width, height: sheet.y - FOOT - 24 };
  const scale = Math.min(room.width / size.width, room.height / size.height, 1);
  const [width, height] = [size.width * scale, size.height * scale];
  return { x: MARGIN + (room.width - width) / 2, y: sheet.y - 12 - height, width, height };
}

function put(
  sheet: Sheet,
  text: string,
  { size = 10, isBold = false, isGrey = false, x }: Style & { x: number },
): void {
  const font = isBold ? sheet.fonts.bold : sheet.fonts.plain;
  sheet.page.drawText(text, { x: MARGIN + x, y: sheet.y, size, font, ...(isGrey ? { color: GREY } : {}) });
}

function cut(sheet: Sheet, text: string, { size = 9, isBold = false, width }: Style & { width: number }): string {
  const font = isBold ? sheet.fonts.bold : sheet.fonts.plain;
  let shown = printable(sheet, text);
  while (shown !== '' && font.widthOfTextAtSize(shown, size) > width) shown = shown.slice(0, -1);
  return shown;
}

function linesOf(sheet: Sheet, text: string, style: Style): string[] {
  return text.split('\n').flatMap((paragraph) => wrapped(sheet, printable(sheet, paragraph), style));
}

function wrapped({ fonts }: Sheet, text: string, { size = 10, isBold = false, indent = 0 }: Style): string[] {
  const font = isBold ? fonts.bold : fonts.plain;
  const fits = (some: string): boolean => font.widthOfTextAtSize(some, size) <= ROOM.width - indent;
  const lines: string[] = [''];
  for (const word of text.split(' ').flatMap((one) => broken(one, fits))) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A word that is longer than a line goes on in the next. */
function broken(word: string, fits: (some: string) => boolean): string[] {
  if (fits(word)) return [word];
  let length = word.length;
  while (length > 1 && !fits(word.slice(0, length))) length -= 1;
  return [word.slice(0, length), ...broken(word.slice(length), fits)];
}

/** The standard fonts have Western letters only and throw on any other: a font with all letters would make each file larger by megabytes. */
const printable = ({ fonts }: Sheet, text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\S ]/gu, ' ')
    .replace(/./gsu, (letter) => (fonts.letters.has(letter.codePointAt(0) ?? 0) ? letter : '?'))
    .replace(/\?{2,}/g, '?');
