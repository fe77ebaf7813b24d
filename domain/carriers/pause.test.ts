import { afterFailure, windowAt, type Pause } from './pause';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 23, 18);

const failing = (cause: Pause['cause'], ats: readonly number[], before?: Pause): Pause =>
  ats.reduce<Pause | undefined>((pause, at) => afterFailure(pause, { cause, code: 'X', at }), before) as Pause;

describe('an account that fails', () => {
  it.each(['credentials', 'balance'] as const)('is paused at once for %s, and tried after 5 minutes', (cause) => {
    expect(failing(cause, [T0])).toMatchObject({ isPaused: true, since: T0, nextTryAt: T0 + 5 * MINUTE });
  });

  it('is paused for an outage at the third failure in a row', () => {
    expect([1, 2, 3].map((n) => failing('outage', [T0, T0 + 1, T0 + 2].slice(0, n)).isPaused)).toEqual([
      false,
      false,
      true,
    ]);
    expect(failing('outage', [T0, T0 + 1, T0 + 2])).toMatchObject({ since: T0, nextTryAt: T0 + 2 + 5 * MINUTE });
  });

  it('is left alone twice as long after each trial that fails, 30 minutes at most', () => {
    const spans: number[] = [];
    let pause = failing('credentials', [T0]);
    for (let trial = 0; trial < 4; trial += 1) {
      spans.push(pause.spanMs / MINUTE);
      pause = failing('credentials', [pause.nextTryAt], pause);
    }
    expect([...spans, pause.spanMs / MINUTE]).toEqual([5, 10, 20, 30, 30]);
  });

  it('does not count what was under way when it was paused as another trial', () => {
    const paused = failing('credentials', [T0]);
    expect(failing('credentials', [T0 + MINUTE], paused)).toBe(paused);
  });

  it('keeps what only a person can put right where its provider is down too, and not the other way round', () => {
    const unpaid = failing('balance', [T0]);
    expect(failing('outage', [T0 + MINUTE], unpaid)).toBe(unpaid);
    const down = failing('outage', [T0, T0, T0]);
    expect(failing('credentials', [T0 + MINUTE], down)).toMatchObject({ cause: 'credentials', since: T0 + MINUTE });
  });
});

it('counts the windows in which one trial each is made', () => {
  const pause = failing('credentials', [T0]);
  expect([0, 4, 5, 12].map((minutes) => windowAt(pause, pause.nextTryAt + minutes * MINUTE))).toEqual([0, 0, 1, 2]);
});
