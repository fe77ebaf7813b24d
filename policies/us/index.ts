import type { PolicySet } from '../../domain/time/policy';
import { US_CLOSURES } from './closures';
import { US_FEDERAL_HOLIDAYS } from './holidays';
import { seed } from './seed';
import { us20251023 } from './us-2025-10-23';
import { us20260126 } from './us-2026-01-26';
import { us202606 } from './us-2026-06';

/** The oldest first. */
const sets: readonly PolicySet[] = [seed, us20251023, us20260126, us202606];

/** The name that always means the newest set in force. */
const NEWEST = 'us';

/** Every name that a person can give a rule set by. */
export const policyNames: readonly string[] = [...sets.map(({ id }) => id), NEWEST];

/** Every rule set by the name that a shop's configuration gives it; `us/seed` is what the first one was called. */
export const policySets: Record<string, PolicySet | undefined> = {
  ...Object.fromEntries(sets.map((set) => [set.id, set])),
  'us/seed': seed,
};

/**
 * The rule set that a name means for an order.
 * @param name One of `policySets`, or `us`: the newest set in force when the order was created; the oldest for all before.
 * @param createdAt epoch milliseconds
 * @returns undefined for a name that nobody knows.
 */
export function policyFor(name: string, createdAt: number): PolicySet | undefined {
  if (name !== NEWEST) return Object.hasOwn(policySets, name) ? policySets[name] : undefined;
  return sets.findLast(({ since }) => Date.parse(since) <= createdAt) ?? seed;
}

const holidaysBySet = new WeakMap<PolicySet, ReadonlySet<string>>();

/** The days that do not count in a rule set though they are weekdays: federal holidays, and the closures that it takes as such. */
export function holidaysFor(set: PolicySet): ReadonlySet<string> {
  const known = holidaysBySet.get(set);
  if (known !== undefined) return known;
  const closed = US_CLOSURES.filter(({ day, countsAs }) => (set.closures?.[day] ?? countsAs) === 'holiday');
  const days = new Set([...US_FEDERAL_HOLIDAYS, ...closed.map(({ day }) => day)]);
  holidaysBySet.set(set, days);
  return days;
}
