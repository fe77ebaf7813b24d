import { nowOf } from './clock';
import { digits } from './ids';
import { emptied } from './outbox';
import { plan, unplan } from './schedule';
import type { WebhookFaults } from './shops';
import { addressOf, postNotice } from './webhook-post';
import { WEBHOOK_WIRES, type WebhookWireName } from './webhook-wires';
import type { World } from './world';

/** One webhook as it was first written; the same bytes go out at every attempt. */
export type Notice = {
  readonly id: string;
  readonly wire: WebhookWireName;
  readonly orderId: string | null;
  readonly body: string;
  readonly attempts: number;
  readonly standing: 'queued' | 'held' | 'planned' | 'delivered' | 'lost';
};

/** Writes a webhook down and sends it as the shop's webhook faults have it. A shop without an address gets none. */
export function notify(world: World, shopId: string, draft: Pick<Notice, 'wire' | 'orderId' | 'body'>): void {
  const shop = world.state.shops.get(shopId, shopId);
  if (shop === undefined || addressOf(world, shop, draft) === null) return;
  const notice: Notice = { ...draft, id: digits(19), attempts: 0, standing: 'queued' };
  const faults = shop.webhookFaults;
  if (isLost(world, shopId, faults)) {
    world.state.notices.put(shopId, notice.id, { ...notice, standing: 'lost' });
  } else if (faults.reorder) {
    world.state.notices.put(shopId, notice.id, { ...notice, standing: 'held' });
  } else if (faults.delayMs > 0) {
    planNotice(world, shopId, { notice, at: nowOf(world, shopId) + faults.delayMs });
  } else {
    enqueue(world, shopId, notice);
  }
}

/** Whether the faults take this webhook; it is counted as it is asked. */
function isLost(world: World, shopId: string, faults: WebhookFaults): boolean {
  const { drop, dropShare = 0, counted = 0 } = faults;
  if (drop > 0) setWebhookFaults(world, shopId, { ...faults, drop: drop - 1 });
  if (drop > 0 || dropShare === 0) return drop > 0;
  setWebhookFaults(world, shopId, { ...faults, counted: counted + 1 });
  return isOfShare(counted, dropShare);
}

const GOLDEN_RATIO = 0.618_033_988_749_895;

/**
 * Whether the n-th of many, counted from 0, is of a share of them. The same every time, as many as the share says, and without
 * a period: every n-th would hit the same topic of every order.
 */
export function isOfShare(n: number, share: number): boolean {
  return ((n + 1) * GOLDEN_RATIO) % 1 < share;
}

/** Puts a webhook at the end of its shop's line. */
function enqueue(world: World, shopId: string, notice: Notice): void {
  world.state.notices.put(shopId, notice.id, { ...notice, standing: 'queued' });
  unplan(world, shopId, plannedId(notice.id));
  const line = world.outbox.lines.get(shopId) ?? [];
  line.push(notice.id);
  world.outbox.lines.set(shopId, line);
  startSending(world, shopId);
}

/** Replaces the webhook faults of a shop. */
export function setWebhookFaults(world: World, shopId: string, webhookFaults: WebhookFaults): void {
  const shop = world.state.shops.get(shopId, shopId);
  if (shop !== undefined) world.state.shops.put(shopId, shopId, { ...shop, webhookFaults });
}

/** Lets go of the held webhooks, the last one first if they are to arrive out of order. */
export function releaseHeld(world: World, shopId: string, order: 'asWritten' | 'reversed'): number {
  const held = world.state.notices.of(shopId).filter((notice) => notice.standing === 'held');
  for (const notice of order === 'reversed' ? held.reverse() : held) enqueue(world, shopId, notice);
  return held.length;
}

/** Sends every webhook ever written for an order once more, byte for byte. */
export function resend(world: World, shopId: string, orderId: string): number {
  const notices = world.state.notices.of(shopId).filter((notice) => notice.orderId === orderId);
  for (const notice of notices) enqueue(world, shopId, notice);
  return notices.length;
}

/** Sends the webhook whose later instant has come. */
export function sendPlanned(world: World, shopId: string, noticeId: string): void {
  const notice = world.state.notices.get(shopId, noticeId);
  if (notice !== undefined) enqueue(world, shopId, notice);
}

/** Takes up the webhooks that a stop or a kill left in the line. */
export function resumeOutbox(world: World): void {
  for (const shopId of world.state.notices.shopIds()) {
    for (const notice of world.state.notices.of(shopId))
      if (notice.standing === 'queued') enqueue(world, shopId, notice);
  }
}

function startSending(world: World, shopId: string): void {
  if (world.outbox.senders.has(shopId) || world.outbox.stop.signal.aborted) return;
  const sender = sendAll(world, shopId).finally(() => {
    world.outbox.senders.delete(shopId);
    // One may have joined the line after the sender saw its end and before this runs.
    if ((world.outbox.lines.get(shopId)?.length ?? 0) > 0) startSending(world, shopId);
    else world.outbox.changes.emit(emptied(shopId));
  });
  world.outbox.senders.set(shopId, sender);
}

async function sendAll(world: World, shopId: string): Promise<void> {
  const line = world.outbox.lines.get(shopId) ?? [];
  for (let id = line.shift(); id !== undefined && !world.outbox.stop.signal.aborted; id = line.shift()) {
    const notice = world.state.notices.get(shopId, id);
    if (notice !== undefined) await sendOne(world, shopId, notice);
  }
}

async function sendOne(world: World, shopId: string, notice: Notice): Promise<void> {
  const copies = world.state.shops.get(shopId, shopId)?.webhookFaults.copies ?? 1;
  let isTaken = false;
  for (let copy = 0; copy < copies; copy += 1) isTaken = (await postNotice(world, shopId, notice)) || isTaken;
  // A stop cuts the attempt short: the webhook stays queued in the journal and goes out after the restart.
  if (world.outbox.stop.signal.aborted) return;
  const tried = { ...notice, attempts: notice.attempts + 1 };
  const retryInMs = WEBHOOK_WIRES[notice.wire].retryDelaysMs[notice.attempts];
  if (isTaken) world.state.notices.put(shopId, notice.id, { ...tried, standing: 'delivered' });
  else if (retryInMs === undefined) world.state.notices.put(shopId, notice.id, { ...tried, standing: 'lost' });
  else planNotice(world, shopId, { notice: tried, at: nowOf(world, shopId) + retryInMs });
}

function planNotice(world: World, shopId: string, { notice, at }: { notice: Notice; at: number }): void {
  world.state.notices.put(shopId, notice.id, { ...notice, standing: 'planned' });
  plan(world, shopId, { id: plannedId(notice.id), at, what: { kind: 'webhookDue', noticeId: notice.id } });
}

function plannedId(noticeId: string): string {
  return `webhook:${noticeId}`;
}
