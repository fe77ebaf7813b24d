import { nowOf } from '../clock';
import { digits } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';

/** What the desk can come to. */
export const APPEAL_OUTCOMES = ['won', 'lost'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

/** An appeal as it was filed, and what became of it. */
export type AppealCase = {
  readonly caseNumber: string;
  /** The seller's own name for the filing: one filing has one case. */
  readonly reference: string;
  readonly orderId: string;
  readonly statement: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly status: 'pending' | AppealOutcome;
  readonly filedAt: number;
  readonly decidedAt: number | null;
};

/** What is filed. */
export type Filing = Pick<AppealCase, 'reference' | 'orderId' | 'statement' | 'evidence'>;

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
  enter(world, shopId, { kind: 'appealFiled', ref: caseNumber, order: filing.orderId });
  return opened;
}

/** Whether it is too late for another appeal of an order: the first was lost too long ago. */
export function isWindowClosed(world: World, shopId: string, orderId: string): boolean {
  const first = world.state.appeals.of(shopId).find((one) => one.orderId === orderId);
  if (first?.status !== 'lost' || first.decidedAt === null) return false;
  return nowOf(world, shopId) > first.decidedAt + AGAIN_MS;
}

/** Decides a case at an instant; `false` if it is decided already or is not there. */
export function decideCase(
  world: World,
  shopId: string,
  { caseNumber, outcome, at }: { caseNumber: string; outcome: AppealOutcome; at: number },
): boolean {
  const found = world.state.appeals.get(shopId, caseNumber);
  if (found?.status !== 'pending') return false;
  world.state.appeals.put(shopId, caseNumber, { ...found, status: outcome, decidedAt: at });
  return true;
}

/** A case as the desk shows it, with instants in ISO 8601. */
export function shownCase(found: AppealCase): Record<string, unknown> {
  return {
    case_number: found.caseNumber,
    reference: found.reference,
    order_id: found.orderId,
    status: found.status,
    filed_at: new Date(found.filedAt).toISOString(),
    decided_at: found.decidedAt === null ? null : new Date(found.decidedAt).toISOString(),
  };
}
