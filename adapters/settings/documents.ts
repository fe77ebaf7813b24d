import type { Shop } from '../../contracts/shop';
import type { SecretReference, Settings, ShopSettings } from '../../contracts/settings';
import type { ShopMode } from '../../contracts/standing';
import { valueOf } from './variables';

/**
 * A shop's document as the configuration file makes it: everything but its secrets, its tokens, and what the platform tells when
 * the shop is connected (its cipher, and its name where the file gives none).
 */
export type PartialShopDocument = Omit<Shop, 'name' | 'platform' | 'carrier' | 'appealDesk'> & {
  name?: string;
  platform: Pick<Shop['platform'], 'baseUrl' | 'appKey'>;
  carrier: Pick<Shop['carrier'], 'kind' | 'baseUrl'>;
  /** What shipclock may do when the shop is connected for the first time. */
  firstMode: ShopMode;
};

/** A shop's secrets, each by the environment variable that holds it; in the form in which they are laid over its document. */
export type ShopSecretReferences = {
  platform: { appSecret: SecretReference };
  carrier: { apiKey: SecretReference; webhookSecret: SecretReference };
};

/** The app at TikTok Shop, without its secret. The name of each field is that of the document `secrets/apps/tiktok`. */
export type TikTokApp = {
  appKey: string;
  serviceId: string;
  baseUrl: string;
  authUrl: string;
  consentBaseUrl: string;
};

/** The shops of the file by id, as documents without secrets. */
export function shopsOf(settings: Settings): Record<string, PartialShopDocument> {
  return Object.fromEntries(settings.shops.map((shop) => [shop.id, documentOf(shop, settings)]));
}

function documentOf(shop: ShopSettings, { tiktok, carriers, shipFroms }: Settings): PartialShopDocument {
  const { id, name, policySet, uploadTracking, combine, sweep, parcel, maxTransitDays, mode } = shop;
  const [carrier, shipFrom] = [carriers[shop.carrier], shipFroms[shop.shipFrom]];
  // Reading the file has refused every name that points nowhere.
  if (tiktok === undefined || carrier === undefined || shipFrom === undefined) throw new Error(`not read: shop ${id}`);
  const { address, pickupDays, ...hours } = shipFrom;
  return {
    id,
    kind: 'live',
    ...(name === undefined ? {} : { name }),
    platform: { baseUrl: tiktok.apiUrl, appKey: tiktok.appKey },
    carrier: { kind: carrier.kind, baseUrl: carrier.baseUrl },
    shipFrom: {
      id: shop.shipFrom,
      ...hours,
      ...(pickupDays === undefined ? {} : { pickupDays }),
      address: Object.fromEntries(
        Object.entries(address).flatMap(([key, part]) => (part === undefined ? [] : [[key, part]])),
      ),
    },
    policySet,
    parcel,
    maxTransitDays,
    uploadTracking,
    combine,
    ...(sweep === 'off' ? {} : { sweep }),
    firstMode: mode,
  };
}

/** The secrets of a shop of the file. */
export function shopSecretsOf(settings: Settings, shopId: string): ShopSecretReferences {
  const shop = settings.shops.find(({ id }) => id === shopId);
  const carrier = shop === undefined ? undefined : settings.carriers[shop.carrier];
  if (settings.tiktok === undefined || carrier === undefined) throw new Error(`not read: shop ${shopId}`);
  const { apiKey, webhookSecret } = carrier;
  return { platform: { appSecret: settings.tiktok.appSecret }, carrier: { apiKey, webhookSecret } };
}

/** The app of the file, without its secret. */
export function appOf({ tiktok }: Settings): TikTokApp | undefined {
  if (tiktok === undefined) return undefined;
  const { appKey, serviceId, apiUrl, authUrl, consentUrl } = tiktok;
  return { appKey, serviceId, baseUrl: apiUrl, authUrl, consentBaseUrl: consentUrl };
}

/** Every variable that the file names as a secret, each once. */
function secretVariablesOf({ tiktok, carriers }: Settings): string[] {
  const references = Object.values(carriers).flatMap(({ apiKey, webhookSecret }) => [apiKey, webhookSecret]);
  const all = [...(tiktok === undefined ? [] : [tiktok.appSecret]), ...references];
  return [...new Set(all.map(({ variable }) => variable))];
}

/** The secrets that the file needs and the environment does not have. */
export const missingSecretsOf = (settings: Settings, env: NodeJS.ProcessEnv): string[] =>
  secretVariablesOf(settings).filter((variable) => valueOf(env, variable) === undefined);
