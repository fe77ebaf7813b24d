import type { Shop } from '../contracts/shop';
import type { Connected, ShopMode } from '../domain/account/account';
import type { Ports } from './ports';

/** What a shop's account and its connection need from outside, beside what orders need. */
export type AccountPorts = Pick<Ports, 'vault' | 'neighbours'> & {
  documents: Pick<Ports['documents'], 'get' | 'list'> & { put: (key: string, text: string) => Promise<void> };
  tokens: TokenStore;
  platformAuth: PlatformAuth;
  accounts: Accounts;
  /** Where platforms reach us; without one there are no webhooks, and only the sweep hears of changes. */
  publicUrl?: string;
};

/** The tokens of shops, encrypted where they lie, one version after the other. */
type TokenStore = {
  /** The newest; undefined where a shop never had any. */
  read: (shopId: string) => Promise<KeptTokens | undefined>;
  /** `false` where `expectedVersion` (0: none) is not the newest any more: somebody else was faster. */
  store: (shopId: string, pair: NewTokens, expectedVersion: number) => Promise<boolean>;
  purge: (shopId: string) => Promise<void>;
};

/** Instants are epoch milliseconds by the wall clock. */
export type NewTokens = {
  accessToken: string;
  accessExpiresAt: number;
  refreshToken: string;
  refreshExpiresAt: number;
  /** Whose they are: shops of one seller share a pair. */
  sellerOpenId?: string | undefined;
};

/** A pair as the platform gives it. `openId`: the seller's, by the app. */
export type PlatformTokens = Omit<NewTokens, 'sellerOpenId'> & { openId: string };

export type KeptTokens = ({ version: number } & NewTokens) | { version: number; purged: true };

/** Our app at the platform, and where its hosts are. */
export type PlatformApp = {
  appKey: string;
  appSecret: string;
  serviceId: string;
  baseUrl: string;
  authUrl: string;
  consentBaseUrl: string;
};

/** Throws AdapterErrors only; no token stands in any of them. */
export type PlatformAuth = {
  /** Where a shop's owner consents; the platform leads them back with `state` and a code. */
  consentUrl: (app: PlatformApp, state: string) => string;
  /** A code is good once: where its answer is lost only another consent helps. */
  exchangeCode: (app: PlatformApp, code: string) => Promise<PlatformTokens>;
  /** The old refresh token may be dead afterwards, whether or not the answer arrives. */
  refreshTokens: (app: PlatformApp, refreshToken: string) => Promise<PlatformTokens>;
  authorizedShops: (app: PlatformApp, accessToken: string) => Promise<PlatformShop[]>;
  /** Has all that we take sent below `base`; said twice it is the same. */
  registerWebhooks: (shop: Shop, base: string) => Promise<unknown>;
};

/** A shop as the platform tells it to an app that its owner has consented to. */
export type PlatformShop = { id: string; name: string; region: string; cipher: string };

/** How a shop's account is told by whoever waits for its answer; it is begun where it is not there yet. */
export type Accounts = {
  /** Returns once every step that acts outside can read the mode. */
  setMode: (shopId: string, mode: ShopMode) => Promise<void>;
  connected: (shopId: string, news: Connected) => Promise<void>;
};
