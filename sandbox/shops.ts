import { digits, hex } from './ids';
import type { World } from './world';

/** The seller's app at TikTok: one for the whole sandbox, as one app serves many shops. */
export type AppCredentials = { readonly appKey: string; readonly appSecret: string };

/** How a shop's webhooks go wrong. */
export type WebhookFaults = {
  readonly copies: number;
  readonly reorder: boolean;
  readonly drop: number;
  readonly forge: boolean;
  readonly delayMs: number;
};

/** A shop with its EasyPost account and its own clock. */
export type Shop = {
  readonly id: string;
  readonly offsetMs: number;
  readonly accessToken: string;
  readonly cipher: string;
  readonly easypostApiKey: string;
  readonly easypostWebhookSecret: string;
  readonly tiktokWebhookUrl: string | null;
  readonly easypostWebhookUrl: string | null;
  readonly webhookFaults: WebhookFaults;
  /**
   * Whether the platform cancels by its own rules what is not ready or not moving in time. Absent in a shop of an older
   * journal, whose orders were placed without them.
   */
  readonly autoCancel?: boolean;
};

/** Webhooks that behave. */
export const NO_WEBHOOK_FAULTS: WebhookFaults = { copies: 1, reorder: false, drop: 0, forge: false, delayMs: 0 };

/** What may be said when a shop is opened. */
export type ShopWish = {
  readonly shopId?: string | undefined;
  readonly now?: number | undefined;
  readonly tiktokWebhookUrl?: string | null | undefined;
  readonly easypostWebhookUrl?: string | null | undefined;
  readonly autoCancel?: boolean | undefined;
};

/** Opens a shop, or finds it again with the same credentials and new webhook addresses. */
export function openShop(world: World, wish: ShopWish): { shop: Shop; isNew: boolean } {
  const id = wish.shopId ?? digits(19);
  const known = findShop(world, id);
  const base = known ?? newShop(id, (wish.now ?? Date.now()) - Date.now());
  const shop = {
    ...base,
    tiktokWebhookUrl: wish.tiktokWebhookUrl === undefined ? base.tiktokWebhookUrl : wish.tiktokWebhookUrl,
    easypostWebhookUrl: wish.easypostWebhookUrl === undefined ? base.easypostWebhookUrl : wish.easypostWebhookUrl,
    autoCancel: wish.autoCancel ?? base.autoCancel ?? false,
  };
  world.state.shops.put(id, id, shop);
  return { shop, isNew: known === undefined };
}

/** The shop of an id. */
export function findShop(world: World, shopId: string): Shop | undefined {
  return world.state.shops.get(shopId, shopId);
}

/** All shops, oldest first. */
export function allShops(world: World): Shop[] {
  return world.state.shops.shopIds().flatMap((shopId) => world.state.shops.of(shopId));
}

/** The app's key and secret; made at the first call and kept. */
export function appOf(world: World): AppCredentials {
  const known = world.state.app.get('', '');
  if (known !== undefined) return known;
  const app = { appKey: `sbx${hex(10)}`, appSecret: hex(40) };
  world.state.app.put('', '', app);
  return app;
}

function newShop(id: string, offsetMs: number): Shop {
  return {
    id,
    offsetMs,
    accessToken: `TTP_${hex(48)}`,
    cipher: `TTP_${hex(32)}`,
    easypostApiKey: `EZTK${hex(54)}`,
    easypostWebhookSecret: hex(40),
    tiktokWebhookUrl: null,
    easypostWebhookUrl: null,
    webhookFaults: NO_WEBHOOK_FAULTS,
    autoCancel: true,
  };
}
