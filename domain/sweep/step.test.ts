import { newSweep, type SweepAnswer, type SweepState } from './state';
import { step, type SweepEvent } from './step';
import { pageOf, viewOf } from './view';

const T0 = Date.UTC(2026, 10, 23, 18);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const answer = (more: Partial<SweepAnswer> = {}): SweepAnswer => ({
  until: T0 - MINUTE,
  found: 0,
  missed: 0,
  nextAt: T0 + 5 * MINUTE,
  day: '2026-11-23',
  ...more,
});

const take = (state: SweepState, ...events: SweepEvent[]): ReturnType<typeof step> => step(state, events);
const answered = (state: SweepState, more: Partial<SweepAnswer> = {}, at = T0): ReturnType<typeof step> =>
  take(state, { kind: 'answered', at, answer: answer(more) });

const begun = (): SweepState => take(newSweep('7', T0), { kind: 'opened', at: T0 }).state;
const rested = (): SweepState => answered(begun()).state;

describe('a sweep', () => {
  it('first looks 75 days back, longer than a pre-order waits, at all but what changed a moment ago', () => {
    const { start } = take(newSweep('7', T0), { kind: 'opened', at: T0 });
    expect(start).toEqual({ since: T0 - 75 * DAY, until: T0 - MINUTE, at: T0, first: true });
  });

  it('then looks from where the last round ended, when its hours say so and not before', () => {
    const state = rested();
    expect(take(state, { kind: 'woke', at: T0 + 5 * MINUTE - 1 }).start).toBeUndefined();
    expect(take(state, { kind: 'woke', at: T0 + 5 * MINUTE }).start).toEqual({
      since: T0 - MINUTE,
      until: T0 + 4 * MINUTE,
      at: T0 + 5 * MINUTE,
      first: false,
    });
  });

  it('looks at once when asked, up to now; one round at a time', () => {
    const at = T0 + 2 * MINUTE;
    const asked = take(rested(), { kind: 'asked', at }, { kind: 'asked', at });
    expect(asked.start).toMatchObject({ until: at, asked: true });
    const again = take(asked.state, { kind: 'asked', at: at + 1 });
    expect(again.start).toBeUndefined();
    const after = answered(again.state, { until: at }, at + 2);
    expect(after.start).toMatchObject({ since: at, until: at + 2 });
    expect(answered(after.state, { until: at + 2 }, at + 3).start).toBeUndefined();
    // The rest of a round that was asked for is asked for as well.
    expect(answered(after.state, { more: true }, at + 3).start).toMatchObject({ since: at, asked: true });
  });

  it('goes on at once where there is more, and is through with its first look only then', () => {
    const more = answer({ more: true });
    delete more.until;
    const { state, start } = take(begun(), { kind: 'answered', at: T0 + 1, answer: more });
    expect(start).toMatchObject({ since: T0 - 75 * DAY, until: T0 + 1 - MINUTE, first: true });
    const through = answered(state).state;
    expect(through).toMatchObject({ isCaughtUp: true, lookedAt: T0, cursor: T0 - MINUTE });
    expect(take(through, { kind: 'woke', at: T0 + DAY }).start).toMatchObject({ since: T0 - MINUTE, first: false });
  });

  it('keeps its cursor where the platform is silent, and says so until a round succeeds', () => {
    const nothing = answer({ hindered: 'platformSilent' });
    delete nothing.until;
    const { state } = take(rested(), { kind: 'woke', at: T0 + 5 * MINUTE });
    const silent = take(state, { kind: 'answered', at: T0 + 6 * MINUTE, answer: nothing }).state;
    expect(silent).toMatchObject({ cursor: T0 - MINUTE, hindered: { since: T0 + 6 * MINUTE, why: 'platformSilent' } });
    expect(pageOf(silent)).toContain('the platform does not answer');
    const next = take(silent, { kind: 'woke', at: silent.nextAt });
    expect(next.start).toMatchObject({ since: T0 - MINUTE });
    expect(answered(next.state, { until: T0 + DAY }).state.hindered).toBeUndefined();
  });

  it('looks again a quarter of an hour after a step that failed, and never twice within a minute', () => {
    const failed = take(begun(), { kind: 'failed', at: T0 }).state;
    expect(failed).toMatchObject({ nextAt: T0 + 15 * MINUTE, hindered: { why: 'stepFailed' } });
    expect(answered(begun(), { nextAt: 0 }).state.nextAt).toBe(T0 + MINUTE);
  });

  it('counts by the day of its ship-from, and since it was begun', () => {
    const monday = answered(begun(), { found: 3, missed: 2 }).state;
    const tuesday = answered(monday, { found: 1, missed: 1, day: '2026-11-24' }).state;
    expect(viewOf(tuesday)).toMatchObject({
      today: { day: '2026-11-24', rounds: 1, found: 1, missed: 1 },
      found: 4,
      missed: 3,
      nextWakeAt: T0 + 5 * MINUTE,
    });
    expect(pageOf(monday)).toContain(
      'On 2026-11-23 it looked once and told 3 orders of a change; webhooks had missed 2.',
    );
  });

  it('is not stopped by what it does not understand, nor by a cancel of Temporal', () => {
    const { state, start } = take(rested(), { kind: 'badMessage', at: T0 }, { kind: 'workflowCancelled', at: T0 });
    expect(start).toBeUndefined();
    expect(state).toMatchObject({ unreadable: 1, isCancelAsked: true, nextAt: T0 + 5 * MINUTE });
  });
});
