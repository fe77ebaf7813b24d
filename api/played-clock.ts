import { startFieldsForOffset } from '../engine/virtual-clock';
import type { ApiDeps } from './deps';

type StartFields = ReturnType<typeof startFieldsForOffset>;

const ASK_WITHIN_MS = 2_000;
/** Clocks are read one after the other; only what is further apart than this is apart. */
const SAME_MS = 1_000;

/**
 * How the orders of a sandbox shop are opened whose clock was moved ahead: their first step happens at the shop's time. A shop
 * whose clock was never moved, a live one, and a sandbox that does not answer need nothing.
 */
export function playedClock({
  findShop,
  sandboxUrl,
}: Pick<ApiDeps, 'findShop' | 'sandboxUrl'>): (shopId: string) => Promise<StartFields | undefined> {
  return async (shopId) => {
    if ((await findShop(shopId))?.kind !== 'sandbox') return undefined;
    const aheadMs = (await shopNow(sandboxUrl, shopId)) - Date.now();
    return aheadMs > SAME_MS ? startFieldsForOffset(aheadMs) : undefined;
  };
}

async function shopNow(sandboxUrl: string, shopId: string): Promise<number> {
  try {
    const url = `${sandboxUrl}/control/shops/${shopId}/clock`;
    const response = await fetch(url, { signal: AbortSignal.timeout(ASK_WITHIN_MS) });
    const { now } = (await response.json()) as { now?: unknown };
    return typeof now === 'number' ? now : Date.now();
  } catch {
    return Date.now();
  }
}
