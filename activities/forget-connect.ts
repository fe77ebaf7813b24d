import type { AccountPorts } from './account-ports';
import { forgetAll } from './connect-documents';

/** Removes what a connection that is over left in the vault. */
export async function forgetConnect(ports: AccountPorts, { state }: { state: string }): Promise<{ kind: 'done' }> {
  await forgetAll(ports, state);
  return { kind: 'done' };
}
