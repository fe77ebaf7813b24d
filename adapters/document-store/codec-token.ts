import { randomBytes } from 'node:crypto';
import type { Ports } from '../../activities/ports';

/** Under which key the token is kept that opens payloads for an operator. */
const codecTokenKey = 'secrets/codec-token';

/** The operators' token for the codec endpoint; made when it is asked for first. */
export async function codecTokenOf(vault: Ports['vault']): Promise<string> {
  const known = await vault.get(codecTokenKey);
  if (known !== undefined) return known;
  // It stands in an address: base64url needs no escapes.
  await vault.putIfAbsent(codecTokenKey, randomBytes(32).toString('base64url'));
  return (await vault.get(codecTokenKey)) ?? '';
}
