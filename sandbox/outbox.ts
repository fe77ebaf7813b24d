import { EventEmitter, once } from 'node:events';
import type { World } from './world';

/** The webhooks on their way out: one line a shop, so that order of sending is order of arrival. */
export type Outbox = {
  readonly lines: Map<string, string[]>;
  /** The sender at work in a shop, if one is. */
  readonly senders: Map<string, Promise<void>>;
  readonly changes: EventEmitter;
  readonly stop: AbortController;
};

/** An empty outbox. */
export function newOutbox(): Outbox {
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  return { lines: new Map(), senders: new Map(), changes, stop: new AbortController() };
}

/** The event that says a shop's line has become empty. */
export function emptied(shopId: string): string {
  return `emptied:${shopId}`;
}

/** Resolves when the shop's line is empty: every webhook in it has been tried. */
export async function delivered(world: World, shopId: string): Promise<void> {
  for (let sender = world.outbox.senders.get(shopId); sender; sender = world.outbox.senders.get(shopId)) await sender;
}

/** How many webhooks of a shop are in the line or on the wire. One that waits for another attempt is the schedule's. */
function pendingCount(world: World, shopId: string): number {
  const waiting = world.outbox.lines.get(shopId)?.length ?? 0;
  const onTheWire = world.outbox.senders.has(shopId) ? 1 : 0;
  return waiting + onTheWire;
}

/** Waits until nothing is pending or the time is over, and answers what is left. */
export async function quiet(world: World, shopId: string, waitMs: number): Promise<number> {
  const limit = AbortSignal.any([world.outbox.stop.signal, AbortSignal.timeout(waitMs)]);
  while (pendingCount(world, shopId) > 0 && !limit.aborted) {
    await once(world.outbox.changes, emptied(shopId), { signal: limit }).catch(() => undefined);
  }
  return pendingCount(world, shopId);
}
