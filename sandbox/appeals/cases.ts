import { nowOf } from '../clock';
import { digits } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';

/** What the desk can come to. */
export const APPEAL_OUTCOMES = ['won', 'lost'] as const;
type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

/** What came back with a case that was won: money in integer cents, violation points, orders that count again. */
type Recovered = {
  readonly cents?: number | undefined;
  readonly points?: number | undefined;
  readonly orders?: number | undefined;
};

/** An appeal as it was filed, and what became of it. */
export type AppealCase = {
  readonly caseNumber: string;
  /** The seller's own name for the filing: one filing has one case. */
  readonly reference: string;
  readonly orderId: string;
  /** All that it is filed for. Absent in a case of an older journal: the one order. */
  readonly orderIds?: readonly string[];
  readonly statement: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** How many bytes the paper pack had, where one was filed. The desk keeps no more of it. */
  readonly packBytes?: number;
  readonly status: 'pending' | AppealOutcome;
  readonly filedAt: number;
  readonly decidedAt: number | null;
  readonly recovered?: Recovered | undefined;
};

/** What is filed. */
export type Filing = Pick<AppealCase, 'reference' | 'orderId' | 'orderIds' | 'statement' | 'evidence' | 'packBytes'>;

/** How long after a rejection an order may be appealed again (TikTok Shop US: 15 days). */
const AGAIN_MS = 15 * 86_400_000;

/** Opens a case. */
export function openCase(world: World, shopId: string, filing: Filing): AppealCase {
  const caseNumber = digits(16);
  const opened: AppealCase = {
    ...filing,
    caseNumber,
    status: 'pending',
    filedAt: nowOf(world, shopId),
    decidedAt: null,
  };
  world.state.appeals.put(shopId, caseNumber, opened);
  const orders = ordersOf(filing);
  const line = { kind: 'appealFiled', ref: caseNumber, order: filing.orderId } as const;
  enter(world, shopId, orders.length > 1 ? { ...line, orders } : line);
  return opened;
}

/** Every order of a case. */
export function ordersOf({ orderId, orderIds = [] }: Pick<AppealCase, 'orderId' | 'orderIds'>): string[] {
  return [...new Set([orderId, ...orderIds])];
}

/** Whether it is too late for another appeal of an order: the first was lost too long ago. */
export function isWindowClosed(world: World, shopId: string, orderId: string): boolean {
  const first = world.state.appeals.of(shopId).find((one) => ordersOf(one).includes(orderId));
  if (first?.status !== 'lost' || first.decidedAt === null) return false;
  return nowOf(world, shopId) > first.decidedAt + AGAIN_MS;
}

/** What a case comes to; without `recovered` a case that is won brings its orders back and no money. */
export type Decision = {
  readonly caseNumber: string;
  readonly outcome: AppealOutcome;
  readonly at: number;
  readonly recovered?: Recovered | undefined;
};

/** Decides a case at an instant; `false` if it is decided already or is not there. */
export function decideCase(world: World, shopId: string, { caseNumber, outcome, at, recovered }: Decision): boolean {
  const found = world.state.appeals.get(shopId, caseNumber);
  if (found?.status !== 'pending') return false;
  const won = outcome === 'won' ? { recovered: { cents: 0, orders: ordersOf(found).length, ...recovered } } : {};
  world.state.appeals.put(shopId, caseNumber, { ...found, status: outcome, decidedAt: at, ...won });
  return true;
}

/** A case as the desk shows it, with instants in ISO 8601. */
export function shownCase(found: AppealCase): Record<string, unknown> {
  return {
    case_number: found.caseNumber,
    reference: found.reference,
    order_id: found.orderId,
    order_ids: ordersOf(found),
    status: found.status,
    filed_at: new Date(found.filedAt).toISOString(),
    decided_at: found.decidedAt === null ? null : new Date(found.decidedAt).toISOString(),
    recovered: shownRecovery(found.recovered),
  };
}

function shownRecovery(recovered: Recovered | undefined): Record<string, number | undefined> | null {
  if (recovered === undefined) return null;
  const { cents, points, orders } = recovered;
  return { amount_cents: cents, points, orders };
}
