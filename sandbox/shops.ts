import { type CarrierKeys, newCarrierKeys } from './carrier-keys';
import { digits, hex } from './ids';
import type { World } from './world';

const DAY_SECONDS = 86_400;

/** The seller's app at TikTok: one for the whole sandbox, as one app serves many shops. */
export type AppCredentials = { readonly appKey: string; readonly appSecret: string };

/** The app as TikTok's Partner Center keeps it: its credentials, where consent leads back to, and how its tokens live. */
export type App = AppCredentials & {
  readonly serviceId: string;
  /** Where a seller's consent is sent with its code; `null` until it is told. */
  readonly redirectUrl: string | null;
  readonly accessLifetimeSeconds: number;
  readonly refreshLifetimeSeconds: number;
  /** `rotating`: a refresh token is dead once used, and the access token before it. Which of the two TikTok does is not published. */
  readonly refreshTokens: 'reusable' | 'rotating';
};

/** How a shop's webhooks go wrong. */
export type WebhookFaults = {
  readonly copies: number;
  readonly reorder: boolean;
  readonly drop: number;
  readonly forge: boolean;
  readonly delayMs: number;
  /** The share of webhooks lost, 0 to 1, spread evenly over them. Absent in a shop of an older journal: none. */
  readonly dropShare?: number;
  /** How many webhooks were written since a share was asked for. */
  readonly counted?: number;
};

/** How many calls TikTok takes from a shop; without a rate, all. */
export type CallLimits = {
  readonly requestsPerSecond?: number | null;
  /** A development shop's: it comes on top. */
  readonly requestsPerHour?: number | null;
  /** What Retry-After says; without it, when the next call would be taken. */
  readonly retryAfterSeconds?: number | null;
};

/** A shop with its carrier accounts and its own clock. */
export type Shop = {
  readonly id: string;
  readonly offsetMs: number;
  readonly accessToken: string;
  readonly cipher: string;
  readonly easypostApiKey: string;
  readonly easypostWebhookSecret: string;
  /** Its accounts at the other carriers. Absent in a shop of an older journal: `carrierKeysOf` makes them at first use. */
  readonly carrierKeys?: CarrierKeys;
  readonly tiktokWebhookUrl: string | null;
  readonly easypostWebhookUrl: string | null;
  readonly webhookFaults: WebhookFaults;
  /**
   * Whether the platform cancels by its own rules what is not ready or not moving in time. Absent in a shop of an older
   * journal, whose orders were placed without them.
   */
  readonly autoCancel?: boolean;
  readonly limits?: CallLimits;
  /** How often a token pair that serves this shop was refreshed. */
  readonly refreshes?: number;
};

/** Webhooks that behave. */
export const NO_WEBHOOK_FAULTS: WebhookFaults = {
  copies: 1,
  reorder: false,
  drop: 0,
  forge: false,
  delayMs: 0,
  dropShare: 0,
};

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

/** A shop's accounts at the carriers; one of an older journal gets them here. */
export function carrierKeysOf(world: World, shop: Shop): CarrierKeys {
  if (shop.carrierKeys !== undefined) return shop.carrierKeys;
  const carrierKeys = newCarrierKeys(shop.id);
  world.state.shops.put(shop.id, shop.id, { ...shop, carrierKeys });
  return carrierKeys;
}

/** All shops, oldest first. */
export function allShops(world: World): Shop[] {
  return world.state.shops.shopIds().flatMap((shopId) => world.state.shops.of(shopId));
}

/** The app; made at the first call and kept. One of an older journal has its key and secret alone, and gets the rest here. */
export function appOf(world: World): App {
  const known = world.state.app.get('', '');
  if (known?.serviceId !== undefined) return known as App;
  const app = { ...newApp(), ...known };
  world.state.app.put('', '', app);
  return app;
}

/** Changes what the Partner Center keeps of the app. */
export function changeApp(world: World, wish: Partial<Omit<App, keyof AppCredentials | 'serviceId'>>): App {
  const app = { ...appOf(world), ...wish };
  world.state.app.put('', '', app);
  return app;
}

/** TikTok's published life of an access token is 7 days; a refresh token's is not published, a year is widely reported. */
function newApp(): App {
  return {
    appKey: `sbx${hex(10)}`,
    appSecret: hex(40),
    serviceId: digits(19),
    redirectUrl: null,
    accessLifetimeSeconds: 7 * DAY_SECONDS,
    refreshLifetimeSeconds: 365 * DAY_SECONDS,
    refreshTokens: 'reusable',
  };
}

function newShop(id: string, offsetMs: number): Shop {
  return {
    id,
    offsetMs,
    accessToken: `TTP_${hex(48)}`,
    cipher: `TTP_${hex(32)}`,
    easypostApiKey: `EZTK${hex(54)}`,
    easypostWebhookSecret: hex(40),
    carrierKeys: newCarrierKeys(id),
    tiktokWebhookUrl: null,
    easypostWebhookUrl: null,
    webhookFaults: NO_WEBHOOK_FAULTS,
    autoCancel: true,
  };
}
