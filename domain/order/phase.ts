/** Where an order stands in our own terms. The platform's status is a fact, not a phase. */
export type Phase =
  | 'onHold'
  | 'toPack'
  | 'awaitingHandover'
  | 'handedOver'
  | 'inTransit'
  | 'delivered'
  | 'closed'
  | 'cancelled'
  | 'returned'
  | 'lost';

/**
 * Which phases may follow. Notices get lost, so every step forward may skip others; none leads back.
 * A buyer may still be refunded after delivery, but that order is closed, not cancelled.
 */
export const NEXT: Record<Phase, readonly Phase[]> = {
  onHold: ['toPack', 'awaitingHandover', 'handedOver', 'inTransit', 'delivered', 'closed', 'cancelled'],
  toPack: ['awaitingHandover', 'handedOver', 'inTransit', 'delivered', 'closed', 'cancelled'],
  awaitingHandover: ['handedOver', 'inTransit', 'delivered', 'closed', 'cancelled', 'returned', 'lost'],
  handedOver: ['inTransit', 'delivered', 'closed', 'cancelled', 'returned', 'lost'],
  inTransit: ['delivered', 'closed', 'cancelled', 'returned', 'lost'],
  delivered: ['closed', 'returned'],
  closed: [],
  cancelled: [],
  returned: [],
  lost: [],
};

export const FIRST_PHASE: Phase = 'onHold';

/** Phases from the least to the most advanced; the order's phase is that of its least advanced live package. */
const ADVANCE = Object.keys(NEXT) as Phase[];

export const isTerminal = (phase: Phase): boolean => NEXT[phase].length === 0;

export const mayFollow = (from: Phase, to: Phase): boolean => NEXT[from].includes(to);

export const leastAdvanced = (phases: readonly Phase[]): Phase | undefined =>
  ADVANCE.find((phase) => phases.includes(phase));

/** Mistakes in a phase table, as sentences: a target that does not exist, a phase that nothing leads to. */
export function faultsOfPhaseTable(table: Record<string, readonly string[]>, first: string): string[] {
  const known = new Set(Object.keys(table));
  const reached = new Set([first]);
  // A set grows while it is iterated: each phase that is found is walked in its turn.
  for (const phase of reached) for (const next of table[phase] ?? []) reached.add(next);
  return [
    ...[...reached].filter((phase) => !known.has(phase)).map((phase) => `unknown phase ${phase}`),
    ...[...known].filter((phase) => !reached.has(phase)).map((phase) => `unreachable phase ${phase}`),
  ];
}
