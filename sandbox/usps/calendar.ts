import { centralTime, dayAfter, dayOf } from '../central-time';

/**
 * Whether USPS has manifested the labels of a mailing date by itself: at 00:30 Central after it, for ever (USPS
 * Domestic Labels API v3.9).
 */
export function isManifestedAlone(mailingDate: string, at: number): boolean {
  return centralTime(at) >= `${dayAfter(mailingDate)}T00:30:00`;
}

/** Whether a form or label may carry a mailing date: not past, and at most 30 days ahead. */
export function isMailable(mailingDate: string, at: number): boolean {
  return !isManifestedAlone(mailingDate, at) && mailingDate <= dayAfter(dayOf(centralTime(at)), 30);
}
