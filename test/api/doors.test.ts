import { request } from 'node:http';
import { connect } from 'node:net';
import { problemWords } from '../../words/api';
import type { Reply } from './calls';
import { anyOrder, newOrderId, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ hasWorker: false });
});
afterAll(() => stage.close());

const json = { 'content-type': 'application/json' };

const post = (body: string, headers: Record<string, string> = json): Promise<Reply> =>
  stage.ask(`POST /v1/orders?shop=${stage.shop.id}`, { headers, body });

const told = ({ status, body }: Reply): unknown[] => [status, body['type']];

describe('an order that is placed', () => {
  it.each(['{', '', '{"id":"1",}', "{'id':1}", '\u0000'])('as %j is no JSON, or none of the fields', async (body) => {
    const reply = await post(body);
    expect(told(reply)).toEqual(body === '' ? [400, '/problems/invalid-body'] : [400, '/problems/malformed-json']);
  });

  it('in broken UTF-8 is no JSON', async () => {
    const reply = await fetch(`${stage.url}/v1/orders?shop=${stage.shop.id}`, {
      method: 'POST',
      headers: json,
      body: Buffer.from([0x22, 0xff, 0x22]),
    });
    expect(await reply.json()).toMatchObject({ status: 400, type: '/problems/malformed-json' });
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['an id that is a number', { id: 5 }, ['/id']],
    ['a status in our words', { status: 'onHold' }, ['/status']],
    ['a time as text', { create_time: '1718305585' }, ['/create_time']],
    ['no items', { line_items: [] }, ['/line_items']],
    ['items without ids', { line_items: [{}, { id: 'x' }] }, ['/line_items/0/id', '/line_items/1/id']],
    ['an address in one line', { recipient_address: '1 Main St' }, ['/recipient_address']],
    [
      'wrong flags',
      { is_buyer_request_cancel: 'no', is_on_hold_order: 1 },
      ['/is_on_hold_order', '/is_buyer_request_cancel'],
    ],
  ])('with %s is refused by the field', async (_what, fields, pointers) => {
    const reply = await stage.place(anyOrder(newOrderId(), fields));
    expect(told(reply)).toEqual([400, '/problems/invalid-body']);
    expect((reply.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual(
      pointers.sort(),
    );
  });

  it.each(['[]', '"x"', '5', 'null', 'true'])('as %s is refused', async (body) => {
    expect(told(await post(body))).toEqual([400, '/problems/invalid-body']);
  });

  it('is never quoted back', async () => {
    const secret = 'Canary Bird';
    const replies = [await post(`{"recipient_address": ${secret}`), await post(JSON.stringify({ status: secret }))];
    for (const { text } of replies) expect(text).not.toContain(secret);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', ''])('as %j has the wrong type', async (type) => {
    const reply = await stage.ask(`POST /v1/orders?shop=${stage.shop.id}`, {
      headers: { 'content-type': type },
      body: '{}',
    });
    expect(told(reply)).toEqual([415, '/problems/wrong-content-type']);
  });

  it('of more than 256 KB is too large', async () => {
    expect(told(await post(`"${'x'.repeat(256 * 1024)}"`))).toEqual([413, '/problems/body-too-large']);
  });

  it('in a shop that is not known, or is none, is refused', async () => {
    const to = (shop: string): Promise<Reply> =>
      stage.ask(`POST /v1/orders?shop=${shop}`, { headers: json, body: '{}' });
    expect(told(await to('12345'))).toEqual([404, '/problems/unknown-shop']);
    expect(told(await to('abc'))).toEqual([400, '/problems/invalid-query']);
    expect(told(await stage.ask('POST /v1/orders', { headers: json, body: '{}' }))).toEqual([
      404,
      '/problems/unknown-shop',
    ]);
  });
});

describe('another site in a browser on this machine', () => {
  it.each([
    [{ origin: 'https://elsewhere.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'null', 'sec-fetch-site': 'same-site' }],
  ])('%j orders nothing', async (headers) => {
    const reply = await stage.ask(`POST /v1/orders/${stage.shop.id}/42/cancel`, { headers });
    expect(told(reply)).toEqual([403, '/problems/foreign-site']);
  });
});

describe('another name that leads to this machine', () => {
  /** `fetch` names no other host than it calls. */
  const statusUnder = (host: string, [method, path]: [string, string]): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request(`${stage.url}${path}`, { method, headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject).end();
    });

  it.each<[string, string]>([
    ['GET', '/'],
    ['GET', '/healthz'],
    ['GET', '/v1/orders'],
    ['GET', '/v1/shops'],
    ['POST', '/v1/writes'],
    ['GET', '/nothing'],
  ])('reads and orders nothing: %s %s', async (method, path) => {
    for (const host of [
      'rebound.example',
      'rebound.example:8080',
      'localhost.example',
      '127.0.0.1.example',
      '10.0.0.1',
    ]) {
      expect([host, await statusUnder(host, [method, path])]).toEqual([host, 403]);
    }
  });

  it.each(['localhost', 'LOCALHOST:9', '127.0.0.1', '127.0.0.1:8080', '[::1]:8080', '[::1]'])(
    'is not this machine by its own name %s',
    async (host) => {
      expect(await statusUnder(host, ['GET', '/v1/writes'])).toBe(200);
    },
  );

  it('may be that of a tunnel for what is signed, or carries a state that we gave out', async () => {
    const webhooks = [
      `tiktok/${stage.shop.id}`,
      `tiktok/${stage.shop.id}/order-status-change`,
      `easypost/${stage.shop.id}`,
    ];
    for (const path of webhooks) {
      expect(await statusUnder('tunnel.example', ['POST', `/v1/webhooks/${path}`])).toBe(401);
    }
    expect(await statusUnder('tunnel.example', ['GET', '/v1/connect/tiktok/callback?state=1'])).toBe(404);
  });
});

describe('an address', () => {
  it.each([
    '/nothing',
    '/v1',
    '/v1/orders/1',
    '/v1/orders/1/2/shipped',
    '/problems/none',
    '/problems/constructor',
    '/favicon.ico',
  ])('that is none is 404: %s', async (path) => {
    expect(told(await stage.ask(`GET ${path}`))).toEqual([404, '/problems/unknown-route']);
  });

  it.each([
    ['DELETE', '/v1/orders', 'GET, HEAD, POST'],
    ['PUT', '/v1/orders/1/2', 'GET, HEAD'],
    ['GET', '/v1/orders/1/2/packed', 'POST'],
    ['PATCH', '/healthz', 'GET, HEAD'],
    ['GET', '/v1/webhooks/tiktok/1', 'POST'],
  ])('says which methods fit instead of %s %s', async (method, path, allow) => {
    const reply = await stage.ask(`${method} ${path}`);
    expect(told(reply)).toEqual([405, '/problems/wrong-method']);
    expect(reply.headers.get('allow')).toBe(allow);
  });

  it.each(['/v1/orders/x/1', '/v1/orders/1/x', '/v1/orders/1/123456789012345678901', "/v1/orders/1/1'%20OR%20''='"])(
    'with an id that is none is 404: %s',
    async (path) => {
      expect(await stage.ask(`GET ${path}`)).toMatchObject({ status: 404 });
    },
  );

  it('that cannot be decoded is 400', async () => {
    expect(told(await stage.ask('GET /v1/orders/%E0%A4%A/1'))).toEqual([400, '/problems/malformed-request']);
  });
});

describe('every answer', () => {
  it('of a problem names its type, its title and itself, and nothing of our insides', async () => {
    const { body, headers, text } = await stage.ask('GET /nothing');
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(body).toEqual({
      type: '/problems/unknown-route',
      title: problemWords['unknown-route'].title,
      status: 404,
      detail: 'There is nothing at /nothing.',
      instance: `urn:uuid:${headers.get('x-request-id') ?? ''}`,
    });
    expect(text).not.toMatch(/\.ts|node_modules/);
  });

  it('allows nothing to be loaded, framed or scripted', async () => {
    const { headers } = await stage.ask('GET /healthz');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none';style-src 'sha256-[^']+';base-uri 'none';form-action 'none';frame-ancestors 'none'$/,
    );
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it.each(Object.keys(problemWords))('of the type %s is explained at its address', async (name) => {
    const reply = await stage.ask(`GET /problems/${name}`);
    expect(reply.status).toBe(200);
    expect(reply.text.length).toBeGreaterThan(40);
  });

  it('survives a request that is cut off', async () => {
    const { hostname, port } = new URL(stage.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          'POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
        );
        socket.destroy();
      });
      socket.on('close', () => resolve());
    });
    expect(await stage.ask('GET /healthz')).toMatchObject({ status: 200 });
  });
});
