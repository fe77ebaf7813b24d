import { createHash } from 'node:crypto';
import type { LabelFormat } from '../../../contracts/shop';

/** All of a label's order that a later attempt must say again: under one key USPS takes one body only. */
export type ChosenRate = {
  mailClass: string;
  rateIndicator: string;
  processingCategory: string;
  mailingDate: string;
  format: LabelFormat;
};

const CLASSES = { G: 'USPS_GROUND_ADVANTAGE', P: 'PRIORITY_MAIL', E: 'PRIORITY_MAIL_EXPRESS' };
const CATEGORIES = { M: 'MACHINABLE', N: 'NONSTANDARD', X: 'NON_MACHINABLE', I: 'IRREGULAR' };
const FORMATS = { d: 'pdf', p: 'png', z: 'zpl' } as const;

const RATE_ID = /^([GPE])([A-Z0-9]{2})([MNXI])([dpz])(\d{8})$/;

const letterOf = (table: Record<string, string>, word: string): string | undefined =>
  Object.keys(table).find((letter) => table[letter] === word);

/** Short, for it stands in history: `GSPMd20261123`. Undefined for what we do not sell. */
export function rateIdOf(rate: ChosenRate): string | undefined {
  const mailClass = letterOf(CLASSES, rate.mailClass);
  const category = letterOf(CATEGORIES, rate.processingCategory);
  const format = letterOf(FORMATS, rate.format) ?? 'd';
  if (mailClass === undefined || category === undefined) return undefined;
  const id = `${mailClass}${rate.rateIndicator}${category}${format}${rate.mailingDate.replaceAll('-', '')}`;
  return RATE_ID.test(id) ? id : undefined;
}

/** Undefined where it is none of ours. */
export function chosenRateOf(rateId: string): ChosenRate | undefined {
  const [, mailClass = '', rateIndicator = '', category = '', format = '', date = ''] = RATE_ID.exec(rateId) ?? [];
  if (date === '') return undefined;
  return {
    mailClass: CLASSES[mailClass as keyof typeof CLASSES],
    rateIndicator,
    processingCategory: CATEGORIES[category as keyof typeof CATEGORIES],
    mailingDate: `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
    format: FORMATS[format as keyof typeof FORMATS],
  };
}

/**
 * The key of a purchase: a UUID that every attempt makes anew from our reference. USPS asks for one of random form (RFC 4122,
 * version 4), unique per customer: 122 bits of a hash are.
 */
export function keyOfReference(reference: string): string {
  const bytes = createHash('sha256').update(reference).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
