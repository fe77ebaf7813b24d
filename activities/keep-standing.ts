import { standingKey } from '../contracts/standing';
import type { KeptStanding } from '../domain/account/account';
import type { AccountPorts } from './account-ports';
import { KeptStandingDocument } from './load-account';

/**
 * Writes what may be done in a shop where every step that acts outside reads it. Where a later one stands there, which happens
 * when an account was set back, it is told so and writes again above it: a switch is never thrown for nothing.
 */
export async function keepStanding(
  { documents }: AccountPorts,
  { shopId, standing }: { shopId: string; standing: KeptStanding },
): Promise<{ kind: 'done' } | { kind: 'behind'; revision: number }> {
  const text = await documents.get(standingKey(shopId));
  const before = text === undefined ? undefined : KeptStandingDocument.safeParse(JSON.parse(text)).data;
  if (before !== undefined && before.revision > standing.revision) return { kind: 'behind', revision: before.revision };
  await documents.put(standingKey(shopId), JSON.stringify(standing));
  return { kind: 'done' };
}
