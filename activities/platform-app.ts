import { z } from 'zod';
import type { AccountPorts, PlatformApp } from './account-ports';

const App = z.object({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  serviceId: z.string().min(1),
  baseUrl: z.url(),
  authUrl: z.url(),
  consentBaseUrl: z.url(),
});

/** Where the app's own key and secret are kept. */
const APP_KEY = 'secrets/apps/tiktok';

/** Our app at the platform; undefined where nobody has configured one. */
export async function platformAppOf({ vault }: Pick<AccountPorts, 'vault'>): Promise<PlatformApp | undefined> {
  const text = await vault.get(APP_KEY);
  return text === undefined ? undefined : App.parse(JSON.parse(text));
}
