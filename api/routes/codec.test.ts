import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultPayloadConverter, type PayloadCodec } from '@temporalio/common';
import express from 'express';
import { openKeyring } from '../../adapters/keyring/keyring';
import { payloadCodec } from '../../engine/payload-codec';
import { codecRoutes } from './codec';

const TOKEN = 'the-token';
const UI = 'http://127.0.0.1:8233';

function aCodec(): PayloadCodec {
  const keys = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
  const keyring = openKeyring({ env: { SHIPCLOCK_KEYS: JSON.stringify(keys) } });
  if (keyring === undefined) throw new Error('no keyring');
  return payloadCodec(keyring);
}

const codec = aCodec();
/** What comes to where requests are logged. */
const logged: string[] = [];
let server: Server;
let url: string;
beforeAll(async () => {
  const app = express()
    .use('/v1/codec', codecRoutes({ codecs: [codec], token: TOKEN, temporalUiUrl: UI }))
    .use((req, _res, next) => {
      logged.push(req.originalUrl);
      next();
    });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/codec`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

type Wire = { metadata: Record<string, string>; data?: string };

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

/** A payload as Temporal's UI has it. */
async function wire(value: unknown, from: PayloadCodec = codec): Promise<Wire> {
  const [payload] = await from.encode([defaultPayloadConverter.toPayload(value)]);
  const named = Object.entries(payload?.metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)]);
  return {
    metadata: Object.fromEntries(named) as Record<string, string>,
    ...(payload?.data == null ? {} : { data: base64(payload.data) }),
  };
}

const ask = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const payloads = async (response: Response): Promise<Wire[]> => {
  expect(response.status).toBe(200);
  return ((await response.json()) as { payloads: Wire[] }).payloads;
};

const plain = (text: string): Wire => ({ metadata: { encoding: base64('json/plain') }, data: base64(text) });

describe('the codec endpoint', () => {
  it('decodes what the UI sends, in order, and leaves alone what is none of ours', async () => {
    const lost = await wire('lost', aCodec());
    const asked = [await wire({ a: 1 }), await wire(undefined), plain('"old"'), lost, await wire('b')];
    const answered = await payloads(await ask(`/${TOKEN}/decode`, { payloads: asked }, { 'x-namespace': 'shipclock' }));
    expect(answered).toEqual([plain('{"a":1}'), asked[1], plain('"old"'), lost, plain('"b"')]);
  });

  it('encodes what a person types into the UI', async () => {
    const encoded = await payloads(await ask(`/${TOKEN}/encode`, { payloads: [plain('{"actor":"me"}')] }));
    expect(encoded[0]?.metadata).toEqual({ encoding: base64('binary/encrypted') });
    const back = await payloads(await ask(`/${TOKEN}/decode`, { payloads: encoded }));
    expect(back).toEqual([plain('{"actor":"me"}')]);
  });

  it('takes the token as a header too', async () => {
    const body = { payloads: [await wire('x')] };
    const authorization = `Bearer ${TOKEN}`;
    expect(await payloads(await ask('/decode', body, { authorization }))).toEqual([plain('"x"')]);
  });

  it.each([
    ['/decode', {}],
    ['/decode', { authorization: 'Bearer other' }],
    ['/decode', { authorization: TOKEN }],
    ['/other/decode', {}],
    ['/other/encode', {}],
    ['/other/decode', { authorization: `Bearer ${TOKEN}` }],
  ])('answers 401 to %s with %j', async (path, headers) => {
    const response = await ask(path, { payloads: [] }, headers);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await response.text()).not.toContain(TOKEN);
  });

  it.each([UI, 'http://localhost:8233'])('lets pages of %s ask, after a preflight', async (origin) => {
    const preflight = await fetch(`${url}/${TOKEN}/decode`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-namespace' },
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, x-namespace',
    });
    const response = await ask(`/${TOKEN}/decode`, { payloads: [] }, { origin });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
  });

  it.each(['http://evil.example', 'http://127.0.0.1:9999', 'null'])('refuses pages of %s', async (origin) => {
    for (const method of ['OPTIONS', 'POST']) {
      const response = await fetch(`${url}/${TOKEN}/decode`, { method, headers: { origin } });
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    }
  });

  it.each([
    [400, '{'],
    [400, '[]'],
    [400, '{"payloads":[1]}'],
    [413, 'x'.repeat(4 * 1024 * 1024 + 1)],
  ])('answers %i to what it cannot take', async (status, body) => {
    expect((await ask(`/${TOKEN}/decode`, body)).status).toBe(status);
  });

  it.each([
    ['GET', `/${TOKEN}`],
    ['GET', `/${TOKEN}/decode`],
    ['POST', `/${TOKEN}/decode/more`],
    ['HEAD', `/${TOKEN}`],
    ['PUT', ''],
  ])('answers 404 to %s %s itself, so that no token comes to the log', async (method, path) => {
    const response = await fetch(`${url}${path}`, { method });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await response.text()).not.toContain(TOKEN);
    expect(logged).toEqual([]);
  });

  it('opens to nobody while there is no token', async () => {
    const app = express().use('/', codecRoutes({ codecs: [codec], token: '', temporalUiUrl: UI }));
    const other = createServer(app);
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/decode`, { method: 'POST', body: '{}' });
    other.close();
    other.closeAllConnections();
    expect(response.status).toBe(401);
  });
});
