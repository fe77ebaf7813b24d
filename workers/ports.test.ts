import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { localDocuments } from '../adapters/document-store/local';
import { Shop, shopKey } from '../contracts/shop';
import { standingKey, type ShopStanding } from '../contracts/standing';
import { portsOf } from './ports';

const NO_CLIENT = {} as unknown as Client;
const SHOP = '7495540735365777507';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-ports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** How a write of a shop fails, where nobody listens at the platform's address. */
async function outcomeOfWrite(kind: Shop['kind'], standing?: Partial<ShopStanding>): Promise<unknown> {
  const documents = localDocuments(folder);
  const shop = Shop.parse({ ...DOCUMENT, kind });
  await documents.put(shopKey(SHOP), JSON.stringify(shop));
  if (standing !== undefined) await documents.put(standingKey(SHOP), JSON.stringify(standing));
  const ports = portsOf({ documentsDir: folder, client: NO_CLIENT, taskQueue: 'q' });
  const write = ports.platformOf(shop).answerCancel({ requestId: '1', decision: 'approve', key: 'k' });
  return write.catch((error: unknown) => (error as { outcome?: unknown }).outcome);
}

/** It left our hands, and no answer came: `fetch` itself opens no such port. */
const SENT = 'outcomeUnknown';

describe('a write to the platform', () => {
  it.each([
    ['live', undefined, 'stale'],
    ['sandbox', undefined, SENT],
    ['live', { mode: 'auto' }, SENT],
    ['live', { mode: 'auto', writes: 'off' }, 'heldBack'],
    ['sandbox', { writes: 'off' }, 'heldBack'],
    ['sandbox', { connection: 'deauthorised' }, 'auth'],
    ['sandbox', { mode: 'watch' }, 'stale'],
  ] as const)('of a %s shop whose standing is %j comes to %s', async (kind, standing, outcome) => {
    expect(await outcomeOfWrite(kind, standing)).toBe(outcome);
  });
});

const DOCUMENT = {
  id: SHOP,
  name: 'A shop',
  platform: { baseUrl: 'http://127.0.0.1:9', appKey: 'k', appSecret: 's', accessToken: 't', shopCipher: 'c' },
  carrier: { kind: 'easypost', baseUrl: 'http://127.0.0.1:9/v2', apiKey: 'k', webhookSecret: 's' },
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
