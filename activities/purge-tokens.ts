import type { AccountPorts } from './account-ports';

/** Removes the tokens of a shop whose owner took the consent back; a pair that a later consent brought stays. */
export async function purgeTokens(
  { tokens }: AccountPorts,
  { shopId, version }: { shopId: string; version: number },
): Promise<{ kind: 'done' }> {
  const kept = await tokens.read(shopId);
  const isOurs = kept !== undefined && !('purged' in kept) && kept.version <= version;
  if (isOurs) await tokens.purge(shopId);
  return { kind: 'done' };
}
