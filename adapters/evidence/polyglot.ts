/** How else a file might be read than as what it begins as: whoever opens it later may go by its end, or by what a browser guesses. */

/** A browser that guesses takes a file for a page where it finds these. XMP, which photos carry, has none of them. */
const MARKUP = /<(?:!doctype|html|script|svg|iframe|body)[\s/>]|<\?php/i;

const PDF_HEADER = '%PDF-';
/** Readers of PDF look for its header this far into a file. */
const PDF_WITHIN = 1024;

const END_OF_ARCHIVE = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const END_RECORD_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

/** Archives, programs: what runs or unpacks where it stands at the beginning of what follows a picture. */
const STRANGERS = [
  'PK\u0003\u0004',
  'MZ',
  '\u007fELF',
  '#!',
  'Rar!',
  '7z\u00bc\u00af',
  '%PDF',
  '\u00ca\u00fe\u00ba\u00be',
];

export const hasMarkup = (bytes: Buffer): boolean => MARKUP.test(bytes.toString('latin1'));

export const hidesPdf = (bytes: Buffer): boolean => bytes.subarray(0, PDF_WITHIN).includes(PDF_HEADER, 0, 'latin1');

/** A ZIP is read from its end: a picture or a paper may stand before it (APPNOTE 4.3.16, "end of central directory"). */
export function isArchiveToo(bytes: Buffer): boolean {
  const first = Math.max(0, bytes.length - END_RECORD_BYTES - LONGEST_COMMENT);
  let at = bytes.indexOf(END_OF_ARCHIVE, first);
  while (at !== -1 && at + END_RECORD_BYTES <= bytes.length) {
    // Its last field is the length of a comment, which ends the file.
    if (at + END_RECORD_BYTES + bytes.readUInt16LE(at + END_RECORD_BYTES - 2) <= bytes.length) return true;
    at = bytes.indexOf(END_OF_ARCHIVE, at + 1);
  }
  return false;
}

/** Whether what follows a picture is a thing of its own. */
export const isStranger = (rest: Buffer): boolean =>
  STRANGERS.some((sign) => rest.subarray(0, sign.length).toString('latin1') === sign) ||
  rest.includes(PDF_HEADER, 0, 'latin1') ||
  hasMarkup(rest);
