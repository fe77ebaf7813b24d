import type { Shop } from '../../contracts/shop';
import {
  SECRET_KEYS,
  type CarrierSettings,
  type SecretReference,
  type Settings,
  type ShopSettings,
} from '../../contracts/settings';
import type { ShopMode } from '../../contracts/standing';
import { valueOf } from './variables';

/**
 * A shop's document as the configuration file makes it: everything but its secrets, its tokens, and what the platform tells when
 * the shop is connected (its cipher, and its name where the file gives none).
 */
export type PartialShopDocument = Omit<Shop, 'name' | 'platform' | 'carriers' | 'appealDesk'> & {
  name?: string;
  platform: Pick<Shop['platform'], 'baseUrl' | 'appKey'>;
  carriers: Record<string, Record<string, unknown>>;
  /** What shipclock may do when the shop is connected for the first time. */
  firstMode: ShopMode;
};

/** A shop's secrets, each by the environment variable that holds it; in the form in which they are laid over its document. */
export type ShopSecretReferences = {
  platform: { appSecret: SecretReference };
  carriers: Record<string, Record<string, SecretReference>>;
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
  const { id, name, policySet, uploadTracking, combine, sweep, parcel, maxTransitDays, mode, catalogue } = shop;
  const shipFrom = shipFroms[shop.shipFrom];
  const accounts = accountsOf(shop, carriers);
  // Reading the file has refused every name that points nowhere.
  if (tiktok === undefined || accounts.length === 0 || shipFrom === undefined) throw new Error(`not read: shop ${id}`);
  const warehouses = Object.entries(shop.warehouses).flatMap(([warehouse, place]) => {
    const found = shipFroms[place];
    return found === undefined ? [] : [[warehouse, placeOf(place, found)] as const];
  });
  return {
    id,
    kind: 'live',
    ...(name === undefined ? {} : { name }),
    platform: { baseUrl: tiktok.apiUrl, appKey: tiktok.appKey },
    carriers: Object.fromEntries(accounts.map(([account, settings]) => [account, partsOf(settings).plain])),
    shipFrom: placeOf(shop.shipFrom, shipFrom),
    ...(warehouses.length === 0 ? {} : { warehouses: Object.fromEntries(warehouses) }),
    policySet,
    parcel,
    maxTransitDays,
    labels: labelRulesOf(shop),
    catalogue,
    addressCheck: shop.addressCheck ? 'on' : 'off',
    uploadTracking,
    combine,
    ...(sweep === 'off' ? {} : { sweep }),
    firstMode: mode,
  };
}

function placeOf(
  id: string,
  { address, pickupDays, ...hours }: Settings['shipFroms'][string],
): PartialShopDocument['shipFrom'] {
  return {
    id,
    ...hours,
    ...(pickupDays === undefined ? {} : { pickupDays }),
    address: Object.fromEntries(
      Object.entries(address).flatMap(([key, part]) => (part === undefined ? [] : [[key, part]])),
    ),
  };
}

/** The accounts that a shop names, in its order. */
const accountsOf = ({ carrier: names }: ShopSettings, carriers: Settings['carriers']): [string, CarrierSettings][] =>
  names.flatMap((name) => {
    const account = carriers[name];
    return account === undefined ? [] : [[name, account]];
  });

/** What may stand in a document, and what is secret. */
function partsOf(account: CarrierSettings): {
  plain: Record<string, unknown>;
  secrets: Record<string, SecretReference>;
} {
  const entries = Object.entries(account);
  const isSecret = ([key]: [string, unknown]): boolean => SECRET_KEYS.includes(key);
  return {
    plain: Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
    secrets: Object.fromEntries(entries.filter(isSecret)) as Record<string, SecretReference>,
  };
}

const labelRulesOf = ({
  labels: { rule, preferred, maxPrice, maxDriftPercent, format },
}: ShopSettings): Shop['labels'] => ({
  rule,
  preferred,
  ...(maxPrice === undefined ? {} : { maxPriceCents: maxPrice }),
  maxDriftPercent,
  format,
});

/** The secrets of a shop of the file. */
export function shopSecretsOf(settings: Settings, shopId: string): ShopSecretReferences {
  const shop = settings.shops.find(({ id }) => id === shopId);
  const accounts = shop === undefined ? [] : accountsOf(shop, settings.carriers);
  if (settings.tiktok === undefined || accounts.length === 0) throw new Error(`not read: shop ${shopId}`);
  const carriers = Object.fromEntries(accounts.map(([name, account]) => [name, partsOf(account).secrets]));
  return { platform: { appSecret: settings.tiktok.appSecret }, carriers };
}

/** The app of the file, without its secret. */
export function appOf({ tiktok }: Settings): TikTokApp | undefined {
  if (tiktok === undefined) return undefined;
  const { appKey, serviceId, apiUrl, authUrl, consentUrl } = tiktok;
  return { appKey, serviceId, baseUrl: apiUrl, authUrl, consentBaseUrl: consentUrl };
}

/** Every variable that the file names as a secret, each once. */
function secretVariablesOf({ tiktok, carriers }: Settings): string[] {
  const references = Object.values(carriers).flatMap((account) => Object.values(partsOf(account).secrets));
  const all = [...(tiktok === undefined ? [] : [tiktok.appSecret]), ...references];
  return [...new Set(all.map(({ variable }) => variable))];
}

/** The secrets that the file needs and the environment does not have. */
export const missingSecretsOf = (settings: Settings, env: NodeJS.ProcessEnv): string[] =>
  secretVariablesOf(settings).filter((variable) => valueOf(env, variable) === undefined);
