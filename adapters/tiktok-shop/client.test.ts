import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { callGate } from '../gate';
import { callTikTok, PLAIN_WIRE, type TikTokCall, type TikTokWire } from './client';

type Canned = { status?: number; headers?: Record<string, string>; body: unknown };

let server: Server;
let requests: IncomingMessage[] = [];
let answers: Canned[] = [];

beforeAll(async () => {
  server = createServer((req, res) => {
    requests.push(req);
    const { status = 200, headers = {}, body } = answers.shift() ?? { body: { code: 0, data: {} } };
    res.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  requests = [];
  answers = [];
});
afterAll(() => server.close());

const shopWith = (accessToken: string): Shop => {
  const platform = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    appKey: 'key',
    appSecret: 'secret',
    shopCipher: 'cipher',
  };
  return { id: '7', platform: { ...platform, accessToken } } as Shop;
};

const READ: TikTokCall<unknown> = { call: 'aRead', method: 'GET', path: '/a', data: z.unknown() };
const WRITE: TikTokCall<unknown> = { call: 'aWrite', method: 'POST', path: '/b', body: { x: 1 }, data: z.unknown() };
const EXPIRED: Canned = { status: 401, body: { code: 105002, message: 'Expired credentials' } };

const wireWith = (more: Partial<TikTokWire>): TikTokWire => ({ ...PLAIN_WIRE, ...more });
const tokens = (): unknown[] => requests.map(({ headers }) => headers['x-tts-access-token']);

const failureOf = (calling: Promise<unknown>): Promise<AdapterError> =>
  calling.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as AdapterError,
  );

describe('a token that has expired', () => {
  it.each([
    ['by its code', EXPIRED],
    ['by its code under 200', { body: { code: 105002 } }],
    ['by another code about tokens under 401', { status: 401, body: { code: 105001 } }],
    ['by words about the token under 401', { status: 401, body: { code: 36009004, message: 'Invalid access token' } }],
  ])('is renewed once, %s, and the call made again', async (_what, expired) => {
    answers = [expired];
    const renew = jest.fn(() => Promise.resolve(shopWith('new')));
    await callTikTok(wireWith({ renew }), shopWith('old'), WRITE);
    expect(renew).toHaveBeenCalledTimes(1);
    expect(tokens()).toEqual(['old', 'new']);
  });

  it('is not renewed a second time', async () => {
    answers = [EXPIRED, EXPIRED];
    const renew = jest.fn(() => Promise.resolve(shopWith('new')));
    expect(await failureOf(callTikTok(wireWith({ renew }), shopWith('old'), READ))).toMatchObject({ outcome: 'auth' });
    expect([renew.mock.calls.length, requests.length]).toEqual([1, 2]);
  });

  it.each([
    ['there is none to be had', (): Promise<undefined> => Promise.resolve(undefined)],
    ['it is the same one', (): Promise<Shop> => Promise.resolve(shopWith('old'))],
  ])('is told where %s', async (_what, renew) => {
    answers = [EXPIRED];
    expect(await failureOf(callTikTok(wireWith({ renew }), shopWith('old'), READ))).toMatchObject({ code: '105002' });
    expect(requests).toHaveLength(1);
  });

  it('is asked for again later where nobody who renews can be reached', async () => {
    answers = [EXPIRED];
    const renew = (): Promise<never> => Promise.reject(new Error('14 UNAVAILABLE: old'));
    const error = await failureOf(callTikTok(wireWith({ renew }), shopWith('old'), WRITE));
    expect(error).toMatchObject({ outcome: 'retryLater', code: 'token not renewed' });
  });

  it('means that the shop is not connected where the new one is empty', async () => {
    answers = [EXPIRED];
    const renew = (): Promise<Shop> => Promise.resolve(shopWith(''));
    const error = await failureOf(callTikTok(wireWith({ renew }), shopWith('old'), READ));
    expect(error).toMatchObject({ outcome: 'auth', code: 'not connected' });
  });
});

describe('a write', () => {
  const off = new AdapterError('heldBack', { provider: 'shop 7', call: 'write', code: 'off' });

  it('is not made where the shop may not be written to, while it is read', async () => {
    const mayWrite = jest.fn(() => Promise.reject(off));
    expect(await failureOf(callTikTok(wireWith({ mayWrite }), shopWith('t'), WRITE))).toBe(off);
    await callTikTok(wireWith({ mayWrite }), shopWith('t'), READ);
    await callTikTok(wireWith({ mayWrite }), shopWith('t'), { ...WRITE, isRead: true });
    await callTikTok(wireWith({ mayWrite }), shopWith('t'), { ...WRITE, isSetup: true });
    expect([mayWrite.mock.calls.length, requests.length]).toEqual([1, 3]);
  });

  it('is not made again after a renewal in which writing was switched off', async () => {
    answers = [EXPIRED];
    const mayWrite = jest.fn(() => Promise.resolve());
    const renew = (): Promise<Shop> => {
      mayWrite.mockRejectedValue(off);
      return Promise.resolve(shopWith('new'));
    };
    expect(await failureOf(callTikTok(wireWith({ mayWrite, renew }), shopWith('old'), WRITE))).toBe(off);
    expect(tokens()).toEqual(['old']);
  });

  it('waits where nobody can say how the switches stand', async () => {
    const mayWrite = (): Promise<never> => Promise.reject(new SyntaxError('half a document'));
    const error = await failureOf(callTikTok(wireWith({ mayWrite }), shopWith('t'), WRITE));
    expect(error).toMatchObject({ outcome: 'retryLater', code: 'switches not read' });
    expect(requests).toEqual([]);
  });

  it('that is held back closes no gate', async () => {
    const wire = wireWith({ mayWrite: () => Promise.reject(off), gate: callGate() });
    for (let turn = 0; turn < 6; turn += 1) await failureOf(callTikTok(wire, shopWith('t'), WRITE));
    await callTikTok(wire, shopWith('t'), READ);
  });
});

describe('a call', () => {
  it('of a shop that is not connected is not made', async () => {
    const renew = jest.fn();
    const error = await failureOf(callTikTok(wireWith({ renew }), shopWith(''), READ));
    expect(error).toMatchObject({ outcome: 'auth', message: 'TikTok Shop aRead: not connected' });
    expect([renew.mock.calls.length, requests.length]).toEqual([0, 0]);
  });

  it.each([
    ['a bare 401', { status: 401, body: '' }],
    ['a scope that is missing', { status: 401, body: { code: 105005 } }],
    ['a token of another shop', { status: 401, body: { code: 101000 } }],
  ])('that is turned away by %s renews nothing', async (_what, answer) => {
    answers = [answer];
    const renew = jest.fn();
    expect(await failureOf(callTikTok(wireWith({ renew }), shopWith('old'), READ))).toMatchObject({ outcome: 'auth' });
    expect(renew).not.toHaveBeenCalled();
  });

  it('is counted by its name and by what came of it', async () => {
    const counted: string[] = [];
    const wire = wireWith({ count: (...labels) => void counted.push(labels.join(' ')) });
    answers = [{ body: { code: 0 } }, { body: { code: 21011022 } }];
    await callTikTok(wire, shopWith('t'), READ);
    await failureOf(callTikTok(wire, shopWith('t'), WRITE));
    expect(counted).toEqual(['aRead ok', 'aWrite refused']);
  });

  it('that searches by POST may always be asked again', async () => {
    answers = [{ status: 502, body: '<html>' }];
    const error = await failureOf(callTikTok(PLAIN_WIRE, shopWith('t'), { ...WRITE, isRead: true }));
    expect(error.outcome).toBe('retryLater');
  });

  it.each([
    ['429', { status: 429, headers: { 'retry-after': '17' }, body: { code: 36009002 } }],
    ['the code alone', { status: 200, headers: { 'retry-after': '17' }, body: { code: 36009002 } }],
  ])('that is too many by %s closes the gate for as long as was asked, to the second', async (_what, answer) => {
    const now = jest.fn(() => 1_000_000);
    const wire = wireWith({ gate: callGate({ now }) });
    answers = [answer];
    expect(await failureOf(callTikTok(wire, shopWith('t'), WRITE))).toMatchObject({ retryAfterMs: 17_000 });
    now.mockReturnValue(1_016_999);
    expect(await failureOf(callTikTok(wire, shopWith('t'), READ))).toMatchObject({ outcome: 'retryLater' });
    expect(requests).toHaveLength(1);
    now.mockReturnValue(1_017_000);
    await callTikTok(wire, shopWith('t'), READ);
    expect(requests).toHaveLength(2);
  });
});
