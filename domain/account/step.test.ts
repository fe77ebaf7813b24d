import { nextWake } from './agenda';
import type { AccountEvent } from './event';
import { newAccount } from './state';
import { account, connected, DAY, HOUR, PAIR, SHOP, T0 } from './test-support';
import { viewOf } from './view';

describe('the standing of a shop', () => {
  it('is connected and auto where nothing was ever said', () => {
    expect(account().tell({ kind: 'loaded', at: T0 }).kinds).toEqual([]);
    expect(viewOf(newAccount(SHOP))).toMatchObject({ mode: 'auto', writes: 'on', connection: 'connected' });
  });

  it('is taken up as it was kept, and nothing is written again', () => {
    const taken = account().tell({
      kind: 'loaded',
      at: T0,
      standing: { mode: 'assist', writes: 'off', connection: 'connected', revision: 7, connectedAt: T0 - DAY },
      tokens: { version: 3, accessExpiresAt: T0 + 6 * DAY, refreshExpiresAt: T0 + 300 * DAY },
    });
    expect(taken.kinds).toEqual([]);
    expect(viewOf(taken.state)).toMatchObject({ mode: 'assist', writes: 'off', tokenVersion: 3 });
  });

  it('is the assumed one where none was kept, and keeps it when something else is switched', () => {
    const live = account().tell({ kind: 'loaded', at: T0, mode: 'watch' });
    expect([live.kinds, viewOf(live.state).mode]).toEqual([[], 'watch']);
    const off = live.tell({ kind: 'ordered', at: T0, order: { verb: 'switchWrites', writes: 'off', actor: 'Ada' } });
    expect(off.started).toMatchObject([{ kind: 'keepStanding', standing: { mode: 'watch', writes: 'off' } }]);
  });

  it('is written when somebody first says it, though it be what was assumed', () => {
    const said = account().tell({ kind: 'loaded', at: T0, mode: 'watch' }).mode('watch');
    expect(said.started).toMatchObject([{ kind: 'keepStanding', standing: { mode: 'watch', revision: 1 } }]);
    expect(said.done('keepStanding').kinds).toEqual([]);
  });

  it('is kept before any order is told of it', () => {
    const switched = connected().mode('assist', T0 + HOUR);
    expect(switched.started).toMatchObject([{ kind: 'keepStanding', standing: { mode: 'assist', revision: 2 } }]);
    expect(switched.done('keepStanding').started).toEqual([{ kind: 'tellShop', at: T0 + HOUR }]);
    expect(viewOf(switched.state).switched.mode).toEqual({ by: 'Ada', at: new Date(T0 + HOUR).toISOString() });
  });

  it('that is switched to what it is already is neither written nor told', () => {
    expect(connected().mode('watch').kinds).toEqual([]);
  });

  it('is written above a later one that stands there', () => {
    const behind = connected().mode('auto').answer('keepStanding', { kind: 'behind', revision: 9 });
    expect(behind.started).toMatchObject([{ kind: 'keepStanding', standing: { mode: 'auto', revision: 10 } }]);
  });

  it('switched twice while the first is being kept is kept twice', () => {
    const twice = connected().mode('assist').mode('auto');
    expect(twice.kinds).toEqual([]);
    expect(twice.done('keepStanding').started).toMatchObject([
      { kind: 'keepStanding', standing: { mode: 'auto', revision: 3 } },
    ]);
  });

  it('has writes switched off without telling the orders', () => {
    const off = connected().tell({
      kind: 'ordered',
      at: T0,
      order: { verb: 'switchWrites', writes: 'off', actor: 'Ada' },
    });
    expect(off.started).toMatchObject([{ kind: 'keepStanding', standing: { writes: 'off' } }]);
    expect(off.done('keepStanding').kinds).toEqual([]);
  });
});

describe('a consent', () => {
  it('makes a new shop watch, and a known one keep its mode', () => {
    const { accessExpiresAt, refreshExpiresAt } = PAIR;
    const consent = (at: number): AccountEvent => ({
      kind: 'ordered',
      at,
      order: { verb: 'connected', tokenVersion: 2, accessExpiresAt, refreshExpiresAt, at },
    });
    expect(account().tell(consent(T0)).state.mode).toBe('watch');
    expect(
      connected()
        .mode('auto')
        .tell(consent(T0 + DAY)).state.mode,
    ).toBe('auto');
  });

  it('said twice, or overtaken by a later one, changes nothing', () => {
    const late = connected()
      .connect({ tokenVersion: 3, at: T0 + DAY })
      .done('keepStanding', T0 + DAY);
    const { revision } = late.state;
    late.connect({ tokenVersion: 3, at: T0 + DAY }).connect({ tokenVersion: 2, at: T0 + HOUR });
    expect(late.state).toMatchObject({ revision, tokens: { version: 3 } });
  });

  it('that is taken back stops everything, removes the tokens and raises one alert', () => {
    const gone = connected().news({ kind: 'deauthorised', at: T0 + DAY });
    expect(gone.started).toMatchObject([
      { kind: 'keepStanding', standing: { connection: 'deauthorised' } },
      { kind: 'purgeTokens', version: 1 },
      { kind: 'tellDesk', raise: [{ key: `shop:${SHOP}:deauthorised:${T0 + DAY}`, about: 'deauthorised' }] },
    ]);
    expect(nextWake(gone.state)).toBeUndefined();
    expect(gone.news({ kind: 'deauthorised', at: T0 + DAY }).kinds).toEqual([]);
    expect(viewOf(gone.done('purgeTokens').state)).toMatchObject({ accessExpiresAt: null, consentEndsAt: null });
  });

  it('is not taken back by a notice that is older than itself', () => {
    const again = connected()
      .connect({ tokenVersion: 2, at: T0 + DAY })
      .news({ kind: 'deauthorised', at: T0 + HOUR });
    expect(again.state.connection).toBe('connected');
  });

  it('is taken back by a notice of its own second: webhooks have whole seconds', () => {
    const quick = account()
      .connect({ at: T0 + 700 })
      .news({ kind: 'deauthorised', at: T0 });
    expect(quick.state.connection).toBe('deauthorised');
  });

  it('given anew settles the alert and lets the orders read themselves again', () => {
    const gone = connected().news({ kind: 'deauthorised', at: T0 + DAY });
    gone.done('keepStanding').done('purgeTokens').done('tellDesk');
    const back = gone.connect({ tokenVersion: 3, at: T0 + 2 * DAY });
    expect(back.started).toMatchObject([
      { kind: 'keepStanding', standing: { connection: 'connected', mode: 'watch' } },
      { kind: 'tellDesk', raise: [], settle: [`shop:${SHOP}:deauthorised:${T0 + DAY}`] },
    ]);
    expect(back.done('keepStanding').kinds).toEqual(['tellShop']);
  });

  it('given anew while the old tokens are being removed keeps the new ones', () => {
    const gone = connected().news({ kind: 'deauthorised', at: T0 + DAY });
    expect(gone.started).toContainEqual({ kind: 'purgeTokens', version: 1 });
    gone.connect({ tokenVersion: 2, at: T0 + DAY + 1_000 }).done('purgeTokens');
    expect(gone.kinds).not.toContain('purgeTokens');
    expect(gone.state.mustPurge).toBe(false);
  });

  it('taken back while a pair is being renewed waits for it, and removes that one too', () => {
    const racing = connected()
      .ask(1)
      .news({ kind: 'deauthorised', at: T0 + 1_000 });
    expect(racing.kinds).toEqual(['keepStanding', 'tellDesk']);
    expect(racing.renewed(2).started).toEqual([{ kind: 'purgeTokens', version: 2 }]);
    expect(racing.state.connection).toBe('deauthorised');
  });

  it.each([
    ['31 days before', 31, false],
    ['30 days before', 30, true],
  ])('that ends is told %s', (_, days, isTold) => {
    const near = connected().tell({ kind: 'woke', at: T0 + (365 - days) * DAY });
    expect(near.started.some(({ kind }) => kind === 'tellDesk')).toBe(isTold);
  });

  it('that ends by the word of the platform is told at once, and settled by a newer one', () => {
    const near = connected().news({ kind: 'expiring', at: T0 + DAY, expiresAt: T0 + 20 * DAY });
    const key = `shop:${SHOP}:expiring:2026-12-10`;
    expect(near.started).toMatchObject([{ kind: 'tellDesk', raise: [{ key }] }]);
    near.done('tellDesk').connect({ tokenVersion: 2, at: T0 + 2 * DAY, refreshExpiresAt: T0 + 400 * DAY });
    expect(near.started).toContainEqual({ kind: 'tellDesk', alerts: [], raise: [], settle: [key] });
  });

  it('is over when the refresh token is', () => {
    const over = connected().tell({ kind: 'woke', at: T0 + 365 * DAY });
    expect(over.state.connection).toBe('reconnectNeeded');
    expect(over.kinds).toEqual(['keepStanding', 'tellDesk']);
  });
});
