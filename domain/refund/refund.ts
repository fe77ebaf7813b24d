/**
 * How the money of a voided label comes back. `submitted`: the provider took the request and answers in days or weeks. `disputed`:
 * USPS had taken the label in, and decides. `again`: it said no too early, and is asked once more. The last three are ends.
 */
export type RefundStatus = 'submitted' | 'disputed' | 'again' | 'refunded' | 'rejected' | 'forgotten';

/** A refund that is waited for. Instants are epoch milliseconds. */
export type Refund = { status: RefundStatus; askedAt: number; readAt: number };

/** What the provider says of it now; undefined where it cannot be asked. */
export type RefundWord = 'submitted' | 'disputed' | 'refunded' | 'rejected';

const DAY_MS = 24 * 3_600_000;
/** EasyPost and USPS take 15 days and more; what was not answered by then is for a person to ask about. */
const WAITED_FOR_MS = 45 * DAY_MS;

export const ENDS: readonly RefundStatus[] = ['refunded', 'rejected', 'forgotten'];

/** Whether it is to be read again: once a day. */
export const isRefundDue = ({ status, readAt }: Refund, at: number): boolean =>
  !ENDS.includes(status) && at - readAt >= DAY_MS;

/**
 * What becomes of a refund by the provider's word. An early `rejected` may be asked again (EasyPost, Shipping refunds); a second one
 * stands.
 */
export function afterReading(refund: Refund, word: RefundWord | undefined, at: number): Refund {
  const next = { ...refund, readAt: at };
  if (word === 'refunded') return { ...next, status: 'refunded' };
  if (word === 'rejected') return { ...next, status: refund.status === 'again' ? 'rejected' : 'again' };
  return at - refund.askedAt >= WAITED_FOR_MS ? { ...next, status: 'forgotten' } : next;
}
