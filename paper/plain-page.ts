import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

/** One line on one page, for what is played: another text is another file. */
export async function plainPage(text: string): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage([288, 432]).drawText(text, { x: 18, y: 400, size: 10, font });
  document.setCreationDate(new Date(0));
  document.setModificationDate(new Date(0));
  return document.save();
}
