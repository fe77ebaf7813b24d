import { z } from 'zod';
import { registeredWebhooks } from '../../adapters/tiktok-shop/auth';
import { callTikTok, PLAIN_WIRE } from '../../adapters/tiktok-shop/client';
import { TOPICS } from '../../adapters/tiktok-shop/topics';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { shopFindings as says } from '../../words/doctor';
import { fail, ok, warn, type Verdict } from './finding';
import type { Scene } from './scene';
import { TOKEN_EXPIRED } from './shop-connection';

const isReachable = ({ platform }: Shop): boolean => platform.accessToken !== '' && platform.shopCipher !== '';

/** Whether what happens in a shop is told to us where we can be reached. */
export async function lookAtWebhooks({ env }: Pick<Scene, 'env'>, shop: Shop): Promise<Verdict[]> {
  const base = env['SHIPCLOCK_PUBLIC_URL']?.trim().replace(/\/+$/, '') ?? '';
  if (shop.kind === 'sandbox' && base === '') return [ok(says.webhooksByControl)];
  // Without an address of ours the public door says what is wrong.
  if (base === '' || !isReachable(shop)) return [];
  const known = await registeredWebhooks(PLAIN_WIRE, shop).catch(adapterErrorOf);
  if (known instanceof AdapterError) {
    return [unread(known, shop, warn(says.webhooksUnread(known.code), says.webhooksUnreadToDo))];
  }
  return [webhooksVerdict(shop, base, known)];
}

type Registered = Awaited<ReturnType<typeof registeredWebhooks>>;

function webhooksVerdict(shop: Shop, base: string, known: Registered): Verdict {
  const ours = `${base}/v1/webhooks/tiktok/${shop.id}`;
  const isOurs = (address: string): boolean => address === ours || address.startsWith(`${ours}/`);
  const told = known.filter(({ address }) => isOurs(address)).map(({ eventType }) => eventType);
  const missing = TOPICS.map(({ eventType }) => eventType).filter((eventType) => !told.includes(eventType));
  if (missing.length === TOPICS.length && shop.kind === 'sandbox') return ok(says.webhooksByControl);
  if (missing.length === TOPICS.length) return fail(says.noWebhooks, says.connectToDo(shop.id));
  if (missing.length > 0) return warn(says.fewWebhooks(missing), says.connectToDo(shop.id));
  return ok(says.webhooks(TOPICS.length));
}

/** Source: Partner Center, Get Warehouse List: `RESTRICTED` is holiday mode or an order limit. */
const Warehouses = z.looseObject({
  warehouses: z.array(z.looseObject({ name: z.string().default(''), type: z.string(), effect_status: z.string() })),
});

/** Whether the platform holds orders back at a warehouse. */
export async function lookAtWarehouses(shop: Shop): Promise<Verdict[]> {
  if (!isReachable(shop)) return [];
  const call = { call: 'warehouses', method: 'GET', path: '/logistics/202309/warehouses', data: Warehouses } as const;
  const answer = await callTikTok(PLAIN_WIRE, shop, call).catch(adapterErrorOf);
  if (answer instanceof AdapterError) {
    return [unread(answer, shop, warn(says.warehouseUnread(answer.code), says.warehouseUnreadToDo))];
  }
  const selling = answer.warehouses.filter(({ type }) => type.startsWith('SALES'));
  const restricted = selling.filter(({ effect_status: status }) => status === 'RESTRICTED').map(({ name }) => name);
  if (restricted.length > 0) return [warn(says.warehouseRestricted(restricted), says.warehouseToDo)];
  return [ok(says.warehouse(selling.length))];
}

/** Of a dead token no scope is at fault. */
const unread = ({ code }: AdapterError, { id }: Shop, otherwise: Verdict): Verdict =>
  code === TOKEN_EXPIRED ? warn(says.tokenDead, says.connectToDo(id)) : otherwise;

function adapterErrorOf(error: unknown): AdapterError {
  if (error instanceof AdapterError) return error;
  throw error;
}
