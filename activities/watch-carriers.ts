import { heartbeat } from '@temporalio/activity';
import { AccountStatus, accountKeys, type AccountPause } from '../contracts/account-pause';
import { AdapterError } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import type { AlertNews } from '../domain/alerts/alert';
import { isQuiet } from '../domain/carriers/pause';
import type { WatchAnswer } from '../domain/carriers/state';
import { accountAlerts } from '../words/carriers';
import { goOn, settleOver, tellPaused, throughAccount } from './account-pause';
import { lookForMissing } from './account-pause-missing';
import { readPause } from './account-pause-documents';
import { spentBefore } from './account-spend';
import { pollTracking } from './poll-tracking';
import type { CarrierAccount, Ports } from './ports';
import { sumRecords } from './records';
import { followRefunds } from './refunds';
import { tellDesk } from './tell-desk';

/** `at`: the watch's own time. */
type Input = { shopId: string; at: number };

/** Every call has a limit of its own; what this tells is that the worker is alive. */
const BEAT_MS = 10_000;
/** An attempt has 10 minutes: refunds are read within two of them, and parcels asked after while there are three left. */
const REFUNDS_MS = 2 * 60_000;
const POLLS_MS = 7 * 60_000;

type Look = { ports: Ports; shop: Shop; account: CarrierAccount; at: number };

/**
 * Looks at every carrier account of a shop: what it can, what money is left, whether a pause is over. Before that it sums up records
 * and reads refunds, after that it asks after the parcels of which nobody has heard. An account that does not answer is noted and holds
 * up no other, and so does a part of the look that fails.
 */
export async function watchCarriers(ports: Ports, input: Input): Promise<WatchAnswer> {
  const beating = setInterval(() => heartbeat(), BEAT_MS);
  try {
    return await look(ports, input);
  } finally {
    clearInterval(beating);
  }
}

async function look(ports: Ports, { shopId, at }: Input): Promise<WatchAnswer> {
  const begunAt = Date.now();
  const shop = await ports.findShop(shopId);
  if (shop === undefined) return { accounts: 0, paused: 0, polled: 0, told: 0, hindered: 'unknownShop' };
  const accounts = ports.carriersOf(shop, 'all');
  const found = { paused: 0, polled: 0, told: 0 };
  await inTurn([
    () => sumRecords(ports, { shop, at }),
    () => followRefunds(ports, { shop, at, until: begunAt + REFUNDS_MS }),
    () => lookForMissing(ports, { shop, at }),
    ...accounts.map((account) => async () => {
      if (await isPausedAfterLook({ ports, shop, account, at })) found.paused += 1;
    }),
    async () => Object.assign(found, await pollTracking(ports, { shop, at, until: begunAt + POLLS_MS })),
  ]);
  return { accounts: accounts.length, ...found };
}

/** @throws what the first of the parts that failed threw, once all had their turn. */
async function inTurn(parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) {
    try {
      await part();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function isPausedAfterLook(look: Look): Promise<boolean> {
  const { ports, shop, account, at } = look;
  const id = { shopId: shop.id, account: account.name };
  const before = await readStatus(look);
  const balanceCents = await triedBalance(look);
  const spentCents = await spentBefore(ports, id, at);
  await settlePause(look, { before, balanceCents, spentCents });
  await settleOver(ports, { shop, account, at });
  const status = statusOf(look, { before, balanceCents, spentCents });
  await ports.documents.put(accountKeys.status(id), JSON.stringify(status));
  await tellLow(look, before, status);
  const pause = await readPause(ports, id);
  if (pause?.isPaused !== true) return false;
  // Whoever paused it may have died before the desk was told.
  await tellPaused(ports, { shop, account, at }, { pause });
  return true;
}

async function readStatus({ ports, shop, account }: Look): Promise<AccountStatus | undefined> {
  const text = await ports.documents.get(accountKeys.status({ shopId: shop.id, account: account.name }));
  // One that was written by another edition is as good as none.
  return text === undefined ? undefined : AccountStatus.safeParse(JSON.parse(text)).data;
}

/**
 * Tries an account by its balance, and one that tells none by whether it takes our keys: an answer shows that its provider is there.
 * @returns The money that is left, where it can be read.
 */
async function triedBalance(look: Look): Promise<number | undefined> {
  const { ports, shop, account, at } = look;
  const { balance } = account;
  const pause = await readPause(ports, { shopId: shop.id, account: account.name });
  const read = balance === undefined ? undefined : await tried(look, balance);
  const checked = isToldByBalance(read) ? undefined : await triedKeys(look, pause);
  const isThere = [read, checked].some((one) => one !== undefined && one.error === undefined);
  if (isThere && pause !== undefined && isQuiet(pause, at)) await goOn(ports, { shop, account, at }, pause);
  return read?.answer;
}

/** A balance that is told to no key of this kind says nothing of the key. */
const isToldByBalance = (read: Tried<number> | undefined): boolean =>
  read !== undefined && read.error?.outcome !== 'refused';

/** Keys that are taken may be remembered from before an outage: of that they show something only when it is quiet. */
async function triedKeys(look: Look, pause: AccountPause | undefined): Promise<Tried<void> | undefined> {
  const { check, name } = look.account;
  // One that is switched off is tried where it was met dead, so that its task ends.
  const isTried = look.shop.carriers[name]?.enabled === true || pause !== undefined;
  if (check === undefined || !isTried || (pause?.cause === 'outage' && !isQuiet(pause, look.at))) return undefined;
  return tried(look, check);
}

type Tried<T> = { answer: T; error?: never } | { answer?: never; error: AdapterError };

/** A free call, which a lack of money does not stand in the way of: what waits for money is told by nothing else. */
async function tried<T>({ ports, shop, account, at }: Look, call: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { answer: await throughAccount(ports, { shop, account, at, needsNoMoney: true }, call) };
  } catch (error) {
    if (error instanceof AdapterError) return { error };
    throw error;
  }
}

type Read = { before: AccountStatus | undefined; balanceCents: number | undefined };

/** An account whose money was gone goes on as soon as there is more than there was, or enough for a day. */
async function settlePause({ ports, shop, account, at }: Look, read: Read & { spentCents: number }): Promise<void> {
  const { before, balanceCents, spentCents } = read;
  if (balanceCents === undefined) return;
  const pause: AccountPause | undefined = await readPause(ports, { shopId: shop.id, account: account.name });
  if (pause?.cause !== 'balance') return;
  const wasRead = before?.balanceCents !== undefined && before.readAt >= pause.since;
  if (balanceCents > (wasRead ? (before.balanceCents ?? 0) : spentCents))
    await goOn(ports, { shop, account, at }, pause);
}

function statusOf({ shop, account, at }: Look, read: Read & { spentCents: number }): AccountStatus {
  const { before, balanceCents, spentCents } = read;
  const { can, name } = account;
  const known = balanceCents ?? before?.balanceCents;
  return AccountStatus.parse({
    provider: can.provider,
    enabled: shop.carriers[name]?.enabled === true,
    can,
    readAt: at,
    ...(known === undefined ? {} : { balanceCents: known }),
    spentCents,
    ...lowOf(read, at),
  });
}

/** Since when it is low; where its balance could not be read, as before. */
function lowOf({ before, balanceCents, spentCents }: Read & { spentCents: number }, at: number): { lowSince?: number } {
  const since = before?.lowSince;
  if (balanceCents !== undefined) return balanceCents < spentCents ? { lowSince: since ?? at } : {};
  return since === undefined ? {} : { lowSince: since };
}

const lowKey = (account: string, since: number): string => `carrier:${account}:low:${since}`;

/** Warns once when the money that is left is less than a day's labels cost. */
async function tellLow(
  { ports, shop, account, at }: Look,
  before: AccountStatus | undefined,
  now: AccountStatus,
): Promise<void> {
  if (before?.lowSince === now.lowSince) return;
  const { lowSince, balanceCents = 0, spentCents } = now;
  const alert = {
    orderId: '',
    kind: 'task' as const,
    about: 'balanceLow',
    raisedAt: at,
    detail: accountAlerts.low(account.name, balanceCents, spentCents),
  };
  const news: AlertNews = {
    at,
    raise: lowSince === undefined ? [] : [{ ...alert, key: lowKey(account.name, lowSince) }],
    settle: before?.lowSince === undefined ? [] : [lowKey(account.name, before.lowSince)],
  };
  await tellDesk(ports, { shopId: shop.id, at, news });
}
