import { z } from 'zod';
import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import { FIRST_ACCOUNT } from '../contracts/carrier-account';
import type { Shop } from '../contracts/shop';
import type { Alert } from '../domain/alerts/alert';
import { afterReading, ENDS, isRefundDue, type Refund, type RefundWord } from '../domain/refund/refund';
import { throughAccount } from './account-pause';
import type { LabelProvider, Ports } from './ports';
import { accountOf, assertWriting, labelsFor } from './shop-of';
import type { Purchase } from './purchase-documents';
import { tellDesk } from './tell-desk';

/** Money that was asked back and has not come yet: one document each, until it has. */
const Waiting = z.object({
  status: z.enum(['submitted', 'disputed', 'again', 'refunded', 'rejected', 'forgotten']),
  askedAt: z.number(),
  readAt: z.number(),
  orderId: z.string(),
  shipmentId: z.string(),
  trackingNumber: z.string().exactOptional(),
  account: z.string().exactOptional(),
});
type Waiting = z.infer<typeof Waiting>;

const folderOf = (shopId: string): string => `refunds/${shopId}`;
const endedFolderOf = (shopId: string): string => `refunds-ended/${shopId}`;

const nameOf = ({ orderId, package: parcel, attempt }: Purchase): string => `${orderId}-${parcel}-${attempt}`;

type Asked = {
  at: number;
  shipmentId: string;
  word: RefundWord | undefined;
  trackingNumber: string | undefined;
  account: string | undefined;
};

/** Notes that a label's money was asked back, where it has not come at once. */
export async function noteRefund({ documents }: Ports, purchase: Purchase, asked: Asked): Promise<void> {
  const { at, shipmentId, word, trackingNumber, account } = asked;
  if (word !== 'submitted' && word !== 'disputed') return;
  const waiting: Waiting = {
    ...{ status: word, askedAt: at, readAt: at, orderId: purchase.orderId, shipmentId },
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
    ...(account === undefined ? {} : { account }),
  };
  await documents.putIfAbsent(`${folderOf(purchase.shopId)}/${nameOf(purchase)}`, JSON.stringify(waiting));
}

/** One look reads so many: the rest follows with the next. */
const MOST_READ = 200;

/** `until`: by the wall clock; what is not read by then follows with the next look. */
type Follow = { shop: Shop; at: number; until: number };

/**
 * Reads again what became of the money that was asked back, each once a day; what does not come is told at the alert desk. An account
 * that does not answer holds up no other.
 */
export async function followRefunds(ports: Ports, { shop, at, until }: Follow): Promise<number> {
  const silent = new Set<string>();
  let read = 0;
  for (const { key, waiting } of await waitingRefunds(ports, shop.id)) {
    const account = accountIn(waiting);
    if (!isRefundDue(waiting, at) || silent.has(account)) continue;
    if (read >= MOST_READ || Date.now() >= until) break;
    if (await isFollowed(ports, { shop, at, key, waiting })) read += 1;
    else silent.add(account);
  }
  return read;
}

/** The money that was asked back and has not come, those first that were not read for longest. */
async function waitingRefunds({ documents }: Ports, shopId: string): Promise<{ key: string; waiting: Waiting }[]> {
  const refunds: { key: string; waiting: Waiting }[] = [];
  for (const key of await documents.list(folderOf(shopId))) {
    const text = await documents.get(key);
    if (text !== undefined) refunds.push({ key, waiting: Waiting.parse(JSON.parse(text)) });
  }
  return refunds.sort((one, other) => one.waiting.readAt - other.waiting.readAt);
}

/** The accounts that refunds are waited for from, by name. */
export const accountsOwing = async (ports: Ports, shopId: string): Promise<Set<string>> =>
  new Set((await waitingRefunds(ports, shopId)).map(({ waiting }) => accountIn(waiting)));

const accountIn = ({ account = FIRST_ACCOUNT }: Waiting): string => account;

type Following = { shop: Shop; at: number; key: string; waiting: Waiting };

/** Said of one label alone: the account is there all the same. */
const SAID_NO: readonly AdapterOutcome[] = ['refused', 'bug', 'stale', 'reRate', 'heldBack'];

/** `false` where its account is not to be had now. */
async function isFollowed(ports: Ports, following: Following): Promise<boolean> {
  const { shop, at, key } = following;
  const next = await readAgain(ports, following);
  if (next === undefined) return false;
  if (!ENDS.includes(next.status)) {
    await ports.documents.put(key, JSON.stringify(next));
    return true;
  }
  if (next.status !== 'refunded') await tellDesk(ports, { shopId: shop.id, at, news: newsOf(next, key, at) });
  const name = key.slice(key.lastIndexOf('/') + 1);
  await ports.documents.put(`${endedFolderOf(shop.id)}/${name}`, JSON.stringify(next));
  await ports.documents.remove(key);
  return true;
}

/** As it is now; undefined where its account is not to be had, and is asked again with the next look. */
async function readAgain(ports: Ports, following: Following): Promise<Waiting | undefined> {
  const { at, waiting } = following;
  try {
    const next = { ...waiting, ...afterReading(waiting, await askedNow(ports, following), at) };
    if (next.status === 'again') await askAgain(ports, following);
    return next;
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    // Of this one nothing can be learned now: it is waited for like one of which nothing is said.
    return SAID_NO.includes(error.outcome) ? { ...waiting, ...afterReading(waiting, undefined, at) } : undefined;
  }
}

async function askedNow(ports: Ports, following: Following): Promise<RefundWord | undefined> {
  const { shipmentId } = following.waiting;
  return (await through(ports, following, (labels) => labels.readShipment(shipmentId)))?.refund;
}

async function askAgain(ports: Ports, following: Following): Promise<void> {
  const { shipmentId, trackingNumber } = following.waiting;
  await assertWriting(ports, { shopId: following.shop.id });
  await through(ports, following, (labels) => labels.refund(shipmentId, trackingNumber));
}

/** An account without money gives back what was bought all the same. */
function through<T>(
  ports: Ports,
  { shop, at, waiting: { account: name, orderId } }: Following,
  effect: (labels: LabelProvider) => Promise<T>,
): Promise<T> {
  const account = accountOf(ports, shop, name);
  const labels = labelsFor(ports, shop, name === undefined ? {} : { account: name });
  return throughAccount(ports, { shop, account, orderId, at, needsNoMoney: true }, () => effect(labels));
}

function newsOf({ orderId, trackingNumber }: Waiting & Refund, key: string, at: number) {
  const raise: Alert = {
    key: `refund:${key}`,
    orderId,
    kind: 'task',
    about: 'refundMissing',
    raisedAt: at,
    ...(trackingNumber === undefined ? {} : { detail: trackingNumber }),
  };
  return { at, raise: [raise], settle: [] };
}
