import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { AdapterError } from '../contracts/adapter-error';
import { Shop, shopKey } from '../contracts/shop';
import { ShopMode, standingKey } from '../contracts/standing';
import type { Connected } from '../domain/account/account';
import type { ShopConfigured } from '../domain/account/connect';
import { accountFailures } from '../words/account';
import { sweepSummaries } from '../words/sweep';
import { SHOP_SWEEP, sweepNow, sweepWorkflowId } from '../workflows/messages-sweep';
import { accountFailureOf } from './account-failure';
import type { AccountPorts, PlatformApp, PlatformShop } from './account-ports';
import { readConsent, type Consented } from './connect-documents';
import { platformAppOf } from './platform-app';

export type ConfigureInput = { state: string; shopIds: string[]; mode?: ShopMode; at: number };

/** A shop's document as it lies there: what it lacks is asked for by name. */
const Written = z.looseObject({
  name: z.string().optional(),
  platform: z.looseObject({}).default({}),
  /** Of a document from when a shop had one account. */
  carrier: z.looseObject({}).optional(),
  carriers: z.record(z.string(), z.looseObject({})).optional(),
  /** The mode that the configuration file wants of a shop that is connected for the first time. */
  firstMode: ShopMode.optional(),
});
type Written = z.infer<typeof Written>;

const Secrets = z.looseObject({
  platform: z.looseObject({}).default({}),
  carrier: z.looseObject({}).default({}),
  carriers: z.record(z.string(), z.looseObject({})).default({}),
});

/** What is done for each shop is done for it alone: one that lacks its settings holds up no other. */
type Configuring = { app: PlatformApp; consent: Consented; input: ConfigureInput };

/**
 * Connects the shops that their owner chose: settings that are there stay, the platform's own go over them, the mode is written,
 * the tokens are kept, the account is told of them, webhooks are registered and the sweep begun. Every part may be repeated.
 * @throws where it may succeed another time.
 */
export async function configureShops(ports: AccountPorts, input: ConfigureInput): Promise<{ shops: ShopConfigured[] }> {
  const app = await platformAppOf(ports);
  const consent = await readConsent(ports, input.state);
  if (app === undefined) throw ApplicationFailure.retryable(accountFailures.noApp, 'auth');
  if (consent === undefined) throw ApplicationFailure.nonRetryable(accountFailures.noConsent, 'bug');
  const shops: ShopConfigured[] = [];
  for (const shop of consent.shops ?? []) {
    if (input.shopIds.includes(shop.id)) shops.push(await configure(ports, shop, { app, consent, input }));
  }
  return { shops };
}

async function configure(ports: AccountPorts, known: PlatformShop, about: Configuring): Promise<ShopConfigured> {
  const { id } = known;
  const written = await readJson(ports.documents, shopKey(id));
  const document = documentOf(Written.parse(written ?? {}), known, about.app);
  const secrets = Secrets.parse((await readJson(ports.vault, secretsKey(id))) ?? {});
  const whole = wholeShop(document, secrets, about);
  if (!whole.success) return { id, kind: 'refused', needs: needsOf(whole.error) };
  // The secret first: a document whose shop cannot sign its calls would be taken for one that can.
  const platform = { ...secrets.platform, appSecret: about.app.appSecret };
  await ports.vault.put(secretsKey(id), JSON.stringify({ ...secrets, platform }));
  await ports.documents.put(shopKey(id), JSON.stringify(document, null, 2));
  // Before the tokens: an order that comes in with the first webhook must find the mode that holds.
  const mode = await modeOf(ports, document, about);
  if (mode !== undefined) await ports.accounts.setMode(id, mode);
  const tokenVersion = await storePair(ports, id, about);
  await ports.accounts.connected(id, connectedOf(about, tokenVersion, mode));
  const webhooks = await register(ports, whole.data);
  await beginSweep(ports, whole.data, about.input.at);
  return { id, kind: 'connected', webhooks };
}

/** As the vault's own room names it; adapters are not ours to import. */
const secretsKey = (shopId: string): string => `secrets/shops/${shopId}`;

async function readJson(store: { get: (key: string) => Promise<string | undefined> }, key: string): Promise<unknown> {
  const text = await store.get(key);
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

function documentOf(written: Written, { id, name, cipher }: PlatformShop, app: PlatformApp): Written {
  // Secrets that an older document has inline live on in the vault alone.
  const kept = Object.entries(written.platform).filter(([name]) => name !== 'appSecret');
  return {
    kind: 'live',
    ...written,
    id,
    // The configuration file calls a shop that it has no name for by its id.
    name: written.name === undefined || written.name === id ? name : written.name,
    platform: {
      ...Object.fromEntries(kept),
      baseUrl: app.baseUrl,
      appKey: app.appKey,
      shopCipher: cipher,
      accessToken: '',
    },
  };
}

/** The shop as its calls need it: with its secrets and the new token. */
function wholeShop(document: Written, secrets: z.infer<typeof Secrets>, { app, consent }: Configuring) {
  const { accessToken } = consent.pair;
  return Shop.safeParse({
    ...document,
    platform: { ...document.platform, appSecret: app.appSecret, accessToken },
    ...accountsOf(document, secrets),
  });
}

function accountsOf({ carrier, carriers }: Written, secrets: z.infer<typeof Secrets>): Partial<Written> {
  if (carriers === undefined) return carrier === undefined ? {} : { carrier: { ...carrier, ...secrets.carrier } };
  const whole = Object.entries(carriers).map(([name, account]) => [name, { ...account, ...secrets.carriers[name] }]);
  return { carriers: Object.fromEntries(whole) as NonNullable<Written['carriers']> };
}

/** The settings that nobody gave, each once, as the configuration file names them. */
const needsOf = ({ issues }: z.ZodError): string[] =>
  [...new Set(issues.map(({ path }) => NAMES_IN_FILE[String(path[0])] ?? String(path[0])))].sort();

const NAMES_IN_FILE: Partial<Record<string, string>> = { carriers: 'carrier' };

/** Repeated, it finds its own pair there. */
async function storePair({ tokens }: AccountPorts, shopId: string, { consent }: Configuring): Promise<number> {
  const kept = await tokens.read(shopId);
  if (kept !== undefined && !('purged' in kept) && kept.accessToken === consent.pair.accessToken) return kept.version;
  const before = kept?.version ?? 0;
  if (await tokens.store(shopId, consent.pair, before)) return before + 1;
  throw ApplicationFailure.retryable(accountFailures.lostRace(shopId), 'retryLater');
}

/** A shop whose webhooks are refused, for want of a scope, is still worth having: the sweep hears for it. */
async function register(
  { platformAuth, publicUrl }: AccountPorts,
  shop: Shop,
): Promise<'registered' | 'none' | 'refused'> {
  if (publicUrl === undefined) return 'none';
  try {
    await platformAuth.registerWebhooks(shop, `${publicUrl.replace(/\/+$/, '')}/v1/webhooks/tiktok/${shop.id}`);
    return 'registered';
  } catch (error) {
    if (error instanceof AdapterError && ['refused', 'auth'].includes(error.outcome)) return 'refused';
    throw accountFailureOf(error);
  }
}

/** What was asked for; else, of a shop that has no standing yet, what its configuration wants; else what it had. */
async function modeOf(ports: AccountPorts, document: Written, { input }: Configuring): Promise<ShopMode | undefined> {
  if (input.mode !== undefined) return input.mode;
  const isNew = (await ports.documents.get(standingKey(String(document['id'])))) === undefined;
  return isNew ? (document.firstMode ?? 'watch') : undefined;
}

function connectedOf({ consent, input }: Configuring, tokenVersion: number, mode: ShopMode | undefined): Connected {
  const { accessExpiresAt, refreshExpiresAt } = consent.pair;
  return { tokenVersion, accessExpiresAt, refreshExpiresAt, at: input.at, ...(mode === undefined ? {} : { mode }) };
}

async function beginSweep({ neighbours }: AccountPorts, shop: Shop, at: number): Promise<void> {
  if (shop.sweep === undefined) return;
  await neighbours.tell({
    workflowType: SHOP_SWEEP,
    workflowId: sweepWorkflowId(shop.id),
    shopId: shop.id,
    at,
    input: { shopId: shop.id },
    signal: sweepNow,
    payload: { at },
    mayBeginAgain: true,
    summary: sweepSummaries.sweep,
  });
}
