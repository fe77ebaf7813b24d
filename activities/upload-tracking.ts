import { activityInfo } from '@temporalio/activity';
import type { Answer, JoinAnswer } from '../domain/order/event';
import { trackingOf } from '../domain/order/facts';
import { allowsWriting } from '../domain/order/gate';
import { activityWords } from '../words/activities';
import { inTime } from './in-time';
import { joinManifest, type JoinInput } from './join-manifest';
import { sorted } from './outcome';
import type { Platform, Ports } from './ports';
import { readOrder, writableShop, type About } from './shop-of';

type Input = About & {
  itemIds: string[];
  trackingNumber: string;
  carrier: string;
  /** The order goes in several parcels. */
  isSplit?: true;
  /** Carriers whose numbers the order's rule set takes only where the platform sold the label. */
  avoid?: string[];
  /** The parcel joins the day's form in the same step. */
  join?: Pick<JoinInput, 'package' | 'turn' | 'after' | 'shipmentId'>;
};

/**
 * Tells the platform under which number the parcel goes, and puts it on the day's form where that is wished. Joining may be done
 * twice, so an attempt that died between the two is simply made again.
 */
export async function uploadTracking(ports: Ports, input: Input): Promise<Answer> {
  const answer = await upload(ports, input);
  return answer.kind === 'uploaded' ? { ...answer, ...(await joining(ports, input)) } : answer;
}

/** Longer than joining takes; what takes longer must not keep the number from being known. */
const JOIN_WITHIN_MS = 8_000;
/**
 * How old the order's wish to join may be: later it is not known whether it still holds, nor of which day the form is. The engine's
 * clock tells its age: a played shop's may run ahead of ours, and its wish counts as fresh.
 */
const FRESH_MS = 60_000;

/**
 * Where it does not join now, the order joins by itself: it knows then what has changed meanwhile, and says why it cannot. So this is
 * done by a first attempt that began in time, and by no other.
 */
async function joining(ports: Ports, { join, ...input }: Input): Promise<{ form?: JoinAnswer }> {
  const { attempt, scheduledTimestampMs } = activityInfo();
  if (join === undefined || attempt > 1 || Date.now() - scheduledTimestampMs > FRESH_MS) return {};
  const { shopId, orderId, at, shipFrom, trackingNumber, carrier } = input;
  const about = { shopId, orderId, at, ...(shipFrom === undefined ? {} : { shipFrom }) };
  const joined = joinManifest(ports, { ...about, ...join, trackingNumber, carrier }).catch(() => undefined);
  const answer = await inTime(joined, JOIN_WITHIN_MS);
  return answer === undefined || answer.kind === 'notThere' ? {} : { form: answer };
}

/** The platform takes a correction once only: read back first. */
async function upload(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    const { orderId, itemIds, trackingNumber, carrier, isSplit } = input;
    const { platform, assertWriting } = await writableShop(ports, input);
    const { facts, deliveryOptionId } = await readOrder(platform, input);
    const scope = isSplit === undefined ? {} : { itemIds };
    if (trackingOf(facts, itemIds)?.number === trackingNumber) return { kind: 'uploaded', at: facts.statusAt };
    if (!allowsWriting(facts, scope) || facts.shippingType !== 'seller') return { kind: 'orderChanged' };
    if (!(await isTaken(platform, input))) return { kind: 'refused', reason: activityWords.notOwnNumber(carrier) };
    const split = isSplit === undefined ? {} : { isSplit };
    await assertWriting();
    const { warning } = await platform.markShipped({
      ...{ orderId, deliveryOptionId, itemIds, trackingNumber, carrier },
      ...split,
    });
    if (warning === undefined) return { kind: 'uploaded' };
    await keepWarning(ports, input, warning);
    return { kind: 'uploaded', hasWarning: true };
  });
}

async function isTaken(platform: Platform, { avoid = [], carrier, trackingNumber }: Input): Promise<boolean> {
  return !avoid.includes(carrier) || (await platform.isOwnNumber(trackingNumber));
}

/** The platform's own words may repeat an address: they lie encrypted, and history says only that there are some. */
async function keepWarning({ vault }: Ports, { shopId, orderId, trackingNumber }: Input, text: string): Promise<void> {
  if (!/^[0-9A-Za-z]+$/.test(trackingNumber)) return;
  await vault.putIfAbsent(`warnings/${shopId}/${orderId}/${trackingNumber}`, JSON.stringify({ text }));
}
