import { startFieldsAt } from '../engine/start-ahead';
import type { ApiDeps } from './deps';

type StartFields = ReturnType<typeof startFieldsAt>;

const ASK_WITHIN_MS = 2_000;

/**
 * How the orders of a sandbox shop are opened whose clock was moved ahead: their first step happens at the shop's time. A shop
 * whose clock was never moved, a live one, and a sandbox that does not answer need nothing.
 */
export function playedClock({
  findShop,
  sandboxUrl,
}: Pick<ApiDeps, 'findShop' | 'sandboxUrl'>): (shopId: string) => Promise<StartFields> {
  return async (shopId) => {
    if ((await findShop(shopId))?.kind !== 'sandbox') return undefined;
    return startFieldsAt(await shopNow(sandboxUrl, shopId));
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
