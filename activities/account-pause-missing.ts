import { accountKeys, KnownAccounts } from '../contracts/account-pause';
import { FIRST_ACCOUNT } from '../contracts/carrier-account';
import type { Shop } from '../contracts/shop';
import type { AlertNews } from '../domain/alerts/alert';
import { accountAlerts } from '../words/carriers';
import { goOn } from './account-pause';
import { readPause } from './account-pause-documents';
import type { OpenOrder, Ports } from './ports';
import { ownerOf, rememberedChoice } from './purchase-documents';
import { accountsOwing } from './refunds';
import { tellDesk } from './tell-desk';

type Look = { shop: Shop; at: number };

/** Labels of so many open parcels are looked up, and only where an account is gone. */
const MOST_LOOKED_UP = 500;

/**
 * Raises one task for each account that is gone from the shop's settings while something still needs it: money that it owes, an open
 * order that waits for it, the label of an open order. Every step that needs it would be repeated and say nothing. Not seen are labels
 * of orders that are over, and an account that went before the first look, unless it owes money.
 */
export async function lookForMissing(ports: Ports, { shop, at }: Look): Promise<void> {
  const before = await readKnown(ports, shop.id);
  const owing = await accountsOwing(ports, shop.id);
  const names = [...new Set([...Object.keys(shop.carriers), ...Object.keys(before), ...owing])];
  const gone = names.filter((name) => ports.carrierOf(shop, name) === undefined);
  const needed = gone.length === 0 ? new Set<string>() : await neededOf(ports, { shop, gone, owing });
  const sinceOf = (name: string): number | undefined =>
    needed.has(name) ? (before[name]?.missingSince ?? at) : undefined;
  const known: KnownAccounts = {};
  for (const name of names) {
    const missingSince = sinceOf(name);
    known[name] = missingSince === undefined ? {} : { missingSince };
  }
  await tellMissing(ports, { shop, at }, { before, known });
  for (const name of gone) if (!needed.has(name)) await endPause(ports, { shop, at }, name);
  for (const name of names)
    if (before[name]?.missingSince !== undefined && !gone.includes(name)) await forgetWaiting(ports, shop.id, name);
}

/** What nobody needs and nobody can put right is no task. */
async function endPause(ports: Ports, { shop, at }: Look, name: string): Promise<void> {
  const pause = await readPause(ports, { shopId: shop.id, account: name });
  if (pause !== undefined) await goOn(ports, { shop, account: { name }, at }, pause);
}

/** An account that is back is waited for by nobody, unless it is paused: then who waits is forgotten with the pause. */
async function forgetWaiting(ports: Ports, shopId: string, account: string): Promise<void> {
  const id = { shopId, account };
  if ((await readPause(ports, id)) !== undefined) return;
  for (const key of await ports.documents.list(accountKeys.waiting(id))) await ports.documents.remove(key);
}

async function tellMissing(
  ports: Ports,
  { shop, at }: Look,
  { before, known }: { before: KnownAccounts; known: KnownAccounts },
): Promise<void> {
  const raise = keysOf(known).map(({ name, since, key }) => ({
    key,
    orderId: '',
    kind: 'task' as const,
    about: 'accountMissing',
    raisedAt: since,
    detail: accountAlerts.missing(name),
  }));
  const raised = raise.map(({ key }) => key);
  const settle = keysOf(before).flatMap(({ key }) => (raised.includes(key) ? [] : [key]));
  const isNew = JSON.stringify(known) !== JSON.stringify(before);
  const keep = async (accounts: KnownAccounts): Promise<void> => {
    if (isNew) await ports.documents.put(accountKeys.known(shop.id), JSON.stringify(accounts));
  };
  // Under which key a task is raised, and that one is to be settled, is written down until the desk was told.
  await keep({
    ...known,
    ...Object.fromEntries(Object.entries(before).filter(([, one]) => one.missingSince !== undefined)),
  });
  const news: AlertNews = { at, raise, settle };
  if (raise.length + settle.length > 0) await tellDesk(ports, { shopId: shop.id, at, news });
  await keep(known);
}

const keysOf = (accounts: KnownAccounts): { name: string; since: number; key: string }[] =>
  Object.entries(accounts).flatMap(([name, { missingSince: since }]) =>
    since === undefined ? [] : [{ name, since, key: `carrier:${name}:missing:${since}` }],
  );

type Gone = { shop: Shop; gone: string[]; owing: ReadonlySet<string> };

/** Those of the accounts that are gone which something still needs. */
async function neededOf(ports: Ports, { shop, gone, owing }: Gone): Promise<Set<string>> {
  const needed = new Set(gone.filter((name) => owing.has(name)));
  const open = await ports.neighbours.openOrders(shop.id);
  const ids = new Set(open.map(({ orderId }) => orderId));
  for (const account of gone) {
    const waiting = await ports.documents.list(accountKeys.waiting({ shopId: shop.id, account }));
    if (waiting.some((key) => ids.has(key.slice(key.lastIndexOf('/') + 1)))) needed.add(account);
  }
  for (const trackingNumber of parcelsOf(open)) {
    if (gone.every((name) => needed.has(name))) break;
    const account = await accountOfLabel(ports, trackingNumber);
    if (account !== undefined && gone.includes(account)) needed.add(account);
  }
  return needed;
}

const parcelsOf = (open: readonly OpenOrder[]): string[] =>
  open.flatMap(({ trackingNumbers = [] }) => trackingNumbers).slice(0, MOST_LOOKED_UP);

/** Undefined where the label is none of ours. */
async function accountOfLabel(ports: Ports, trackingNumber: string): Promise<string | undefined> {
  const owner = await ownerOf(ports, trackingNumber);
  if (owner?.package === undefined || owner.attempt === undefined) return undefined;
  const { shopId, orderId, package: key, attempt } = owner;
  const choice = await rememberedChoice(ports, { shopId, orderId, package: key, attempt });
  if (choice === undefined || choice.handle.from === 'platform') return undefined;
  return choice.handle.account ?? FIRST_ACCOUNT;
}

async function readKnown({ documents }: Ports, shopId: string): Promise<KnownAccounts> {
  const text = await documents.get(accountKeys.known(shopId));
  return text === undefined ? {} : KnownAccounts.parse(JSON.parse(text));
}
