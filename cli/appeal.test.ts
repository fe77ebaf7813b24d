import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { defaultShopId } from '../engine/sandbox-shop';
import { addAppeal } from './appeal';

type Asked = { call: string; body: string; actor: unknown; hasKey: boolean };
type Said = { out: string[]; asked: Asked[]; failure: string | undefined };

/** Says a line to an API that gives one answer to every question. */
async function say(args: string[], answer: unknown, status = 200): Promise<Said> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { 'x-actor': actor, 'idempotency-key': key } = request.headers;
      asked.push({ call: `${request.method} ${request.url}`, body, actor, hasKey: key !== undefined });
      response.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const out: string[] = [];
  const program = new Command('shipclock').exitOverride().configureOutput({ writeErr: () => undefined });
  const io = {
    env: { SHIPCLOCK_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    out: (line: string) => void out.push(line),
    err: () => undefined,
    onInterrupt: () => () => undefined,
  };
  addAppeal(program, io);
  const failure = await program.parseAsync(['appeal', ...args], { from: 'user' }).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  server.closeAllConnections();
  server.close();
  return { out, asked, failure };
}

const CASE = 'form-sf_1-1';
const AT = '2026-11-25T17:30:00.000Z';

describe('shipclock appeal list and show', () => {
  it('list shows each case with its orders, and the window of what is open', async () => {
    const data = [
      { shopId: '7', caseKey: CASE, status: 'ready', open: true, orders: 12, appealBy: AT },
      { shopId: '7', caseKey: '42-1', status: 'won', open: false, orders: 1, appealBy: AT },
    ];
    const { asked, out } = await say(['list', '--shop', '7'], { data });
    expect(asked[0]?.call).toBe('GET /v1/appeals?shop=7&limit=100');
    expect(out.slice(1)).toEqual([
      'form-sf_1-1  7     ready      12      2026-11-25 17:30',
      '42-1         7     won, over  1       -',
    ]);
    expect((await say(['list'], { data: [] })).out).toEqual(['There are no such appeals.']);
  });

  it('names the shop that was asked where it has no such case', async () => {
    const problem = { title: 'Unknown', detail: `There is no appeal ${CASE} in this shop; list its appeals.` };
    const of = async (args: string[]): Promise<string | undefined> => (await say(args, problem, 404)).failure;
    for (const args of [
      ['show', CASE],
      ['pack', CASE, '--verify'],
      ['pack', CASE, '--out', '/tmp/x.pdf'],
      ['file', CASE],
    ])
      expect(await of([...args, '--shop', '7'])).toMatch(/asked in shop 7, for a case of another give --shop\.$/);
  });

  it('show tells what to do first, then what was filed and what happened', async () => {
    const filing = { number: 1, caseNumber: '4038', filedAt: AT, outcome: 'lost', decidedAt: AT };
    const { asked, out } = await say(['show', CASE], {
      ...{ shopId: defaultShopId, caseKey: CASE, status: 'lost', appealBy: AT },
      parcels: { members: 12, undecided: 0, broken: 9, moved: 3, over: 0 },
      limitBroken: { deadline: 'shipBy', at: AT },
      evidence: { complete: false },
      filings: [filing],
      toDo: ['Fetch the receipt.'],
      timeline: [{ at: AT, sentence: 'It was lost.' }],
      links: { temporal: 'http://ui' },
    });
    expect(asked[0]?.call).toBe(`GET /v1/appeals/${defaultShopId}/${CASE}`);
    expect(out.join('\n')).toMatch(/weak.*\n.*\n\nTo do\n {2}Fetch the receipt\.\n\nFilings\n {2}1 {2}4038 {2}filed/);
    expect(out[1]).toBe('12 parcels: 9 past a limit, 3 moved, 0 over, 0 still.');
    expect(out.join('\n')).toContain('lost 2026-11-25 17:30 UTC');
  });

  it.each(['show', 'pack', 'file'])('%s takes no key that is none', async (command) => {
    const { asked, failure } = await say([command, '../etc'], {});
    expect([asked, failure]).toEqual([[], expect.stringContaining('A case is')]);
  });
});

describe('shipclock appeal pack', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shipclock-appeal-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each(['pdf', 'json'])('fetches the %s that the name asks for', async (ending) => {
    const file = join(folder, `appeal.${ending}`);
    const { asked, out } = await say(['pack', CASE, '--out', file], 'bytes');
    expect(asked[0]?.call).toBe(`GET /v1/appeals/${defaultShopId}/${CASE}/pack.${ending}`);
    expect(out).toEqual([`Written: ${file}`]);
    expect(await readFile(file, 'utf8')).toBe('bytes');
  });

  const check = { pieces: 5, changed: [], isPack: true, isPdf: true, isIntact: true };

  it('says that nothing was changed', async () => {
    const { out, failure } = await say(['pack', CASE, '--verify'], check);
    expect([out, failure]).toEqual([[expect.stringContaining('5 pieces')], undefined]);
  });

  it('names what was changed and what is gone, and fails', async () => {
    const changed = [
      { name: 'form', key: 'a/form.pdf', found: 'ff' },
      { name: 'photo', key: 'a/photo.jpeg', found: null },
    ];
    const { out, failure } = await say(['pack', CASE, '--verify'], {
      ...check,
      changed,
      isIntact: false,
      isPdf: false,
    });
    expect(out).toEqual([
      expect.stringContaining('The PDF'),
      'Changed: form (a/form.pdf)',
      'Gone: photo (a/photo.jpeg)',
    ]);
    expect(failure).toMatch(/^3 pieces are not/);
  });

  it('wants to know which of the two', async () => {
    expect(await say(['pack', CASE], check)).toMatchObject({ asked: [], failure: 'Give --out or --verify.' });
  });
});

describe('what a person says of a case', () => {
  const done = { accepted: true, status: 'filed' };

  it.each<[string[], string, object]>([
    [['file', CASE, '--note', 'Better.'], 'file', { note: 'Better.' }],
    [['again', CASE, '--note', 'Better.'], 'appeal-again', { note: 'Better.' }],
    [
      ['filed', CASE, '4038', '--at', '2026-11-25T09:30:00-08:00'],
      'filed',
      { caseNumber: '4038', at: '2026-11-25T09:30:00-08:00' },
    ],
    [['decide', CASE, 'lost'], 'decision', { outcome: 'lost' }],
    [
      ['decide', CASE, 'won', '--cents', '1899', '--orders', '2'],
      'decision',
      { outcome: 'won', recovered: { cents: 1_899, orders: 2 } },
    ],
  ])('%j is one order under a key of its own', async (args, path, order) => {
    const { asked, out } = await say([...args, '--as', 'ada'], done);
    expect(asked).toMatchObject([
      { call: `POST /v1/appeals/${defaultShopId}/${CASE}/${path}`, actor: 'ada', hasKey: true },
    ]);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual(order);
    expect(out).toEqual([`Appeal ${CASE}: done, it is now filed.`]);
  });

  it('gives the reason of a refusal', async () => {
    const { failure } = await say(['filed', CASE, '4038'], { title: 'Refused', detail: 'It was filed before.' }, 409);
    expect(failure).toBe('It was filed before.');
  });

  it.each([
    [['decide', CASE, 'lost', '--cents', '5'], /Nothing comes back/],
    [['decide', CASE, 'maybe'], /won or lost/],
    [['decide', CASE, 'won', '--cents', '-5'], /whole number/],
    [['filed', CASE, '4038', '--at', 'yesterday'], /instant with its offset/],
    [['again', CASE], /--note/],
  ])('%j is not understood', async (args, sentence) => {
    const { asked, failure } = await say(args, done);
    expect([asked, failure]).toEqual([[], expect.stringMatching(sentence)]);
  });
});

describe('shipclock appeal stats', () => {
  const counts = {
    ...{ cases: 3, filed: 3, won: 2, lost: 1, unfiled: 0, expired: 0, parcels: 40, medianDaysToDecision: 4.5 },
    recovered: { cents: 189_900, points: 2, orders: 38 },
  };

  it('counts by carrier and cause, and says the share that was won', async () => {
    const { asked, out } = await say(['stats'], {
      data: [{ carrier: 'USPS', cause: 'stalled', ...counts }],
      total: counts,
    });
    expect(asked[0]?.call).toBe(`GET /v1/appeals/statistics?shop=${defaultShopId}`);
    expect(out[1]).toMatch(/^USPS +stalled +3 +3 +2 +1 +40 +\$1899\.00, 2 points, 38 orders +4\.5$/);
    expect(out[3]).toBe('3 cases, 3 filed, 2 won, 1 lost; 67 % of what was decided is won.');
  });

  it('says that nothing is over', async () => {
    const none = { ...counts, ...{ cases: 0, filed: 0, won: 0, lost: 0 } };
    expect((await say(['stats', '--shop', '7'], { data: [], total: none })).out[0]).toMatch(/^No appeal of shop 7/);
  });
});
