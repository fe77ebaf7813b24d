import type { Alert } from './alert';
import { acknowledge, carriedOf, fold, MOST_SETTLED, MOST_STANDING, openDesk, type Desk } from './desk';
import { listOf } from './view';

const T0 = Date.parse('2026-11-20T18:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const warning = (orderId: string, more: Partial<Alert> = {}): Alert => ({
  key: `order:${orderId}:shipBy:14400000`,
  orderId,
  kind: 'deadline',
  about: 'shipBy',
  raisedAt: T0,
  dueAt: T0 + 4 * HOUR_MS,
  tierMs: 4 * HOUR_MS,
  ...more,
});

const task = (orderId: string, about: string, raisedAt = T0): Alert => ({
  key: `order:${orderId}:${about}`,
  orderId,
  kind: 'task',
  about,
  raisedAt,
});

const raise = (desk: Desk, ...alerts: Alert[]): void => fold(desk, { at: T0, raise: alerts, settle: [] });
const settle = (desk: Desk, ...marks: string[]): void => fold(desk, { at: T0 + HOUR_MS, raise: [], settle: marks });
const keysIn = (desk: Desk, state: Parameters<typeof listOf>[1]): string[] =>
  listOf(desk, state).alerts.map(({ key }) => key);

let desk: Desk;
beforeEach(() => {
  desk = openDesk('7');
});

describe('a desk', () => {
  it('raises a key once, and the first words stay', () => {
    raise(desk, warning('1'), warning('1'));
    raise(desk, warning('1', { raisedAt: T0 + HOUR_MS, dueAt: T0 }));
    expect(listOf(desk, 'all')).toMatchObject({
      count: 1,
      alerts: [{ raisedAt: '2026-11-20T18:00:00.000Z', dueAt: '2026-11-20T22:00:00.000Z', state: 'open' }],
    });
  });

  it('does not raise again what is acknowledged or settled', () => {
    raise(desk, warning('1'), warning('2'));
    acknowledge(desk, { key: warning('1').key, actor: 'Ada' }, T0);
    settle(desk, warning('2').key);
    raise(desk, warning('1'), warning('2'));
    expect(listOf(desk, 'all').alerts).toMatchObject([
      { orderId: '1', state: 'acknowledged' },
      { orderId: '2', state: 'settled', settledAt: '2026-11-20T19:00:00.000Z' },
    ]);
  });

  it('ignores a settle of what was never raised, so that it can still be raised', () => {
    settle(desk, warning('1').key, 'order:1:*');
    raise(desk, warning('1'));
    expect(keysIn(desk, 'open')).toEqual([warning('1').key]);
  });

  it('settles all of one order, and none of another whose id begins the same', () => {
    raise(desk, warning('1'), task('1', 'labelRefused'), warning('12'));
    settle(desk, 'order:1:*');
    expect(keysIn(desk, 'open')).toEqual([warning('12').key]);
    expect(listOf(desk, 'settled').count).toBe(2);
  });

  it('keeps what is raised in the same breath as all that was before is settled', () => {
    raise(desk, warning('1'));
    fold(desk, { at: T0, raise: [task('1', 'appealLost')], settle: ['order:1:*'] });
    expect(keysIn(desk, 'open')).toEqual(['order:1:appealLost']);
  });

  it('keeps what is told twice open, when the repeat says again that all before it is settled', () => {
    const news = { at: T0, raise: [task('1', 'appealLost')], settle: ['order:1:*'] };
    fold(desk, news);
    fold(desk, news);
    expect(keysIn(desk, 'open')).toEqual(['order:1:appealLost']);
  });

  it('settles at once what is raised and named as done in the same breath', () => {
    fold(desk, { at: T0, raise: [warning('1')], settle: [warning('1').key] });
    expect(listOf(desk, 'all').alerts).toMatchObject([{ state: 'settled' }]);
  });

  it('settles what somebody acknowledged, and remembers who that was', () => {
    raise(desk, warning('1'));
    acknowledge(desk, { key: warning('1').key, actor: 'Ada' }, T0);
    settle(desk, warning('1').key);
    expect(listOf(desk, 'all').alerts).toMatchObject([{ state: 'settled', acknowledgedBy: 'Ada' }]);
  });

  it('settles a drift by itself 3 days after it was told, with the next news', () => {
    const drift = (more: Partial<Alert>): Alert => ({ ...warning('8'), kind: 'drift', ...more });
    const [old, late] = [drift({ key: 'drift:a' }), drift({ key: 'drift:b', raisedAt: T0 - 9 * DAY_MS })];
    raise(desk, old, late, warning('1'));
    acknowledge(desk, { key: 'drift:b', actor: 'Ada' }, T0);
    fold(desk, { at: T0 + 3 * DAY_MS - 1, raise: [], settle: [] });
    expect(listOf(desk, 'settled').count).toBe(0);
    const next = openDesk('7', JSON.parse(JSON.stringify(carriedOf(desk))) as ReturnType<typeof carriedOf>);
    fold(next, { at: T0 + 3 * DAY_MS, raise: [old], settle: [] });
    expect(keysIn(next, 'settled').sort()).toEqual(['drift:a', 'drift:b']);
    expect(keysIn(next, 'open')).toEqual([warning('1').key]);
  });

  it('takes names of every object for keys like any other', () => {
    raise(desk, { ...task('1', 'toString'), key: '__proto__' }, { ...task('1', 'constructor'), key: 'toString' });
    expect(keysIn(desk, 'open').sort()).toEqual(['__proto__', 'toString']);
    expect(listOf(desk, 'open').alerts[0]?.sentence).toContain('look at it in the Temporal UI');
  });
});

describe('acknowledging', () => {
  it('keeps the first who said so, and says who that was', () => {
    raise(desk, warning('1'));
    const { key } = warning('1');
    const first = acknowledge(desk, { key, actor: 'Ada' }, T0);
    expect(first).toMatchObject({ accepted: true, alert: { acknowledged: { by: 'Ada', at: T0 } } });
    expect(first.reason).toBeUndefined();
    expect(acknowledge(desk, { key, actor: 'Bob' }, T0 + 1)).toEqual({
      accepted: true,
      reason: 'It was acknowledged before, by Ada; that stays.',
      alert: first.alert,
    });
  });

  it('of an unknown key is refused with a reason', () => {
    expect(acknowledge(desk, { key: 'order:9:shipBy:0', actor: 'Ada' }, T0)).toEqual({
      accepted: false,
      reason: expect.stringContaining('order:9:shipBy:0') as string,
    });
  });

  it('of what is settled changes nothing', () => {
    raise(desk, warning('1'));
    settle(desk, warning('1').key);
    expect(acknowledge(desk, { key: warning('1').key, actor: 'Ada' }, T0)).toMatchObject({ accepted: true });
    expect(listOf(desk, 'all').alerts).toMatchObject([{ state: 'settled', acknowledgedBy: null }]);
  });
});

describe('a repeated request', () => {
  const ask = (to: Desk, id: string, key: string) => acknowledge(to, { id, key, actor: 'Ada' }, T0);

  it('under one id acknowledges nothing else, in the next run too', () => {
    raise(desk, warning('1'), warning('2'));
    ask(desk, 'a', warning('1').key);
    const next = openDesk('7', JSON.parse(JSON.stringify(carriedOf(desk))) as ReturnType<typeof carriedOf>);
    expect(ask(next, 'a', warning('1').key)).toMatchObject({ accepted: true, alert: { orderId: '1' } });
    expect(ask(next, 'a', warning('2').key)).toEqual({
      accepted: false,
      reason: expect.stringContaining(warning('1').key) as string,
      alert: expect.objectContaining({ orderId: '1' }) as Alert,
    });
    expect(keysIn(next, 'open')).toEqual([warning('2').key]);
    expect(ask(next, 'b', warning('2').key)).toMatchObject({ accepted: true });
  });

  it('is known among the last 200', () => {
    raise(desk, warning('1'), warning('2'));
    for (let id = 0; id <= 200; id++) ask(desk, String(id), warning('1').key);
    expect(ask(desk, '1', warning('2').key).accepted).toBe(false);
    expect(ask(desk, '0', warning('2').key).accepted).toBe(true);
  });
});

describe('the list', () => {
  it('has deadlines by what is due first, then tasks by what waits longest, then acknowledged, then settled, newest first', () => {
    raise(
      desk,
      task('5', 'labelRefused', T0 + 2),
      task('4', 'labelRefused', T0 + 1),
      warning('3', { dueAt: T0 + 9 * HOUR_MS }),
      warning('2', { dueAt: T0 + HOUR_MS }),
      { ...warning('8'), kind: 'drift', key: 'drift:seed:shipBy:2026-11-20', raisedAt: T0 + 3 },
      ...['1', '6', '7'].map((id) => warning(id, { dueAt: T0 })),
    );
    acknowledge(desk, { key: warning('1').key, actor: 'Ada' }, T0);
    fold(desk, { at: T0 + 1, raise: [], settle: [warning('6').key] });
    fold(desk, { at: T0 + 2, raise: [], settle: [warning('7').key] });
    expect(listOf(desk, 'all').alerts.map(({ orderId }) => orderId)).toEqual(['2', '3', '4', '5', '8', '1', '7', '6']);
  });

  it('has 2,000 settled ones at most, and every one that is not settled', () => {
    const many = Array.from({ length: MOST_SETTLED + 10 }, (_, i) => warning(String(i)));
    raise(desk, ...many, task('open', 'stalled'), task('seen', 'stalled'));
    acknowledge(desk, { key: 'order:seen:stalled', actor: 'Ada' }, T0);
    for (const { key } of many) settle(desk, key);
    expect(listOf(desk, 'settled').count).toBe(MOST_SETTLED);
    expect(desk.settled.has(warning('9').key)).toBe(false);
    expect(desk.settled.has(warning('10').key)).toBe(true);
    expect([...desk.standing.keys()]).toEqual(['order:open:stalled', 'order:seen:stalled']);
  });

  it('beyond 5,000 loses what was acknowledged more than 30 days ago, the oldest first, and nothing else', () => {
    raise(desk, ...Array.from({ length: MOST_STANDING }, (_, i) => warning(String(i))));
    for (const [id, days] of Object.entries({ 2: 1, 1: 2, 3: 3, 4: 29 })) {
      acknowledge(desk, { key: warning(id).key, actor: 'Ada' }, T0 + days * DAY_MS);
    }
    const left = (): boolean[] => ['1', '2', '3', '4'].map((id) => desk.standing.has(warning(id).key));
    fold(desk, { at: T0 + 40 * DAY_MS, raise: [], settle: [] });
    expect(left()).toEqual([true, true, true, true]);
    fold(desk, { at: T0 + 40 * DAY_MS, raise: [task('new', 'stalled'), task('newer', 'stalled')], settle: [] });
    expect(left()).toEqual([false, false, true, true]);
    const more = Array.from({ length: 10 }, (_, i) => task(`more${i}`, 'stalled'));
    fold(desk, { at: T0 + 40 * DAY_MS, raise: more, settle: [] });
    expect(left()).toEqual([false, false, false, true]);
    expect(desk.standing.size).toBe(MOST_STANDING + 9);
  });

  it('stays within what Temporal answers, and says how many there are', () => {
    raise(desk, ...Array.from({ length: 5_000 }, (_, i) => warning(`5764614130387${10_000 + i}`)));
    const list = listOf(desk, 'open');
    expect([list.alerts.length, list.count]).toEqual([2_000, 5_000]);
    expect(JSON.stringify(list).length).toBeLessThan(2_000_000);
  });

  it('is the same after the desk was carried to a next run', () => {
    raise(desk, warning('1'), warning('2'), task('3', 'stalled'));
    acknowledge(desk, { key: warning('1').key, actor: 'Ada' }, T0);
    settle(desk, warning('2').key);
    const next = openDesk('7', JSON.parse(JSON.stringify(carriedOf(desk))) as ReturnType<typeof carriedOf>);
    expect(listOf(next, 'all')).toEqual(listOf(desk, 'all'));
    raise(next, warning('1'), warning('2'));
    expect(listOf(next, 'all')).toEqual(listOf(desk, 'all'));
  });
});
