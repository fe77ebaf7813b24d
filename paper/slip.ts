import { PDFDocument, StandardFonts, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';
import { slipWords } from '../words/batch';
import { LABEL_PAGE } from './pages';

/** What lies in one parcel. Nobody's name, address or phone is on it: a slip may be left on any table. */
export type Slip = {
  orderId: string;
  /** Which of the order's parcels, counted from 1. */
  parcel: { number: number; of: number };
  lines: SlipLine[];
};

export type SlipLine = { sku: string; title: string; quantity: number; bin?: string };

const MARGIN = 18;
const LINE = 14;
const TITLE_SIZE = 8;
const TEXT_SIZE = 10;
const HEAD_SIZE = 14;

type Sheet = { page: PDFPage; y: number };
type Fonts = { plain: PDFFont; bold: PDFFont };

/** The slip as a PDF of 4 by 6 inches; one with many lines goes on on further pages, so that none is left out. */
export async function slipPages(slip: Slip): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const fonts = {
    plain: await document.embedFont(StandardFonts.Helvetica),
    bold: await document.embedFont(StandardFonts.HelveticaBold),
  };
  let sheet = headed(document, fonts, slip);
  for (const line of slip.lines) {
    if (sheet.y < MARGIN + 2 * LINE) sheet = headed(document, fonts, slip);
    sheet = withLine(sheet, fonts, line);
  }
  return document.save();
}

function headed(document: PDFDocument, fonts: Fonts, { orderId, parcel }: Slip): Sheet {
  const page = document.addPage([LABEL_PAGE.width, LABEL_PAGE.height]);
  const top = LABEL_PAGE.height - MARGIN - HEAD_SIZE;
  page.drawText(slipWords.head, { x: MARGIN, y: top, size: HEAD_SIZE, font: fonts.bold });
  const order = slipWords.order(orderId, parcel.number, parcel.of);
  page.drawText(order, { x: MARGIN, y: top - LINE - 4, size: TEXT_SIZE, font: fonts.plain });
  return { page, y: top - 3 * LINE };
}

function withLine({ page, y }: Sheet, { plain, bold }: Fonts, { sku, title, quantity, bin }: SlipLine): Sheet {
  const amount = slipWords.quantity(quantity);
  const place = bin === undefined ? '' : slipWords.bin(bin);
  draw(page, { text: `${amount}  ${sku}`, y, font: bold, size: TEXT_SIZE });
  draw(page, { text: [place, title].filter(Boolean).join('  '), y: y - LINE + 3, font: plain, size: TITLE_SIZE });
  return { page, y: y - 2 * LINE };
}

type Text = { text: string; y: number; font: PDFFont; size: number };

/** One line, cut where the page ends. */
function draw(page: PDFPage, { text, y, font, size }: Text): void {
  const widest = LABEL_PAGE.width - 2 * MARGIN;
  let shown = printable(text, font);
  while (shown !== '' && font.widthOfTextAtSize(shown, size) > widest) shown = shown.slice(0, -1);
  page.drawText(shown, { x: MARGIN, y, size, font });
}

/**
 * The standard fonts have Western letters only and throw on any other: a title in Chinese is left out where it has none, and its
 * SKU says what it is. A font with all letters would make each slip larger by megabytes.
 */
function printable(text: string, font: PDFFont): string {
  const known = new Set(font.getCharacterSet());
  return text
    .normalize('NFC')
    .replace(/./gsu, (letter) => (known.has(letter.codePointAt(0) ?? 0) ? letter : '?'))
    .replace(/\?{2,}/g, '?')
    .trim();
}
