import { nextWake } from './agenda';
import { renewVerdictOf } from './step';
import { account, connected, DAY, HOUR, MINUTE, SHOP, T0 } from './test-support';

describe('a pair of tokens', () => {
  it('is renewed once, however many ask', () => {
    const asked = connected().ask(1);
    expect(asked.started).toEqual([{ kind: 'renewTokens', seenVersion: 1 }]);
    expect(asked.ask(1).ask(1).kinds).toEqual([]);
    expect(renewVerdictOf(asked.state, 1)).toBeUndefined();
    asked.renewed(2);
    expect(renewVerdictOf(asked.state, 1)).toEqual({ isNewer: true, version: 2 });
  });

  it('that is newer than the one that was seen is told at once', () => {
    const renewed = connected().ask(1).renewed(2);
    expect(renewed.ask(1, T0 + HOUR).kinds).toEqual([]);
    expect(renewVerdictOf(renewed.state, 1)).toEqual({ isNewer: true, version: 2 });
  });

  it('that was renewed a moment ago is not renewed again, whoever was refused with it', () => {
    const renewed = connected().ask(1).renewed(2);
    expect(renewed.ask(2, T0 + 9_999).kinds).toEqual([]);
    expect(renewVerdictOf(renewed.state, 2)).toEqual({ isNewer: false, version: 2, reason: 'notNow' });
    expect(renewed.ask(2, T0 + 10_000).kinds).toEqual(['renewTokens']);
  });

  it.each([
    ['of seven days two days before', 7 * DAY, 2 * DAY],
    ['of three hours one hour before', 3 * HOUR, HOUR],
    ['of one hour half an hour before', HOUR, HOUR / 2],
  ])('%s its end is renewed ahead of time', (_, lifeMs, aheadMs) => {
    const due = account()
      .connect({ accessExpiresAt: T0 + lifeMs })
      .done('keepStanding');
    expect(nextWake(due.state)).toEqual({ kind: 'renew', at: T0 + lifeMs - aheadMs });
    expect(due.tell({ kind: 'woke', at: T0 + lifeMs - aheadMs - 1 }).kinds).toEqual([]);
    expect(due.tell({ kind: 'woke', at: T0 + lifeMs - aheadMs }).kinds).toEqual(['renewTokens']);
  });

  it('that could not be renewed is tried again, later each time', () => {
    const failing = connected();
    let at = T0 + 5 * DAY;
    const gaps: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      failing.tell({ kind: 'woke', at });
      expect(failing.kinds).toEqual(['renewTokens']);
      failing.answer('renewTokens', { kind: 'failed', type: 'retryLater', message: '' }, at);
      gaps.push((nextWake(failing.state)?.at ?? 0) - at);
      at = nextWake(failing.state)?.at ?? 0;
    }
    expect(gaps.map((ms) => ms / MINUTE)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(failing.state.connection).toBe('connected');
    expect(failing.tell({ kind: 'woke', at }).renewed(2, at).state.renewal.failures).toBe(0);
  });

  it('whose refresh token is dead needs its owner, once', () => {
    const dead = connected().ask(1).answer('renewTokens', { kind: 'dead', version: 1, reason: 'refused' });
    expect(dead.started).toMatchObject([
      { kind: 'keepStanding', standing: { connection: 'reconnectNeeded' } },
      { kind: 'tellDesk', raise: [{ key: `shop:${SHOP}:reconnect:1`, about: 'reconnectNeeded' }] },
    ]);
    expect(renewVerdictOf(dead.state, 1)).toEqual({ isNewer: false, version: 1, reason: 'reconnectNeeded' });
    expect(dead.ask(1, T0 + DAY).kinds).toEqual([]);
  });

  it('that died while the owner consented anew is forgotten', () => {
    const late = connected()
      .ask(1)
      .connect({ tokenVersion: 2, at: T0 + 1_000 });
    late.answer('renewTokens', { kind: 'dead', version: 1, reason: 'refused' }, T0 + 2_000);
    expect(late.state).toMatchObject({ connection: 'connected', tokens: { version: 2 } });
  });

  it('never stands in the state', () => {
    expect(JSON.stringify(connected().state)).not.toMatch(/TTP_|accessToken|refreshToken/);
  });
});
