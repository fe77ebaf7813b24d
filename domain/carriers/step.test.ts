import { newWatch, type WatchAnswer } from './state';
import { LOOK_EVERY_MS, step } from './step';

const T0 = Date.UTC(2026, 10, 23, 18);
const answer: WatchAnswer = { accounts: 2, paused: 1, polled: 3, told: 1 };

describe('the watch over carrier accounts', () => {
  it('looks when it begins and then by the hour', () => {
    const first = step(newWatch('7', T0), [{ kind: 'opened', at: T0 }]);
    expect(first).toMatchObject({ startAt: T0, state: { isLooking: true } });
    const { state } = step(first.state, [{ kind: 'answered', at: T0 + 5, answer }]);
    expect(state).toMatchObject({ isLooking: false, nextAt: T0 + 5 + LOOK_EVERY_MS, looked: { paused: 1 } });
    expect(step(state, [{ kind: 'woke', at: state.nextAt }]).startAt).toBe(state.nextAt);
  });

  it('looks once more where somebody asks while it looks', () => {
    const looking = step(newWatch('7', T0), [{ kind: 'opened', at: T0 }]).state;
    const asked = step(looking, [{ kind: 'asked', at: T0 + 1 }]);
    expect(asked.startAt).toBeUndefined();
    expect(step(asked.state, [{ kind: 'answered', at: T0 + 2, answer }]).startAt).toBe(T0 + 2);
  });

  it('goes on by the hour where a look failed, and says since when', () => {
    const looking = step(newWatch('7', T0), [{ kind: 'opened', at: T0 }]).state;
    const failed = step(looking, [{ kind: 'failed', at: T0 + 9 }]).state;
    expect(failed).toMatchObject({ isLooking: false, nextAt: T0 + 9 + LOOK_EVERY_MS, hindered: { since: T0 + 9 } });
  });
});
