import { AdapterError } from '../contracts/adapter-error';
import type { HttpAnswer } from './http';

/** What a call is about: limits and outages hold per provider and shop. */
type GateKey = { provider: string; shopId: string; call: string };

/** How a call that had passed came back. `wait`: how long the provider asks everybody to wait, if it says so. */
type Passed = { kind: 'answered' } | { kind: 'failed' } | { kind: 'throttled'; waitMs: number | undefined };

/** Where every call to a provider passes, in this process. */
export type CallGate = {
  /**
   * Waits for a free place.
   * @returns What must be called once, with how it came back.
   * @throws AdapterError `retryLater` with the time that is left, where no call may leave now.
   */
  enter: (key: GateKey) => Promise<(passed: Passed) => void>;
};

type GateLimits = {
  /** The clock, epoch milliseconds. */
  now: () => number;
  /** How many calls to one provider for one shop are under way at once. */
  mostInFlight: number;
  /** How long a call waits for a free place. */
  longestQueueMs: number;
};

const DEFAULTS: GateLimits = { now: () => Date.now(), mostInFlight: 8, longestQueueMs: 2_000 };

const MOST_JITTER_MS = 500;
/** A provider that says no time: TikTok Shop's "Rate limits" page names 1 s, doubled, at most 60 s. */
const FIRST_BACK_OFF_MS = 1_000;
const MOST_BACK_OFF_MS = 60_000;
/** One header must not close a shop for weeks. */
const MOST_RETRY_AFTER_MS = 6 * 3_600_000;
const FAILURES_TO_OPEN = 5;
const FIRST_OPEN_MS = 5_000;
const MOST_OPEN_MS = 300_000;

type Waiter = { admit: () => void; refuse: (error: AdapterError) => void; key: GateKey; timer: NodeJS.Timeout };

type Lane = {
  inFlight: number;
  queue: Waiter[];
  /** No call leaves before, because the provider asked for it. */
  closedUntil: number;
  backOffMs: number;
  failures: number;
  /** There while the breaker is open; `isTried` while its one trial call is under way. */
  open?: { until: number; spanMs: number; isTried: boolean };
};

const newLane = (): Lane => ({ inFlight: 0, queue: [], closedUntil: 0, backOffMs: FIRST_BACK_OFF_MS, failures: 0 });

/**
 * A gate per provider and shop. A provider that asks for patience gets it to the second: what waits is turned away at once with
 * the time that is left, instead of being sent into the same wall. Five failures in a row open a breaker, which lets one trial
 * call through after 5 s, then after twice as long, up to 5 min; the first answer closes it.
 */
export function callGate(limits: Partial<GateLimits> = {}): CallGate {
  const rules = { ...DEFAULTS, ...limits };
  const lanes = new Map<string, Lane>();
  return {
    enter: async (key) => {
      const name = `${key.provider} ${key.shopId}`;
      const lane = lanes.get(name) ?? newLane();
      lanes.set(name, lane);
      await admitted(lane, key, rules);
      return (passed) => {
        lane.inFlight -= 1;
        learn(lane, passed, rules.now());
        release(lane, rules);
      };
    },
  };
}

/** Lets every call through at once: where time is played, a wall-clock wait would hold up what is not late. */
export const openGate: CallGate = { enter: () => Promise.resolve(() => undefined) };

/**
 * Makes one call through a gate. A refusal by the gate means that nothing was sent.
 * @throws AdapterError the gate's or the call's own.
 */
export async function gatedCall(gate: CallGate, key: GateKey, request: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  const leave = await gate.enter(key);
  try {
    const answer = await request();
    leave(passedOf(answer));
    return answer;
  } catch (error) {
    leave({ kind: 'failed' });
    throw error;
  }
}

const HTTP = { tooMany: 429, unavailable: 503, serverError: 500 } as const;

function passedOf({ status, retryAfterMs }: HttpAnswer): Passed {
  const isAsked = status === HTTP.unavailable && retryAfterMs !== undefined;
  if (status === HTTP.tooMany || isAsked) return { kind: 'throttled', waitMs: retryAfterMs };
  return { kind: status >= HTTP.serverError ? 'failed' : 'answered' };
}

function admitted(lane: Lane, key: GateKey, rules: GateLimits): Promise<void> {
  const leftMs = closedFor(lane, rules.now());
  if (leftMs > 0) return Promise.reject(turnedAway(key, leftMs));
  if (lane.inFlight < rules.mostInFlight) {
    lane.inFlight += 1;
    if (lane.open !== undefined) lane.open.isTried = true;
    return Promise.resolve();
  }
  // A trial is made now or not at all: one that waited and gave up would leave the breaker open for ever.
  if (lane.open !== undefined) return Promise.reject(turnedAway(key, lane.open.spanMs));
  return new Promise((admit, refuse) => {
    const timer = setTimeout(() => {
      lane.queue = lane.queue.filter((one) => one !== waiter);
      refuse(turnedAway(key, 0));
    }, rules.longestQueueMs);
    const waiter: Waiter = { admit, refuse, key, timer };
    lane.queue.push(waiter);
  });
}

/** For how long no call may leave; 0 where one may. */
function closedFor({ closedUntil, open }: Lane, now: number): number {
  const byProvider = Math.max(0, closedUntil - now);
  if (open === undefined) return byProvider;
  // While the trial is under way nobody knows more: the same span again.
  return Math.max(byProvider, open.isTried ? open.spanMs : open.until - now);
}

/** Jitter, so that what was turned away together does not come back in one moment. */
const turnedAway = ({ provider, call }: GateKey, leftMs: number): AdapterError =>
  new AdapterError('retryLater', {
    provider,
    call,
    code: leftMs > 0 ? 'not sent, the provider must be left alone' : 'not sent, too many calls at once',
    retryAfterMs: leftMs + Math.ceil(Math.random() * MOST_JITTER_MS),
  });

function learn(lane: Lane, passed: Passed, now: number): void {
  if (passed.kind === 'throttled') return throttle(lane, passed.waitMs, now);
  if (passed.kind === 'failed') return fail(lane, now);
  lane.failures = 0;
  lane.backOffMs = FIRST_BACK_OFF_MS;
  delete lane.open;
}

function throttle(lane: Lane, waitMs: number | undefined, now: number): void {
  const isClosed = lane.closedUntil > now;
  lane.closedUntil = Math.max(lane.closedUntil, now + Math.min(waitMs ?? lane.backOffMs, MOST_RETRY_AFTER_MS));
  // Answers that were under way together are one refusal.
  if (waitMs === undefined && !isClosed) lane.backOffMs = Math.min(lane.backOffMs * 2, MOST_BACK_OFF_MS);
  // It is there, and says so.
  lane.failures = 0;
  delete lane.open;
}

function fail(lane: Lane, now: number): void {
  lane.failures += 1;
  if (lane.open?.isTried === true) {
    const spanMs = Math.min(lane.open.spanMs * 2, MOST_OPEN_MS);
    lane.open = { until: now + spanMs, spanMs, isTried: false };
  } else if (lane.open === undefined && lane.failures >= FAILURES_TO_OPEN) {
    lane.open = { until: now + FIRST_OPEN_MS, spanMs: FIRST_OPEN_MS, isTried: false };
  }
}

/** Who waits goes on in order, or is turned away where the gate has closed meanwhile. */
function release(lane: Lane, { now, mostInFlight }: GateLimits): void {
  const leftMs = closedFor(lane, now());
  while (lane.queue.length > 0 && (leftMs > 0 || lane.inFlight < mostInFlight)) {
    const waiter = lane.queue.shift();
    if (waiter === undefined) return;
    clearTimeout(waiter.timer);
    if (leftMs > 0) {
      waiter.refuse(turnedAway(waiter.key, leftMs));
    } else {
      lane.inFlight += 1;
      waiter.admit();
    }
  }
}
