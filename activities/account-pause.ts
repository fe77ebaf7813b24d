import type { AccountId, AccountPause, PauseCause } from '../contracts/account-pause';
import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { ShopConnection } from '../contracts/standing';
import type { Alert } from '../domain/alerts/alert';
import { afterFailure, isEndedBy, pauseAlertKey, windowAt } from '../domain/carriers/pause';
import { accountAlerts } from '../words/carriers';
import {
  forgetPause,
  isStill,
  noteOver,
  noteWaiting,
  putFirstPause,
  putPause,
  readOver,
  readPause,
  takeTrial,
} from './account-pause-documents';
import type { CarrierAccount, Ports } from './ports';
import { tellDesk } from './tell-desk';

/** One account of a shop's. */
type OfAccount = {
  shop: Shop;
  account: Pick<CarrierAccount, 'name'>;
  /** The order's own time, epoch milliseconds; a shop whose time is played needs it. */
  at?: number;
};

/** Which account an effect needs, and for which order. */
export type ThroughAccount = OfAccount & {
  /** Absent where it is about no single order. */
  orderId?: string;
  /** It spends nothing, and so cannot show that there is money again. */
  isFree?: true;
  /** Free, and a lack of money is nothing to it: what was bought is read, or its money is asked back. */
  needsNoMoney?: true;
};

const MOST_JITTER_MS = 15_000;

/**
 * Runs one effect through a carrier account. One cause makes one task: an account whose credentials or money are gone, or whose
 * provider is down, is paused, the orders that need it wait, and one of them tries in each window. In a shop whose time is played
 * nothing is turned away: there waits are skipped, and each would come back at once.
 * @throws AdapterError `retryLater` where the account is left alone now: nothing was sent.
 */
export async function throughAccount<T>(ports: Ports, through: ThroughAccount, effect: () => Promise<T>): Promise<T> {
  const before = await readPause(ports, idOf(through));
  if (before !== undefined) await assertTurn(ports, through, before);
  try {
    const done = await effect();
    if (before !== undefined && isProof(through, before)) await quietly(() => goOn(ports, through, before));
    return done;
  } catch (error) {
    if (error instanceof AdapterError) await quietly(() => learn(ports, through, { error, before }));
    throw error;
  }
}

const idOf = ({ shop, account }: OfAccount): AccountId => ({ shopId: shop.id, account: account.name });

/** By the shop's own time where it is played. */
const nowOf = ({ shop, at }: OfAccount): number => (shop.kind === 'sandbox' ? (at ?? Date.now()) : Date.now());

/** What an effect did or did not do outweighs our notes of it: the hourly look at the accounts puts them right. */
async function quietly(note: () => Promise<void>): Promise<void> {
  try {
    await note();
  } catch {
    // The effect's own outcome is what its caller goes by.
  }
}

const spendingOf = (through: ThroughAccount): { isSpending?: true } =>
  isSpending(through) ? { isSpending: true } : {};

const isSpending = ({ isFree, needsNoMoney }: ThroughAccount): boolean => isFree !== true && needsNoMoney !== true;

const isProof = (through: ThroughAccount, pause: AccountPause): boolean =>
  isEndedBy(pause, { isSpending: isSpending(through) });

async function assertTurn(ports: Ports, through: ThroughAccount, pause: AccountPause): Promise<void> {
  if (through.shop.kind === 'sandbox' || !pause.isPaused) return;
  if (pause.cause === 'balance' && through.needsNoMoney === true) return;
  const now = Date.now();
  if (now >= pause.nextTryAt) {
    // Where a free call shows nothing it is no trial; what it leads to is.
    if (!isProof(through, pause)) return;
    const window = `${pause.nextTryAt}-${windowAt(pause, now)}`;
    if (await takeTrial(ports, idOf(through), window)) return;
  }
  if (through.orderId !== undefined) await noteWaiting(ports, idOf(through), through.orderId);
  throw turnedAway(through, now < pause.nextTryAt ? pause.nextTryAt - now : pause.spanMs);
}

/** Jitter, so that what waits for one account does not come back in one moment. */
const turnedAway = ({ account }: ThroughAccount, leftMs: number): AdapterError =>
  new AdapterError('retryLater', {
    provider: account.name,
    call: 'account',
    code: accountAlerts.turnedAway,
    retryAfterMs: leftMs + Math.ceil(Math.random() * MOST_JITTER_MS),
  });

type Failed = { error: AdapterError; before: AccountPause | undefined };

/** The provider is there: it read what was asked, and said no to that alone. Of our keys that shows nothing. */
const ANSWERED: readonly AdapterOutcome[] = ['refused', 'reRate'];

async function learn(ports: Ports, through: ThroughAccount, { error, before }: Failed): Promise<void> {
  const cause = causeOf(error, before);
  if (cause !== undefined) return noteFailure(ports, through, { cause, code: error.code });
  const isThere = ANSWERED.includes(error.outcome) && before?.cause === 'outage' && isProof(through, before);
  if (isThere) await goOn(ports, through, before);
}

/** Undefined where it is no fault of the account's. */
function causeOf({ outcome, code }: AdapterError, before: AccountPause | undefined): PauseCause | undefined {
  // The shop's own connection is not the account's.
  if (outcome === 'auth') return ShopConnection.options.some((one) => one === code) ? undefined : 'credentials';
  if (outcome === 'unfunded') return 'balance';
  if (outcome === 'outcomeUnknown') return 'outage';
  return outcome === 'retryLater' && isDown(code, before) ? 'outage' : undefined;
}

/** A call that a gate held back is a sign of an outage only where there were others: a provider also asks for patience. */
function isDown(code: string, before: AccountPause | undefined): boolean {
  if (/429|rate|limit/i.test(code)) return false;
  return /^not sent/.test(code) ? before?.cause === 'outage' : true;
}

type Failure = { cause: PauseCause; code: string };

async function noteFailure(ports: Ports, through: ThroughAccount, { cause, code }: Failure): Promise<void> {
  const id = idOf(through);
  const failure = { cause, code, at: nowOf(through), ...spendingOf(through) };
  const first = afterFailure(undefined, failure);
  const isFirst = await putFirstPause(ports, id, first);
  const earlier = isFirst ? undefined : await readPause(ports, id);
  const pause = isFirst ? first : afterFailure(earlier, failure);
  if (!isFirst && pause !== earlier) await putPause(ports, id, pause);
  if (!pause.isPaused) return;
  if (through.orderId !== undefined) await noteWaiting(ports, id, through.orderId);
  const isTold = earlier?.isPaused === true && earlier.since === pause.since;
  if (!isTold) await tellPaused(ports, through, { pause, earlier });
}

/** Tells the desk of a pause; told again it raises nothing. */
export async function tellPaused(
  ports: Ports,
  through: ThroughAccount,
  { pause, earlier }: { pause: AccountPause; earlier?: AccountPause | undefined },
): Promise<void> {
  const { shop, account, orderId = '' } = through;
  const alert: Alert = {
    key: pauseAlertKey(account.name, pause),
    orderId,
    kind: 'task',
    about: 'accountPaused',
    raisedAt: pause.since,
    detail: accountAlerts.paused(account.name, pause.cause, pause.code),
  };
  const settle = earlier === undefined || earlier.since === pause.since ? [] : [pauseAlertKey(account.name, earlier)];
  const at = nowOf(through);
  await tellDesk(ports, { shopId: shop.id, at, news: { at, raise: [alert], settle } });
}

/**
 * An account works again: its pause, who waited for it and its task are gone. Only the pause that was read goes: one that others met
 * or lengthened meanwhile is theirs to end.
 */
export async function goOn(ports: Ports, through: OfAccount, pause: AccountPause): Promise<void> {
  const id = idOf(through);
  if (!(await isStill(ports, id, pause))) return;
  if (pause.isPaused) await noteOver(ports, id, pause);
  await forgetPause(ports, id);
  if (pause.isPaused) await settleOver(ports, through);
}

/** Settles the tasks of pauses that are over, and of no other; one that the desk could not be told of waits for the next look. */
export async function settleOver(ports: Ports, through: OfAccount): Promise<void> {
  const { shop, account } = through;
  const over = await readOver(ports, idOf(through));
  if (over.length === 0) return;
  const pause = await readPause(ports, idOf(through));
  const [at, standing] = [nowOf(through), pause && pauseAlertKey(account.name, pause)];
  const settle = over.map((one) => pauseAlertKey(account.name, one)).filter((key) => key !== standing);
  if (settle.length > 0) await tellDesk(ports, { shopId: shop.id, at, news: { at, raise: [], settle } });
  for (const { key } of over) await ports.documents.remove(key);
}
