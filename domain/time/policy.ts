import type { Deadline, DeadlineName, Milestone } from '../order/facts';

/** One row of a rule set, with where it was read. */
export type Rule = {
  name: DeadlineName;
  /** From the order's creation, in business time: it runs 24 h on business days and stands still on others. */
  businessHours: number;
  severity: Deadline['severity'];
  metBy: Milestone;
  provisional: boolean;
  /** What people call it, shown with the deadline. */
  rule: string;
  source: string;
  readOn: string;
};

/** The rules in force from one day on. A new rule is a new row or a new set, never an edited one. */
export type PolicySet = {
  id: string;
  version: string;
  zone: string;
  /** How long before a deadline people are warned, longest first. */
  warnBeforeMs: number[];
  /** The buyer's remorse window, from the order's creation. */
  holdMs: number;
  /** Rows by kind of order and of shipping; a pair that is not here has no rules of ours. */
  rules: Partial<Record<`${string}/${'seller' | 'platform'}`, Rule[]>>;
};
