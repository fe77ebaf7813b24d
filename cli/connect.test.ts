import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import { connectRefusals, shopCliWords } from '../words/connect';
import { addConnect } from './connect';
import { chooseShops, chosenBy } from './connect-choice';
import { addShop } from './shop';
import { addWrites } from './writes';

const SHOPS = [
  { id: '11', name: 'Boots', region: 'US', isKnown: true, result: null, reason: null },
  { id: '22', name: 'Hats', region: 'US', isKnown: false, result: null, reason: null },
];

const STATE = '0123456789abcdef0123456789abcdef';

type Asked = { method: string; path: string; body: unknown };
type Answers = Record<string, unknown>;

/** Says a line to an API that answers each route by a list, the last of it again and again. */
async function say(args: string[], answers: Answers): Promise<{ out: string; asked: Asked[]; failure: string }> {
  const asked: Asked[] = [];
  const left = new Map(Object.entries(answers).map(([route, list]) => [route, [list].flat()]));
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const route = `${request.method ?? ''} ${request.url ?? ''}`;
      asked.push({
        method: request.method ?? '',
        path: request.url ?? '',
        body: text === '' ? null : JSON.parse(text),
      });
      const list = left.get(route) ?? [];
      const answer = list.length > 1 ? list.shift() : list[0];
      response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? { title: route }));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const out: string[] = [];
  const io = {
    env: {
      SHIPCLOCK_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      SHIPCLOCK_HOME: '/nowhere',
    },
    out: (line: string) => void out.push(line),
    err: () => undefined,
    onInterrupt: () => () => undefined,
  };
  const program = new Command('shipclock').exitOverride().configureOutput({ writeErr: () => undefined });
  for (const add of [addConnect, addShop, addWrites]) add(program, io);
  const failure = await program.parseAsync(args, { from: 'user' }).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  server.closeAllConnections();
  server.close();
  return { out: out.join('\n'), asked, failure };
}

const BEGUN = { state: STATE, consentUrl: 'https://services.example/open/authorize?service_id=1' };
const connect = (fields: object) => ({ status: 'shops', isWorking: false, reason: null, shops: SHOPS, ...fields });
const PATH = `GET /v1/connect/tiktok/${STATE}`;

describe('shipclock connect tiktok', () => {
  it('prints where to consent, waits, connects all, and says what is next', async () => {
    const done = SHOPS.map((shop) => ({ ...shop, result: 'connected' }));
    const { out, asked, failure } = await say(['connect', 'tiktok', '--no-open', '--all', '--mode', 'assist'], {
      'POST /v1/connect/tiktok': BEGUN,
      [PATH]: [connect({ status: 'waiting', shops: [] }), connect({}), connect({ status: 'done', shops: done })],
      [`POST /v1/connect/tiktok/${STATE}/shops`]: { accepted: true },
    });
    expect(failure).toBe('');
    expect(asked.find(({ path }) => path.endsWith(`${STATE}/shops`))?.body).toEqual({
      shops: ['11', '22'],
      mode: 'assist',
    });
    expect(out).toContain(BEGUN.consentUrl);
    expect(out).toContain('Connected: Boots (11).');
    expect(out).toContain('shipclock shop mode 11 assist');
  });

  it('connects the named shops, and fails with what one of them lacks', async () => {
    const reason = 'Shop 22 has no shipFrom yet';
    const done = [
      { ...SHOPS[0], result: 'connected' },
      { ...SHOPS[1], result: 'refused', reason },
    ];
    const { out, asked, failure } = await say(['connect', 'tiktok', '--no-open', '--shop', '11', '22'], {
      'POST /v1/connect/tiktok': BEGUN,
      [PATH]: [connect({}), connect({ shops: done })],
      [`POST /v1/connect/tiktok/${STATE}/shops`]: { accepted: true },
    });
    expect(asked.find(({ path }) => path.endsWith(`${STATE}/shops`))?.body).toEqual({ shops: ['11', '22'] });
    expect([out.includes('Connected: Boots (11).'), failure]).toEqual([true, reason]);
  });

  it('gives the address and then the outcome as a JSON object each', async () => {
    const reason = 'Shop 22 has no shipFrom yet';
    const done = [
      { ...SHOPS[0], result: 'connected' },
      { ...SHOPS[1], result: 'refused', reason },
    ];
    const { out, failure } = await say(['connect', 'tiktok', '--no-open', '--all', '--json'], {
      'POST /v1/connect/tiktok': BEGUN,
      [PATH]: [connect({}), connect({ shops: done })],
      [`POST /v1/connect/tiktok/${STATE}/shops`]: { accepted: true },
    });
    expect(out.split('\n').map((line) => JSON.parse(line) as unknown)).toEqual([BEGUN, { shops: done }]);
    expect(failure).toBe(reason);
  });

  it.each([
    ['expired', connect({ status: 'expired' }), /30 minutes/],
    ['failed', connect({ status: 'failed', reason: connectRefusals.over }), /begin a new one/],
  ])('says what to do where it %s', async (_, answer, what) => {
    const { failure } = await say(['connect', 'tiktok', '--no-open', '--all'], {
      'POST /v1/connect/tiktok': BEGUN,
      [PATH]: answer,
    });
    expect(failure).toMatch(what);
  });

  it.each([[[]], [['--json']]])('begins nothing where nobody can be asked which shops: %j', async (more) => {
    const { out, asked, failure } = await say(['connect', 'tiktok', '--no-open', ...more], {});
    expect([out, asked]).toEqual(['', []]);
    expect(failure).toContain('--shop or --all');
  });

  it('lists what was consented to where a named shop is not among it', async () => {
    const answers = { 'POST /v1/connect/tiktok': BEGUN, [PATH]: connect({}) };
    const { out, asked, failure } = await say(['connect', 'tiktok', '--no-open', '--shop', '999'], answers);
    expect(out).toContain('2  22    Hats   US      missing');
    expect(failure).toContain('did not consent to 999 but to 11 (Boots), 22 (Hats)');
    expect(asked.some(({ path }) => path.endsWith(`${STATE}/shops`))).toBe(false);
  });

  it.each([
    ['a wrong answer', { wish: 'ask' as const, answers: ['7', '', '2'], complaints: 2 }],
    ['a shop that is not consented to', { wish: ['11', '999'], answers: ['2'], complaints: 1 }],
  ])('says what is wrong with %s and asks again', async (_, { wish, answers, complaints }) => {
    const said: string[] = [];
    const ask = (): Promise<string> => Promise.resolve(answers.shift() ?? 'all');
    const talk = { list: () => undefined, complain: (sentence: string) => void said.push(sentence), ask };
    expect(await chooseShops(SHOPS, wish, talk)).toEqual(['22']);
    expect(said).toHaveLength(complaints);
  });

  it('says the mode that a shop has, and whether it had it before', async () => {
    const done = SHOPS.map((shop) => ({ ...shop, result: 'connected' }));
    const writes = { writes: 'on', by: null, at: null };
    const assist = shop({ mode: 'assist', connection: 'reconnectNeeded' });
    const fresh = shop({ id: '22', connection: 'notConnected' });
    const { out } = await say(['connect', 'tiktok', '--no-open', '--all'], {
      'POST /v1/connect/tiktok': BEGUN,
      [PATH]: [connect({}), connect({ status: 'done', shops: done })],
      [`POST /v1/connect/tiktok/${STATE}/shops`]: { accepted: true },
      'GET /v1/shops': [
        { data: [assist, fresh], writes },
        { data: [assist, shop({ id: '22' })], writes },
      ],
    });
    expect(out).toContain('Connected: Boots (11). It is on assist, as before.');
    expect(out).toContain('Connected: Hats (22). It is on watch.\n');
    expect(out).not.toContain('in watch nothing is written');
    expect(out).toContain('shipclock shop mode 11 auto');
  });

  it.each([
    ['1', ['11']],
    ['2, 1', ['22', '11']],
    ['all', ['11', '22']],
    ['1 1', ['11']],
  ])('reads %s as a choice', (text, ids) => {
    expect(chosenBy(text, SHOPS)).toEqual(ids);
  });

  it.each(['', '0', '3', 'x', '1 all'])('does not guess what %p means', (text) => {
    expect(() => chosenBy(text, SHOPS)).toThrow(/numbers/);
  });
});

const shop = (fields: object) => ({
  ...{ id: '11', name: 'Boots', mode: 'watch', writes: 'on', writesOfShop: 'on', connection: 'connected' },
  ...{ consentEndsAt: '2027-11-20T18:00:00.000Z', switched: { mode: null, writes: null } },
  ...fields,
});

describe('shipclock shop and writes', () => {
  const off = { writes: 'off', by: 'Ada', at: '2026-11-20T18:00:00.000Z' };

  it('lists how each shop stands', async () => {
    const data = [shop({ writes: 'off' }), shop({ id: '22', connection: 'reconnectNeeded', consentEndsAt: null })];
    const { out } = await say(['shop', 'list'], { 'GET /v1/shops': { data, writes: off } });
    expect(out.split('\n')).toEqual([
      'SHOP  NAME   MODE   WRITES           CONNECTION     CONSENT ENDS',
      '11    Boots  watch  off (all shops)  connected      2027-11-20 18:00',
      '22    Boots  watch  on               consent again  -',
    ]);
    expect((await say(['shop', 'list'], { 'GET /v1/shops': { data: [], writes: off } })).out).toBe(shopCliWords.none);
  });

  it('switches a mode', async () => {
    const answer = { 'POST /v1/shops/11/mode': { shopId: '11', mode: 'auto', writes: 'on' } };
    const { out, asked } = await say(['shop', 'mode', '11', 'auto'], answer);
    expect([out, asked[0]?.body]).toEqual(['Shop 11 is on auto.', { mode: 'auto' }]);
    expect((await say(['shop', 'mode', '11', 'wild'], answer)).asked).toEqual([]);
  });

  it('throws the switch of all shops, or of one', async () => {
    const all = await say(['writes', 'off'], { 'POST /v1/writes': off });
    expect(all.out).toBe('Writes of all shops are off.\nBy Ada at 2026-11-20 18:00 UTC.');
    const one = await say(['writes', 'on', '--shop', '11'], {
      'POST /v1/shops/11/writes': { shopId: '11', mode: 'auto', writes: 'on' },
    });
    expect([one.out, one.asked[0]?.body]).toEqual(['Writes of shop 11 are on.', { writes: 'on' }]);
  });

  it('says which shops are still off when all are switched on', async () => {
    const on = { ...off, writes: 'on' };
    const { out } = await say(['writes', 'on'], {
      'POST /v1/writes': on,
      'GET /v1/shops': { data: [shop({}), shop({ id: '22', writes: 'off', writesOfShop: 'off' })], writes: on },
    });
    expect(out.split('\n').at(-1)).toBe('Still off on their own: 22.');
  });

  it('says how the switches stand', async () => {
    const data = [shop({ writesOfShop: 'off' })];
    const all = await say(['writes'], { 'GET /v1/shops': { data, writes: { writes: 'on', by: null, at: null } } });
    expect(all.out).toBe('Writes of all shops are on.\nStill off on their own: 11.');
    const one = await say(['writes', '--shop', '11'], { 'GET /v1/shops/11': shop({ writes: 'off' }) });
    expect(one.out).toBe('Writes of shop 11 are off (all shops).');
  });
});
