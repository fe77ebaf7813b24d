import { standingKey } from '../contracts/standing';
import type { AccountPorts } from './account-ports';
import { configureShops } from './configure-shops';
import { keepConsent } from './connect-documents';

const SHOP = '7495540735365777507';
const STATE = '0123456789abcdef0123456789abcdef';
const AT = Date.UTC(2026, 10, 23);
const PAIR = { accessToken: 'a', accessExpiresAt: AT + 1, refreshToken: 'r', refreshExpiresAt: AT + 2 };

const DOCUMENT = {
  id: SHOP,
  carrier: { kind: 'easypost', baseUrl: 'https://carrier.example/v2', apiKey: 'k', webhookSecret: 's' },
  shipFrom: {
    id: 'la',
    zone: 'America/Los_Angeles',
    workdays: [1, 2, 3, 4, 5],
    opensAt: '09:00',
    closesAt: '17:00',
    address: {},
  },
  parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 },
};

const keeping = (kept: Map<string, string>) => ({
  get: (key: string) => Promise.resolve(kept.get(key)),
  put: (key: string, text: string) => Promise.resolve(void kept.set(key, text)),
  putIfAbsent: (key: string, text: string) => Promise.resolve(!kept.has(key) && kept.set(key, text).has(key)),
  list: () => Promise.resolve([...kept.keys()]),
  remove: (key: string) => Promise.resolve(void kept.delete(key)),
});

/** A shop that its owner consented to, and what is done for it, in order. */
async function world(
  fields: object = {},
): Promise<{ ports: AccountPorts; done: string[]; documents: Map<string, string> }> {
  const done: string[] = [];
  const did = (what: string): Promise<void> => Promise.resolve(void done.push(what));
  const [documents, secrets] = [new Map<string, string>(), new Map<string, string>()];
  documents.set(`shops/${SHOP}`, JSON.stringify({ ...DOCUMENT, ...fields }));
  const url = 'https://platform.example';
  const app = { appKey: 'k', appSecret: 's', serviceId: '1', baseUrl: url, authUrl: url, consentBaseUrl: url };
  secrets.set('secrets/apps/tiktok', JSON.stringify(app));
  const ports = {
    documents: keeping(documents),
    vault: keeping(secrets),
    publicUrl: 'https://ours.example',
    tokens: {
      read: () => Promise.resolve(undefined),
      store: () => did('tokens').then(() => true),
      purge: () => Promise.resolve(),
    },
    platformAuth: { registerWebhooks: () => did('webhooks') },
    accounts: {
      setMode: (_: string, mode: string) => did(`mode ${mode}`),
      connected: (_: string, { mode = 'as it was' }: { mode?: string }) => did(`connected ${mode}`),
    },
  } as unknown as AccountPorts;
  const shops = [{ id: SHOP, name: 'A shop', region: 'US', cipher: 'c' }];
  await keepConsent(ports, STATE, { pair: PAIR, shops });
  return { ports, done, documents };
}

type Case = { fields?: object; wish?: { mode: 'auto' } };

const INPUT = { state: STATE, shopIds: [SHOP], at: AT };

describe('a shop that is connected', () => {
  it.each([
    ['for the first time', {}, 'watch'],
    ['by a configuration that names a mode', { fields: { firstMode: 'assist' } }, 'assist'],
    ['by somebody who names one', { fields: { firstMode: 'assist' }, wish: { mode: 'auto' as const } }, 'auto'],
  ])('%s has its mode before it has tokens, and those before webhooks', async (_, { fields, wish }: Case, mode) => {
    const { ports, done } = await world(fields);
    await configureShops(ports, { ...INPUT, ...wish });
    expect(done).toEqual([`mode ${mode}`, 'tokens', `connected ${mode}`, 'webhooks']);
  });

  it('again keeps the mode that it had', async () => {
    const { ports, done, documents } = await world({ firstMode: 'auto' });
    documents.set(standingKey(SHOP), JSON.stringify({ mode: 'assist', connection: 'deauthorised' }));
    await configureShops(ports, INPUT);
    expect(done).toEqual(['tokens', 'connected as it was', 'webhooks']);
  });
});
