import { z } from 'zod';
import type { Answer } from '../answer';
import { standingOf } from '../carrier-accounts';
import { nowOf } from '../clock';
import { prefixedId } from '../ids';
import { findShop } from '../shops';
import type { World } from '../world';
import type { EasyPostCall } from './gate';
import { BAD_LISTING, listed } from './listing';
import { answer, instant, NOT_FOUND, refusal } from './wire';

/** What an account holds that nobody has put a limit to. */
const USUAL_BALANCE_CENTS = 500_000;

/** The user whose key it is, with the balance as a decimal string of five places. */
export function getUser(world: World, { shopId }: EasyPostCall): Answer {
  const { balanceCents } = standingOf(world, shopId, 'easypost');
  return answer(200, {
    id: `user_${shopId}`,
    object: 'User',
    parent_id: null,
    name: `Sandbox ${shopId}`,
    balance: `${((balanceCents ?? USUAL_BALANCE_CENTS) / 100).toFixed(2)}000`,
    price_per_shipment: '0.00000',
    recharge_amount: null,
    secondary_recharge_amount: null,
    recharge_threshold: null,
    children: [],
  });
}

/** Where EasyPost sends what it has to tell. */
export type Hook = { readonly id: string; readonly url: string; readonly createdAt: number };

const Wanted = z.object({
  webhook: z.looseObject({ url: z.url(), webhook_secret: z.string().nullish() }),
});

/** Registers an address. This sandbox sends to one address alone, which is the newest. */
export function createHook(world: World, { shopId, body }: EasyPostCall): Answer {
  const wanted = Wanted.safeParse(body);
  const shop = findShop(world, shopId);
  if (!wanted.success || shop === undefined)
    return refusal({ status: 422, code: 'PARAMETER.REQUIRED', message: 'Missing required parameter.' });
  const { url, webhook_secret: secret } = wanted.data.webhook;
  const hook = { id: prefixedId('hook'), url, createdAt: nowOf(world, shopId) };
  world.state.hooks.put(shopId, hook.id, hook);
  const easypostWebhookSecret = secret ?? shop.easypostWebhookSecret;
  world.state.shops.put(shopId, shopId, { ...shop, easypostWebhookUrl: url, easypostWebhookSecret });
  return answer(201, shownHook(hook));
}

/** Lists the addresses. */
export function listHooks(world: World, { shopId }: EasyPostCall): Answer {
  return answer(200, { webhooks: world.state.hooks.of(shopId).map(shownHook) });
}

/** Reads one address. */
export function getHook(world: World, { shopId, params }: EasyPostCall): Answer {
  const hook = world.state.hooks.get(shopId, params['id'] ?? '');
  return hook === undefined ? refusal(NOT_FOUND) : answer(200, shownHook(hook));
}

/** Forgets an address; nothing is sent there any more. */
export function deleteHook(world: World, { shopId, params }: EasyPostCall): Answer {
  const hook = world.state.hooks.get(shopId, params['id'] ?? '');
  const shop = findShop(world, shopId);
  if (hook === undefined || shop === undefined) return refusal(NOT_FOUND);
  world.state.hooks.remove(shopId, hook.id);
  if (shop.easypostWebhookUrl === hook.url)
    world.state.shops.put(shopId, shopId, {
      ...shop,
      easypostWebhookUrl: world.state.hooks.of(shopId).at(-1)?.url ?? null,
    });
  return answer(200, {});
}

type Event = { readonly id: string; readonly created_at: string } & Readonly<Record<string, unknown>>;

/** Lists what was told, newest first. */
export function listEvents(world: World, { shopId, query }: EasyPostCall): Answer {
  const page = listed(eventsOf(world, shopId), ({ created_at: at }) => Date.parse(at), query);
  if (page === undefined) return refusal(BAD_LISTING);
  return answer(200, { events: page.rows, has_more: page.has_more });
}

/** Reads one event. */
export function getEvent(world: World, { shopId, params }: EasyPostCall): Answer {
  const event = eventsOf(world, shopId).find(({ id }) => id === params['id']);
  return event === undefined ? refusal(NOT_FOUND) : answer(200, event);
}

/** An event is kept as the webhook that it was sent in. */
function eventsOf(world: World, shopId: string): Event[] {
  const notices = world.state.notices.of(shopId).filter(({ wire }) => wire === 'easypost');
  return notices.map(({ body }) => JSON.parse(body) as Event);
}

function shownHook({ id, url, createdAt }: Hook): Record<string, unknown> {
  return {
    id,
    object: 'Webhook',
    mode: 'test',
    url,
    disabled_at: null,
    custom_headers: [],
    created_at: instant(createdAt),
    updated_at: instant(createdAt),
  };
}
