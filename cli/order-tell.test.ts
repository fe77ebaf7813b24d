import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runCli } from './run';

type Asked = { call: string; body: unknown; actor: unknown; hasKey: boolean };
type Said = { exitCode: number; out: string; err: string; asked: Asked[] };

/** Says a line to an API that gives one answer to every question. */
async function say(line: string, status: number, answer: object): Promise<Said> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { 'x-actor': actor, 'idempotency-key': key } = request.headers;
      const call = `${request.method} ${request.url}`;
      asked.push({ call, body: JSON.parse(body), actor, hasKey: key !== undefined });
      response.writeHead(status).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await runCli(line.split(' '), {
    env: { SHIPCLOCK_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    onInterrupt: () => () => undefined,
  });
  server.closeAllConnections();
  server.close();
  return { exitCode, out: out.join('\n'), err: err.join('\n'), asked };
}

describe('shipclock order release, packed, approve', () => {
  it('tells one order by its own route, as who says so', async () => {
    const { asked, ...said } = await say('order packed 7/42 --as desk-2', 200, { accepted: true, phase: 'toPack' });
    expect(said).toEqual({ exitCode: 0, out: 'Order 42 is packed.', err: '' });
    expect(asked).toEqual([{ call: 'POST /v1/orders/7/42/packed', body: {}, actor: 'desk-2', hasKey: true }]);
  });

  it('speaks for the operator where nobody is named, as the API does', async () => {
    const { asked } = await say('order approve 42', 200, { accepted: true, phase: 'toPack' });
    expect(asked).toMatchObject([{ call: 'POST /v1/orders/7000000000000000001/42/approve', actor: 'operator' }]);
  });

  it('gives the reason of an order that refuses, and fails', async () => {
    const refusal = { title: 'The order refuses', detail: 'The order is not held.' };
    const { exitCode, out, err } = await say('order release 42', 409, refusal);
    expect({ exitCode, out, err }).toEqual({ exitCode: 1, out: '', err: 'The order is not held.' });
  });

  it('tells several by the bulk route, each once, a sentence for each, and fails where one refuses', async () => {
    const orders = [
      { orderId: '42', status: 200, phase: 'toPack' },
      { orderId: '43', status: 409, problem: 'The order is over.' },
    ];
    const answer = { command: 'approve', orders, accepted: 1, refused: 1 };
    const { asked, ...said } = await say('order approve 42 43 42 --shop 7 --as desk-2', 200, answer);
    expect(said).toEqual({
      exitCode: 1,
      out: 'Order 42 is approved and goes on (toPack).\nOrder 43 does not: The order is over.',
      err: '1 of 2 orders refused; see why above, and say it again of those.',
    });
    const body = { command: 'approve', orders: ['42', '43'] };
    expect(asked).toEqual([{ call: 'POST /v1/shops/7/orders/bulk', body, actor: 'desk-2', hasKey: true }]);
  });

  it('answers as one JSON object, also where one refuses', async () => {
    const orders = [{ orderId: '42', status: 409, problem: 'The order is over.' }];
    const { exitCode, out } = await say('order approve 42 43 --json', 200, { orders });
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toEqual({ orders, accepted: 0, refused: 1 });
  });

  it('asks nothing for orders of several shops, or as nobody', async () => {
    const several = await say('order packed 7/42 8/43', 200, {});
    expect(several).toMatchObject({ exitCode: 1, asked: [], err: expect.stringContaining('several shops') as string });
    expect(await say('order packed 42 --as dän', 200, {})).toMatchObject({ exitCode: 2, asked: [] });
  });
});
