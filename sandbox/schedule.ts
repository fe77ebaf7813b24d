import type { Decision } from './appeals/cases';
import type { CarrierScan } from './carrier';
import { bringClockTo, nowOf } from './clock';
import { delivered } from './outbox';
import type { Neglect } from './tiktok/auto-cancel';
import type { OrderStatus } from './tiktok/order';
import type { World } from './world';

/** What the outside world does by itself once a shop's clock has come so far. */
type Happening =
  | { readonly kind: 'holdEnds'; readonly orderId: string }
  | { readonly kind: 'carrierScans'; readonly orderId: string; readonly scan: CarrierScan }
  | { readonly kind: 'statusMoves'; readonly orderId: string; readonly status: OrderStatus }
  | { readonly kind: 'autoCancels'; readonly orderId: string; readonly neglect: Neglect }
  | ({ readonly kind: 'appealDecided' } & Omit<Decision, 'at'>)
  | { readonly kind: 'webhookDue'; readonly noticeId: string }
  | { readonly kind: 'faultEnds'; readonly faultId: string };

/** A happening with its instant on the shop's clock. `turn` decides between happenings of one instant. */
export type Planned = { readonly id: string; readonly at: number; readonly turn: number; readonly what: Happening };

/** The agendas of all shops, each sorted, and what is needed to run them. */
export type Schedule = {
  readonly agendas: Map<string, Planned[]>;
  readonly timers: Map<string, NodeJS.Timeout>;
  /** The end of the run under way in a shop: a clock order and a timer must not run one agenda together. */
  readonly runs: Map<string, Promise<unknown>>;
  turns: number;
  stopped: boolean;
};

/** The longest delay that `setTimeout` keeps; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** An empty schedule. */
export function newSchedule(): Schedule {
  return { agendas: new Map(), timers: new Map(), runs: new Map(), turns: 0, stopped: false };
}

/** Puts a happening on a shop's agenda; one with the same id gives way to it. */
export function plan(world: World, shopId: string, happening: Omit<Planned, 'turn'>): void {
  unplan(world, shopId, happening.id);
  const planned = { ...happening, turn: (world.schedule.turns += 1) };
  insert(agendaOf(world, shopId), planned);
  world.state.planned.put(shopId, planned.id, planned);
  arm(world, shopId);
}

/** Takes a happening off the agenda, if it is there. */
export function unplan(world: World, shopId: string, id: string): void {
  const planned = world.state.planned.get(shopId, id);
  if (planned !== undefined) strikeOff(world, shopId, planned);
}

/** The next happening of a shop. */
export function nextPlanned(world: World, shopId: string): Planned | undefined {
  return agendaOf(world, shopId)[0];
}

/** Takes up the agendas that the journal kept. */
export function resumeSchedule(world: World): void {
  for (const shopId of world.state.planned.shopIds()) {
    for (const planned of world.state.planned.of(shopId)) {
      insert(agendaOf(world, shopId), planned);
      world.schedule.turns = Math.max(world.schedule.turns, planned.turn);
    }
    arm(world, shopId);
  }
}

/** Runs nothing more. */
export function stopSchedule(world: World): void {
  world.schedule.stopped = true;
  for (const timer of world.schedule.timers.values()) clearTimeout(timer);
}

/**
 * Brings a shop's clock to an instant, from happening to happening, and answers what ran.
 *
 * The webhooks of one happening have each been tried once before the next happening begins.
 */
export function runUntil(world: World, shopId: string, to: number): Promise<{ now: number; ran: string[] }> {
  const before = world.schedule.runs.get(shopId)?.catch(() => undefined) ?? Promise.resolve();
  const run = before.then(() => runDue(world, shopId, to));
  world.schedule.runs.set(shopId, run);
  return run;
}

async function runDue(world: World, shopId: string, to: number): Promise<{ now: number; ran: string[] }> {
  const ran: string[] = [];
  await delivered(world, shopId);
  for (let next = dueBy(world, shopId, to); next !== undefined; next = dueBy(world, shopId, to)) {
    bringClockTo(world, shopId, next.at);
    world.perform(world, shopId, next);
    // Struck off after it was done: a kill between the two repeats it, which costs a scan told twice at most.
    strikeOff(world, shopId, next);
    ran.push(`${next.what.kind} ${next.id}`);
    await delivered(world, shopId);
  }
  // Cut short by a stop, the clock stays with the last happening that ran.
  const now = world.schedule.stopped ? nowOf(world, shopId) : bringClockTo(world, shopId, to);
  arm(world, shopId);
  return { now, ran };
}

function dueBy(world: World, shopId: string, to: number): Planned | undefined {
  const next = nextPlanned(world, shopId);
  return next === undefined || next.at > to || world.schedule.stopped ? undefined : next;
}

function arm(world: World, shopId: string): void {
  clearTimeout(world.schedule.timers.get(shopId));
  const next = nextPlanned(world, shopId);
  if (next === undefined || world.schedule.stopped) return;
  const delayMs = Math.min(Math.max(next.at - nowOf(world, shopId), 0), LONGEST_TIMER_MS);
  const timer = setTimeout(() => void runUntil(world, shopId, nowOf(world, shopId)), delayMs);
  world.schedule.timers.set(shopId, timer.unref());
}

function strikeOff(world: World, shopId: string, planned: Planned): void {
  const agenda = agendaOf(world, shopId);
  const index = placeOf(agenda, planned);
  if (agenda[index]?.turn === planned.turn) agenda.splice(index, 1);
  if (world.state.planned.get(shopId, planned.id)?.turn === planned.turn)
    world.state.planned.remove(shopId, planned.id);
}

function agendaOf(world: World, shopId: string): Planned[] {
  const agenda = world.schedule.agendas.get(shopId) ?? [];
  world.schedule.agendas.set(shopId, agenda);
  return agenda;
}

function insert(agenda: Planned[], planned: Planned): void {
  agenda.splice(placeOf(agenda, planned), 0, planned);
}

/** The first index whose happening is not earlier: a bisection, because a busy shop has ten thousand holds. */
function placeOf(agenda: readonly Planned[], planned: Planned): number {
  let low = 0;
  let high = agenda.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = agenda[middle];
    if (there !== undefined && isEarlier(there, planned)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isEarlier(one: Planned, other: Planned): boolean {
  return one.at === other.at ? one.turn < other.turn : one.at < other.at;
}
