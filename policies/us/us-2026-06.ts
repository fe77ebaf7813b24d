import type { PolicySet, Range } from '../../domain/time/policy';
import { rulesOf } from './us-2025-10-23';
import { byScan, dispatch, us20260126 } from './us-2026-01-26';

const read = { source: 'polici.net, 2026-06', readOn: '2026-11-22' } as const;

const range = (from: number, to: number, counts: Range['counts']): Range => ({ from, to, counts, ...read });

/**
 * A handling time can be set on a standard order too, of 1 or 2 business days: that can only shorten the 2 business days that
 * every order has. A longer one is out of range, and does not lengthen them.
 */
const standard = {
  ...dispatch.standard,
  sooner: { clock: { from: 'handling', businessDays: 0 }, rule: 'dispatch, handling time', ...read },
} as const;

/** From June 2026 (the day was not read; its first is taken): handling times can be set, within ranges by kind of order. */
export const us202606: PolicySet = {
  ...us20260126,
  id: 'us-2026-06',
  since: '2026-06-01T00:00:00-07:00',
  ranges: {
    standard: range(1, 2, 'businessDays'),
    'back-order': range(3, 15, 'businessDays'),
    'made-to-order': range(3, 14, 'businessDays'),
    'pre-sale': range(3, 60, 'calendarDays'),
  },
  rules: rulesOf({ ...dispatch, standard }, byScan),
};
