import type { AccountPorts } from './account-ports';
import { platformAppOf } from './platform-app';

/** Where the owner of a shop consents; refused where no app of ours is known. */
export async function openConsent(
  ports: AccountPorts,
  { state }: { state: string },
): Promise<{ kind: 'opened'; consentUrl: string } | { kind: 'noApp' }> {
  const app = await platformAppOf(ports);
  if (app === undefined) return { kind: 'noApp' };
  return { kind: 'opened', consentUrl: ports.platformAuth.consentUrl(app, state) };
}
