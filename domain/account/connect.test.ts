import {
  CONNECT_WITHIN_MS,
  newConnect,
  objectionTo,
  stepConnect,
  type ConnectEvent,
  type ConnectState,
  type ShopConfigured,
} from './connect';
import { connectViewOf } from './connect-view';

const T0 = Date.parse('2026-11-20T18:00:00Z');
const STATE = '0123456789abcdef0123456789abcdef';
const SHOPS = ['1', '2'].map((id) => ({ id, name: `Shop ${id}`, region: 'US', isKnown: true }));

const after = (...events: ConnectEvent[]): ConnectState =>
  events.reduce((connect, event) => stepConnect(connect, event).connect, newConnect(STATE, T0));

const OPENED: ConnectEvent = { kind: 'opened', at: T0, consentUrl: 'https://example.com' };
const CAME: ConnectEvent = { kind: 'codeCame', at: T0 };
const CONSENTED: ConnectEvent = { kind: 'consented', at: T0, answer: { kind: 'shops', shops: SHOPS } };
const chosen = (...shopIds: string[]): ConnectEvent => ({ kind: 'chosen', at: T0, choice: { shopIds, actor: 'Ada' } });
const done = (id: string): ShopConfigured => ({ id, kind: 'connected', webhooks: 'registered' });
const lacking = (id: string): ShopConfigured => ({ id, kind: 'refused', needs: ['shipFrom'] });
const configured = (...shops: ShopConfigured[]): ConnectEvent => ({ kind: 'configured', at: T0, shops });
const woke = (afterMs: number): ConnectEvent => ({ kind: 'woke', at: T0 + afterMs });

describe('a connection', () => {
  it('goes from the consent over the choice to its end', () => {
    expect(after(OPENED).status).toBe('waiting');
    expect(after(OPENED, CAME, CONSENTED).status).toBe('shops');
    expect(after(OPENED, CAME, CONSENTED, chosen('1'), configured(done('1'))).status).toBe('done');
  });

  it('hears its owner once', () => {
    expect(stepConnect(after(OPENED), CAME).start).toEqual({ kind: 'exchangeCode' });
    expect(stepConnect(after(OPENED, CAME), CAME).start).toBeUndefined();
  });

  it.each([
    ['no app is known', { ...OPENED, consentUrl: undefined }, 'noApp'],
    ['the code is refused', { kind: 'consented', at: T0, answer: { kind: 'refused' } }, 'refused'],
    ['a step fails', { kind: 'failed', at: T0 }, 'stepFailed'],
  ] as const)('fails where %s, and says what to do', (_, event, failure) => {
    const failed = after(event);
    expect(failed).toMatchObject({ status: 'failed', failure });
    expect(connectViewOf(failed).reason).toMatch(/again|shipclock/);
  });

  it.each([
    ['before the consent', after(OPENED), 'notYet'],
    [
      'of a shop that is not in it',
      after(OPENED, CAME, { ...CONSENTED, answer: { kind: 'shops', shops: [] } }),
      'unknownShop',
    ],
    ['while another is followed', after(OPENED, CAME, CONSENTED, chosen('2')), 'busy'],
    ['after its end', after(OPENED, woke(CONNECT_WITHIN_MS)), 'over'],
  ])('refuses a choice %s', (_, connect, why) => {
    expect(objectionTo(connect, { shopIds: ['1'], actor: 'Ada' })).toBe(why);
    expect(stepConnect(connect, chosen('1'))).toMatchObject({ objection: why });
  });

  it('lets a shop that lacked its settings be chosen again, and ends when none is left', () => {
    const half = after(OPENED, CAME, CONSENTED, chosen('1', '2'), configured(done('1'), lacking('2')));
    expect(half.status).toBe('shops');
    expect(connectViewOf(half).shops).toMatchObject([
      { id: '1', result: 'connected', reason: null },
      { id: '2', result: 'refused', reason: expect.stringContaining('shipFrom') as string },
    ]);
    const again = stepConnect(half, chosen('2')).connect;
    expect(stepConnect(again, configured(done('2'))).connect.status).toBe('done');
  });

  it('expires after half an hour, but not what is being set up, and not what is connected', () => {
    expect(after(OPENED, woke(CONNECT_WITHIN_MS - 1)).status).toBe('waiting');
    expect(after(OPENED, woke(CONNECT_WITHIN_MS)).status).toBe('expired');
    const working = after(OPENED, CAME, CONSENTED, chosen('1'), woke(CONNECT_WITHIN_MS));
    expect([working.status, connectViewOf(working).isWorking]).toEqual(['shops', true]);
    const half = after(OPENED, CAME, CONSENTED, chosen('1', '2'), configured(done('1'), lacking('2')));
    expect(stepConnect(half, woke(CONNECT_WITHIN_MS)).connect.status).toBe('done');
  });
});
