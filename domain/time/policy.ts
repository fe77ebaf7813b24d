import type { Deadline, DeadlineName, Handling, Milestone, OrderFacts, OrderType } from '../order/facts';

/** Where something was read, and when (YYYY-MM-DD): rules change, and a source is only worth its date. */
type Read = { source: string; readOn: string };

/**
 * What a clock starts with: an instant of the order, the end (23:59:59) of its expected ship date or of its handling time, or the
 * instant of another rule, which stands earlier in the list.
 */
export type Start = 'created' | 'packed' | 'ready' | 'expectedShipDate' | 'handling' | DeadlineName;

/**
 * How long a clock runs. Business hours run 24 h on business days and stand still on others; clock hours never stand still.
 * Days, business or calendar, end at 23:59:59; the day of the start is day 0 whatever the hour.
 */
export type Amount =
  { businessHours: number } | { businessDays: number } | { clockHours: number } | { calendarDays: number };

export type Clock = Amount & { from: Start; provisional?: true };

/** One row of a rule set, with where it was read. */
export type Rule = Read & {
  name: DeadlineName;
  /** The first one whose start is known runs. Where none is, there is no such deadline yet. */
  clocks: readonly Clock[];
  severity: Deadline['severity'];
  metBy: Milestone;
  /** What people call it, shown with the deadline. */
  rule: string;
  /** Another reading of the row: where the start of its clock is known and it ends earlier, it stands instead. */
  sooner?: Read & { clock: Clock; rule: string };
};

/** As what an order is read: orders with a handling time, those with an expected ship date, all others. */
export type Kind = 'standard' | 'pre-sale' | 'handled';

/** How far ahead of the order's day, at least and at most. */
export type Range = Read & { from: number; to: number; counts: Handling['counts'] };

/** The rules in force from one day on. A new rule is a new row or a new set, never an edited one. */
export type PolicySet = {
  id: string;
  version: string;
  /** From when orders are under it: the first instant of its day in its zone, as ISO 8601. */
  since: string;
  zone: string;
  /** How long before a deadline people are warned, longest first: our choice, no rule of the platform's. */
  warnBeforeMs: number[];
  /** The buyer's remorse window, from the order's creation. */
  holdMs: Read & { value: number };
  /** How long tracking may stand still after the form was scanned. */
  stallMs: Read & { value: number };
  /** How long a parcel on its way may stand still before the platform counts it as lost and compensates. */
  lostMs?: Read & { value: number };
  /** Carriers whose own labels a seller may not use; the platform sells theirs. */
  forbiddenCarriers?: Read & { value: readonly string[] };
  /** Closures by executive order that this set does not take as they are listed, by day. */
  closures?: Readonly<Record<string, 'businessDay' | 'holiday'>>;
  /** What may be promised; an order outside is flagged and never refused. */
  ranges: Partial<Record<OrderType, Range>>;
  /** Rows by how the order is read and by shipping type. A set without `handled` reads such orders as one of the other two. */
  rules: Partial<Record<`${Kind}/${OrderFacts['shippingType']}`, readonly Rule[]>>;
};
