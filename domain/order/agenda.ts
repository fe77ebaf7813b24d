import { dueAt, earliestOf, type Deadline, type DeadlineName } from './facts';
import { noteWaiting } from './group';
import { lookAgain } from './look';
import { raise, remember } from './record';
import { isTerminal } from './phase';
import { doubt, lostAt, noteStall, stallsAt } from './stall';
import { enterPhase } from './standing';
import type { OrderState } from './state';

/** The next instant at which an order acts without being told. */
export type Wake =
  | { at: number; kind: 'deadline'; deadline: DeadlineName; mark: string }
  | { at: number; kind: 'warning'; deadline: DeadlineName; mark: string }
  | { at: number; kind: 'lookAgain' }
  | { at: number; kind: 'stall'; package: string }
  | { at: number; kind: 'lost'; package: string }
  | { at: number; kind: 'askManifest'; package: string }
  | { at: number; kind: 'tellAgain' }
  | { at: number; kind: 'closeAfterDelivery' };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Rule sets end at one second for thousands of orders; their warnings are spread over this long before it. */
const SPREAD_MS = 10 * MINUTE_MS;
/** A delivered order that the platform never completes is closed after this long. */
const CLOSE_AFTER_DELIVERY_MS = 15 * DAY_MS;

/** FNV-1a: spreads orders evenly and the same way in every replay. */
function spreadMs(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash % SPREAD_MS;
}

const isOpen = (state: OrderState, deadline: Deadline): boolean =>
  state.met[deadline.name] === undefined && !state.fired.includes(deadline.name);

function wakesOfDeadline(state: OrderState, deadline: Deadline): Wake[] {
  const spread = spreadMs(`${state.orderId}:${deadline.name}`);
  const warnings = (state.plan?.warnBeforeMs ?? [])
    .map((before) => ({ before, mark: `${deadline.name}:${before}` }))
    .filter(({ mark }) => !state.fired.includes(mark))
    .map(({ before, mark }): Wake => {
      const at = earliestOf(deadline) - before - spread;
      return { at, kind: 'warning', deadline: deadline.name, mark };
    });
  return [...warnings, { at: dueAt(deadline), kind: 'deadline', deadline: deadline.name, mark: deadline.name }];
}

/** The carrier's silence, a manifest's silence, and what could not be told. */
function wakesOfNeighbours(state: OrderState): Wake[] {
  const ofParcels = Object.entries(state.packages).flatMap(([key, parcel]): Wake[] => {
    const stallAt = stallsAt(state, parcel);
    const lost = lostAt(state, parcel);
    const { status, askAt, isLeaving } = parcel.manifest;
    return [
      ...(stallAt === undefined ? [] : [{ at: stallAt, kind: 'stall', package: key } as const]),
      ...(lost === undefined ? [] : [{ at: lost, kind: 'lost', package: key } as const]),
      ...(status !== 'joined' || askAt === undefined || isLeaving === true
        ? []
        : [{ at: askAt, kind: 'askManifest', package: key } as const]),
    ];
  });
  const again = Object.values(state.tellAgain);
  return again.length === 0 ? ofParcels : [...ofParcels, { at: Math.min(...again), kind: 'tellAgain' }];
}

function wakes(state: OrderState): Wake[] {
  if (state.ended !== undefined) return [];
  const looks: Wake[] = wakesOfNeighbours(state);
  if (state.look.at !== undefined) looks.push({ at: state.look.at, kind: 'lookAgain' });
  if (isTerminal(state.phase)) return looks;
  const ofDeadlines = (state.plan?.deadlines ?? [])
    .filter((deadline) => isOpen(state, deadline))
    .flatMap((deadline) => wakesOfDeadline(state, deadline));
  if (state.deliveredAt === undefined) return [...ofDeadlines, ...looks];
  return [...ofDeadlines, ...looks, { at: state.deliveredAt + CLOSE_AFTER_DELIVERY_MS, kind: 'closeAfterDelivery' }];
}

/** The earliest entry of the agenda: the only one that a timer is armed for. */
export const nextWake = (state: OrderState): Wake | undefined =>
  wakes(state).reduce<Wake | undefined>((first, wake) => (first && first.at <= wake.at ? first : wake), undefined);

/** The deadline that people should look at next: the earliest unmet one, a passed one too while the order can still be sent. */
export const nextDeadline = (state: OrderState): Deadline | undefined =>
  (isTerminal(state.phase) ? [] : (state.plan?.deadlines ?? []))
    .filter(({ name }) => state.met[name] === undefined)
    .sort((a, b) => dueAt(a) - dueAt(b))[0];

/** Acts on every entry whose instant has come. Our arithmetic never cancels: it asks for attention and a fresh reading. */
export function fireDue(state: OrderState, now: number): void {
  for (const wake of wakes(state).filter(({ at }) => at <= now)) fire(state, wake, now);
}

function fire(state: OrderState, wake: Wake, now: number): void {
  switch (wake.kind) {
    case 'warning':
      state.fired.push(wake.mark);
      noteWaiting(state, now);
      return raise(state, { kind: 'deadlineNear', at: now, about: wake.deadline });
    case 'deadline':
      return passDeadline(state, wake);
    case 'lookAgain':
      return lookAgain(state, now);
    case 'stall':
      return noteStall(state, wake.package, wake.at);
    case 'lost':
      return doubt(state, wake.package);
    case 'askManifest':
      return askManifest(state, wake.package);
    case 'tellAgain':
      state.tellAgain = Object.fromEntries(Object.entries(state.tellAgain).filter(([, at]) => at > now));
      return;
    case 'closeAfterDelivery':
      enterPhase(state, 'closed', wake.at);
      return remember(state, { at: wake.at, what: 'closedAfterDelivery' });
  }
}

function passDeadline(state: OrderState, { at, deadline, mark }: Extract<Wake, { kind: 'deadline' }>): void {
  state.fired.push(mark);
  state.attention = state.attention.filter(({ about }) => about !== deadline);
  raise(state, { kind: 'deadlinePassed', at, about: deadline });
  remember(state, { at, what: 'deadlinePassed', about: deadline });
  state.mustReread = true;
}

/** The manifest was silent: joining again is harmless, and its answer says what became of the form. */
function askManifest(state: OrderState, key: string): void {
  const manifest = state.packages[key]?.manifest;
  if (manifest === undefined) return;
  manifest.status = 'none';
  if (state.edition >= 6) manifest.isUnsure = true;
  delete manifest.askAt;
}
