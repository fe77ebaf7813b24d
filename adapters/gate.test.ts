import type { AdapterError } from '../contracts/adapter-error';
import { callGate, gatedCall, openGate, type CallGate } from './gate';
import type { HttpAnswer } from './http';

const KEY = { provider: 'a provider', shopId: '7', call: 'aCall' };
const OK: HttpAnswer = { status: 200, json: {} };

let sent = 0;
let answers: ((answer: HttpAnswer | Error) => void)[] = [];

beforeEach(() => {
  jest.useFakeTimers({ now: 1_800_000_000_000 });
  sent = 0;
  answers = [];
});
afterEach(() => jest.useRealTimers());

/** A call that stays under way until the test answers it. */
const call = (gate: CallGate, key = KEY): Promise<HttpAnswer> =>
  gatedCall(gate, key, () => {
    sent += 1;
    return new Promise((resolve, reject) => {
      answers.push((answer) => {
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
    });
  });

/** A call that is answered at once. */
const quick = (gate: CallGate, answer: HttpAnswer | Error, key = KEY): Promise<HttpAnswer> =>
  gatedCall(gate, key, () => {
    sent += 1;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });

const refusalOf = (calling: Promise<unknown>): Promise<AdapterError> =>
  calling.then(
    () => {
      throw new Error('it was let through');
    },
    (error: unknown) => error as AdapterError,
  );

const settle = (): Promise<unknown> => jest.advanceTimersByTimeAsync(0);

async function failures(gate: CallGate, times: number): Promise<void> {
  for (let left = times; left > 0; left -= 1) await quick(gate, { status: 500, json: undefined });
}

describe('a gate', () => {
  it('lets eight calls of a shop be under way, and the next as soon as one is back', async () => {
    const gate = callGate();
    const calls = Array.from({ length: 10 }, () => call(gate));
    await settle();
    expect(sent).toBe(8);
    answers[0]?.(OK);
    await settle();
    expect(sent).toBe(9);
    answers.slice(1).forEach((answer) => {
      answer(OK);
    });
    await settle();
    answers.at(-1)?.(OK);
    expect(await Promise.all(calls)).toHaveLength(10);
  });

  it('counts each shop by itself', async () => {
    const gate = callGate({ mostInFlight: 1 });
    void call(gate);
    void call(gate, { ...KEY, shopId: '8' });
    await settle();
    expect(sent).toBe(2);
  });

  it('turns away what waited for 2 s, as a call that was not made', async () => {
    const gate = callGate({ mostInFlight: 1 });
    void call(gate);
    const waiting = refusalOf(call(gate));
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await waiting).toMatchObject({ outcome: 'retryLater' });
    answers[0]?.(OK);
    await settle();
    expect(sent).toBe(1);
  });

  it('sends nothing of 500 writes before the instant that one 429 named', async () => {
    const gate = callGate();
    const writes = Array.from({ length: 500 }, () => refusalOf(call(gate)).catch(() => undefined));
    await settle();
    expect(sent).toBe(8);
    answers[3]?.({ status: 429, json: {}, retryAfterMs: 30_000 });
    await settle();
    const turnedAway = (await Promise.all(writes.slice(8))) as AdapterError[];
    expect(sent).toBe(8);
    for (const { outcome, retryAfterMs } of turnedAway) {
      expect(outcome).toBe('retryLater');
      expect(retryAfterMs).toBeGreaterThan(30_000);
      expect(retryAfterMs).toBeLessThanOrEqual(30_500);
    }
    await jest.advanceTimersByTimeAsync(29_999);
    expect((await refusalOf(call(gate))).retryAfterMs).toBeLessThanOrEqual(501);
    expect(sent).toBe(8);
    // Other calls that were under way came back well: that does not open the gate any earlier.
    answers[0]?.(OK);
    await settle();
    await refusalOf(call(gate));
    expect(sent).toBe(8);
    await jest.advanceTimersByTimeAsync(1);
    void call(gate);
    await settle();
    expect(sent).toBe(9);
  });

  it('doubles its patience with a provider that names no time, and forgets it after an answer', async () => {
    const gate = callGate();
    const leftOf = async (): Promise<number> => (await refusalOf(quick(gate, OK))).retryAfterMs ?? 0;
    await quick(gate, { status: 429, json: {} });
    expect(Math.floor((await leftOf()) / 1_001)).toBe(1);
    await jest.advanceTimersByTimeAsync(1_000);
    await quick(gate, { status: 429, json: {} });
    expect(await leftOf()).toBeGreaterThan(2_000);
    await jest.advanceTimersByTimeAsync(2_000);
    await quick(gate, OK);
    await quick(gate, { status: 429, json: {} });
    expect(await leftOf()).toBeLessThanOrEqual(1_500);
  });

  it('treats a 503 that names a time like a 429', async () => {
    const gate = callGate();
    await quick(gate, { status: 503, json: {}, retryAfterMs: 9_000 });
    expect((await refusalOf(quick(gate, OK))).retryAfterMs).toBeGreaterThan(9_000);
  });
});

describe('its breaker', () => {
  it('opens after five failures in a row, for 5 s', async () => {
    const gate = callGate();
    await failures(gate, 4);
    await quick(gate, OK);
    await failures(gate, 4);
    await refusalOf(quick(gate, new Error('ECONNREFUSED')));
    expect(sent).toBe(10);
    expect((await refusalOf(quick(gate, OK))).retryAfterMs).toBeGreaterThan(5_000);
    expect(sent).toBe(10);
  });

  it('lets one trial through, and closes when it is answered', async () => {
    const gate = callGate();
    await failures(gate, 5);
    await jest.advanceTimersByTimeAsync(5_000);
    const trial = call(gate);
    expect(await refusalOf(quick(gate, OK))).toMatchObject({ outcome: 'retryLater' });
    await settle();
    expect(sent).toBe(6);
    answers[0]?.({ status: 404, json: {} });
    await trial;
    await quick(gate, OK);
    expect(sent).toBe(7);
  });

  it('waits twice as long after each trial that fails, up to 5 min', async () => {
    const gate = callGate();
    await failures(gate, 5);
    for (const seconds of [5, 10, 20, 40, 80, 160, 300, 300]) {
      await jest.advanceTimersByTimeAsync(seconds * 1_000 - 1);
      await refusalOf(quick(gate, OK));
      await jest.advanceTimersByTimeAsync(1);
      await failures(gate, 1);
    }
    expect(sent).toBe(13);
  });

  it('is not opened any longer by calls that were under way before it opened', async () => {
    const gate = callGate();
    const calls = Array.from({ length: 8 }, () => call(gate));
    await settle();
    answers.forEach((answer) => {
      answer({ status: 500, json: {} });
    });
    await Promise.all(calls);
    await jest.advanceTimersByTimeAsync(5_000);
    await quick(gate, OK);
    expect(sent).toBe(9);
  });
});

it('the open gate lets everything through', async () => {
  await failures(openGate, 6);
  void call(openGate);
  await settle();
  expect(sent).toBe(7);
});
