import { createHash } from 'node:crypto';
import express from 'express';
import pino from 'pino';
import { caseMemberKey, caseResultKey, claimKey, type CaseKind } from '../../workflows/messages-appeal';
import { answerProblem } from '../answer-problem';
import type { ApiDeps } from '../deps';
import { readBytes } from '../door';
import { serve, type Serving } from '../serve';
import { listCaseOrders } from './appeal-orders';
import { checkPack, readPackJson, readPackPdf } from './appeal-pack';
import { countAppeals } from './appeal-statistics';
import { APPEAL_VERBS, commandAppeal } from './command-appeal';
import { listAllAppeals } from './list-appeals';
import { readAppeal } from './read-appeal';

const CASE = 'form-sf_1-1';
const ref = { shopId: '7', caseKey: CASE };
const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

type Update = { id: string; name: string; input: Record<string, unknown> };

let kept: Map<string, string>;
let files: Map<string, Uint8Array>;
let evidence: object | null;
let updates: Update[];
let serving: Serving;

const executionOf = (caseKey: string): object => ({ execution: { workflowId: `appeal:7:${caseKey}` }, status: 1 });

function depsOf(): ApiDeps {
  const handleOf = (id: string): object => ({
    query: () => Promise.resolve({ shopId: '7', caseKey: CASE, evidence }),
    executeUpdate: (name: string, { args: [input] }: { args: Record<string, unknown>[] }) => {
      updates.push({ id, name, input: input ?? {} });
      return Promise.resolve({ accepted: true, status: 'filed', at: 0, bodyHash: input?.['bodyHash'] });
    },
  });
  const executions = [executionOf(CASE), executionOf('42-1')];
  return {
    namespace: 'shipclock',
    temporalUiUrl: 'http://ui',
    findShop: (id: string) => Promise.resolve(id === '7' ? { id } : undefined),
    client: {
      withDeadline: (_at: number, work: () => unknown) => work(),
      workflow: { getHandle: handleOf },
      workflowService: { listWorkflowExecutions: () => Promise.resolve({ executions }) },
    },
    documents: {
      get: (key: string) => Promise.resolve(kept.get(key)),
      getFile: (key: string) => Promise.resolve(files.get(key)),
      putIfAbsent: (key: string, text: string) => Promise.resolve(!kept.has(key) && Boolean(kept.set(key, text))),
      list: (folder: string) =>
        Promise.resolve([...kept.keys()].filter((key) => key.replace(/\/[^/]*$/, '') === folder).sort()),
    },
  } as unknown as ApiDeps;
}

beforeEach(async () => {
  kept = new Map();
  files = new Map();
  evidence = null;
  updates = [];
  const deps = depsOf();
  const app = express();
  const path = '/v1/appeals/:shopId/:caseKey';
  app.get('/v1/appeals', listAllAppeals(deps));
  app.get('/v1/appeals/statistics', countAppeals(deps));
  app.get(path, readAppeal(deps));
  app.get(`${path}/orders`, listCaseOrders(deps));
  app.get(`${path}/pack.json`, readPackJson(deps));
  app.get(`${path}/pack.pdf`, readPackPdf(deps));
  app.get(`${path}/pack/verify`, checkPack(deps));
  for (const verb of Object.keys(APPEAL_VERBS) as (keyof typeof APPEAL_VERBS)[])
    app.post(`${path}/${verb}`, readBytes, commandAppeal(deps, verb));
  app.use(answerProblem(pino({ level: 'silent' })));
  serving = await serve(app, { host: '127.0.0.1', port: 0 });
});
afterEach(() => serving.stop());

type Said = { status: number; body: Record<string, unknown> };

async function ask(path: string, order?: object): Promise<Said> {
  const answer = await fetch(`${serving.url}/v1/appeals${path}`, {
    ...(order === undefined ? {} : { method: 'POST', body: JSON.stringify(order) }),
    headers: { 'content-type': 'application/json' },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const tell = (orderId: string, kind: CaseKind, told: object): void =>
  void kept.set(caseMemberKey(ref, { orderId, package: '1' }, kind), JSON.stringify({ at: 1_000, ...told }));
const opened = (orderId: string): void =>
  tell(orderId, 'opened', { opening: { trackingNumber: `94${orderId}`, carrier: 'USPS' } });

describe('cases by their keys', () => {
  it.each(['form-a/b-1', 'form-1', '42', 'x-1', 'form-a.b-1'])('%s is none', async (key) => {
    expect((await ask(`/7/${encodeURIComponent(key)}`)).status).toBe(404);
  });

  it('a case of a form leads to its orders and its pack, one of a parcel to its order too', async () => {
    const { links } = (await ask(`/7/${CASE}`)).body;
    expect(links).toMatchObject({
      orders: `/v1/appeals/7/${CASE}/orders`,
      packPdf: `/v1/appeals/7/${CASE}/pack.pdf`,
      temporal: `http://ui/namespaces/shipclock/workflows/appeal%3A7%3A${CASE}`,
    });
    expect(links).not.toHaveProperty('order');
    expect((await ask('/7/42-1')).body['links']).toMatchObject({ order: '/v1/orders/7/42' });
  });

  it('are listed with how many orders each is about', async () => {
    opened('1');
    opened('2');
    tell('3', 'moved', {});
    expect((await ask('')).body['data']).toMatchObject([
      { caseKey: CASE, orderId: '', orders: 2 },
      { caseKey: '42-1', orderId: '42', orders: 1 },
    ]);
  });
});

describe('the orders of a case', () => {
  it('are told with what is known of each, and with what is claimed once that is settled', async () => {
    opened('1');
    opened('2');
    tell('1', 'limitBroken', { deadline: 'shipBy' });
    tell('2', 'moved', {});
    const at = '1970-01-01T00:00:01.000Z';
    const before = await ask(`/7/${CASE}/orders`);
    expect(before.body).toMatchObject({
      count: 2,
      data: [
        { orderId: '1', package: '1', trackingNumber: '941', limitBroken: { deadline: 'shipBy', at }, isClaimed: null },
        { orderId: '2', limitBroken: null, movedAt: at, isClaimed: null, links: { order: '/v1/orders/7/2' } },
      ],
    });
    kept.set(claimKey(ref), JSON.stringify({ settledAt: 1, members: [{ orderId: '1', package: '1' }] }));
    const after = (await ask(`/7/${CASE}/orders`)).body['data'] as { isClaimed: boolean }[];
    expect(after.map(({ isClaimed }) => isClaimed)).toEqual([true, false]);
  });

  it('come some at a time', async () => {
    for (const id of ['1', '2', '3']) opened(id);
    const { body } = await ask(`/7/${CASE}/orders?from=1&limit=1`);
    expect(body).toMatchObject({ count: 3, data: [{ orderId: '2' }] });
    expect((await ask(`/7/${CASE}/orders?limit=0`)).status).toBe(400);
  });

  it('of a case of one parcel are that one', async () => {
    expect((await ask('/7/42-1/orders')).body).toMatchObject({ count: 1, data: [{ orderId: '42', package: '1' }] });
  });
});

describe('the pack of a case', () => {
  const PDF = Uint8Array.from(Buffer.from('%PDF-1.7'));
  const key = `appeals/7/${CASE}/pack-1.json`;
  const photo = 'manifests/a/b/c/evidence/photo.jpeg';
  const bytes = Uint8Array.of(1, 2, 3);
  const WHO = { party: 'carrier', rule: 'r', source: 's', since: '2026-01-23', reason: 'silent' };
  const keep = (): void => {
    const pack = JSON.stringify({
      ...{ edition: 2, shopId: '7', caseKey: CASE, gatheredAt: 'x', cause: 'stalled', carrier: 'USPS' },
      ...{ scannedAt: null, scanBy: null, movedAt: null, complete: true, missing: [], isClaim: true, parcels: 1 },
      ...{ orders: [], forms: [], reports: [], files: [], pickups: [], responsibility: WHO, statement: '' },
      pieces: [{ name: 'photo', kind: 'file', key: photo, sha256: hashOf(bytes) }],
      tampered: [],
    });
    kept.set(key, pack);
    files.set(photo, bytes).set('pack.pdf', PDF);
    evidence = { key, sha256: hashOf(pack), pdf: { key: 'pack.pdf', sha256: hashOf(PDF) } };
  };

  it('is not there before something was gathered', async () => {
    for (const path of ['pack.json', 'pack.pdf', 'pack/verify'])
      expect((await ask(`/7/${CASE}/${path}`)).status).toBe(404);
  });

  it('comes as it is kept, byte for byte', async () => {
    keep();
    const [json, pdf] = await Promise.all(
      ['json', 'pdf'].map((ending) => fetch(`${serving.url}/v1/appeals/7/${CASE}/pack.${ending}`)),
    );
    expect(await json?.text()).toBe(kept.get(key));
    expect(pdf?.headers.get('content-type')).toBe('application/pdf');
    expect(hashOf(new Uint8Array((await pdf?.arrayBuffer()) ?? new ArrayBuffer(0)))).toBe(hashOf(PDF));
  });

  it('is held against what is kept now, and itself against what its case remembers', async () => {
    keep();
    const check = async (): Promise<Said> => ask(`/7/${CASE}/pack/verify`);
    expect((await check()).body).toMatchObject({ isIntact: true, isPack: true, isPdf: true, pieces: 1, changed: [] });
    files.set(photo, Uint8Array.of(1, 2, 4));
    expect((await check()).body).toMatchObject({ isIntact: false, isPack: true, changed: [{ key: photo }] });
    keep();
    files.set('pack.pdf', bytes);
    expect((await check()).body).toMatchObject({ isIntact: false, isPdf: false, changed: [] });
    expect((await ask(`/7/${CASE}/pack.pdf`)).status).toBe(409);
    keep();
    kept.set(key, (kept.get(key) ?? '').replace('USPS', 'UPS'));
    expect((await check()).body).toMatchObject({ isIntact: false, isPack: false, isPdf: true });
    expect((await ask(`/7/${CASE}/pack.json`)).status).toBe(409);
  });

  it('of an older case has no pages and no hashes', async () => {
    kept.set(key, '{}');
    evidence = { key, sha256: hashOf('{}'), pdf: null };
    expect((await ask(`/7/${CASE}/pack.json`)).status).toBe(200);
    expect((await ask(`/7/${CASE}/pack.pdf`)).body['detail']).toMatch(/has no PDF/);
    expect((await ask(`/7/${CASE}/pack/verify`)).body['detail']).toMatch(/without hashes/);
  });
});

describe('what a person did with a case', () => {
  it('filed: the number that Seller Center gave', async () => {
    const order = { caseNumber: ' 4038-1 ', at: '2026-11-25T09:30:00-08:00' };
    expect((await ask(`/7/${CASE}/filed`, order)).status).toBe(200);
    const input = { caseNumber: '4038-1', filedAt: Date.parse(order.at), actor: 'operator' };
    expect(updates).toMatchObject([{ id: `appeal:7:${CASE}`, name: 'recordFiling', input }]);
  });

  it('decision: what came back', async () => {
    expect((await ask(`/7/${CASE}/decision`, { outcome: 'won', recovered: { cents: 1_899 } })).status).toBe(200);
    expect(updates).toMatchObject([{ name: 'recordDecision', input: { outcome: 'won', recovered: { cents: 1_899 } } }]);
  });

  it.each<[string, object]>([
    ['filed', {}],
    ['filed', { caseNumber: 'a\nb' }],
    ['filed', { caseNumber: 'x'.repeat(65) }],
    ['decision', { outcome: 'won', recovered: { cents: 1.5 } }],
    ['decision', { outcome: 'won', recovered: { euros: 1 } }],
  ])('%s with %j is not taken', async (verb, order) => {
    expect((await ask(`/7/${CASE}/${verb}`, order)).status).toBe(400);
    expect(updates).toEqual([]);
  });
});

describe('the statistics of appeals', () => {
  const DAY_MS = 86_400_000;
  const keep = (caseKey: string, fields: object): void => {
    const usual = { caseKey, carrier: 'USPS', cause: 'stalled', members: 1, outcome: 'unfiled', closedAt: DAY_MS };
    kept.set(caseResultKey({ shopId: '7', caseKey }), JSON.stringify({ ...usual, ...fields }));
  };

  it('count by carrier and cause, and all', async () => {
    const filedAt = DAY_MS;
    keep('1-1', {
      outcome: 'won',
      members: 40,
      filedAt,
      decidedAt: 4 * DAY_MS,
      recovered: { cents: 1_899, orders: 38 },
    });
    keep('2-1', { outcome: 'lost', filedAt, decidedAt: 2.5 * DAY_MS });
    keep('3-1', { outcome: 'expired' });
    keep('4-1', { carrier: 'UPS', cause: 'lost' });
    const { body } = await ask('/statistics?shop=7');
    expect(body['data']).toMatchObject([
      { carrier: 'UPS', cause: 'lost', cases: 1, filed: 0, unfiled: 1, medianDaysToDecision: null },
      {
        ...{ carrier: 'USPS', cause: 'stalled', cases: 3, filed: 2, won: 1, lost: 1, expired: 1, parcels: 42 },
        ...{ recovered: { cents: 1_899, points: 0, orders: 38 }, medianDaysToDecision: 2.3 },
      },
    ]);
    expect(body['total']).toMatchObject({ cases: 4, filed: 2 });
  });

  it('are those of one shop, which must be known', async () => {
    expect((await ask('/statistics')).status).toBe(400);
    expect((await ask('/statistics?shop=8')).status).toBe(404);
    expect((await ask('/statistics?shop=7')).body).toMatchObject({ data: [], total: { cases: 0 } });
  });
});
