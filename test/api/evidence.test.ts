import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type ClientRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import pino from 'pino';
import { localDocuments } from '../../adapters/document-store/local';
import { pngOf, jpegOf } from '../../adapters/evidence/test-support';
import { answerProblem } from '../../api/answer-problem';
import { serve, type Serving } from '../../api/serve';
import { evidenceRoutes } from '../../api/upload/evidence-routes';
import { uploadRoutes } from '../../api/upload/routes';
import { EvidenceRecord, uploadLinkKey } from '../../contracts/evidence';

let folder: string;
let office: Serving;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-evidence-'));
  const logger = pino({ level: 'silent' });
  // Only asked whether there is such a case.
  const client = {
    withDeadline: (_at: number, work: () => unknown) => work(),
    workflow: { getHandle: () => ({ query: () => Promise.resolve({ shopId: '7' }) }) },
  };
  const deps = {
    ...{ client, logger, documents: localDocuments(folder), namespace: '', taskQueue: '', temporalUiUrl: '' },
    sandboxUrl: '',
    findShop: (id: string) => Promise.resolve(id === '7' ? { id, kind: 'live' } : undefined),
  } as unknown as Parameters<typeof evidenceRoutes>[0];
  const app = express().use('/u', uploadRoutes(deps)).use(evidenceRoutes(deps)).use(answerProblem(logger));
  office = await serve(app, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await office.stop();
  await rm(folder, { recursive: true, force: true });
});

const post = (path: string, body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${office.url}${path}`, { method: 'POST', body, headers });

describe('the evidence of a case', () => {
  const path = '/v1/appeals/7/576461413038785752-1/evidence';
  const taken = `${path}?kind=stampedReceipt`;

  it('is kept once under its hash, in the order in which it came', async () => {
    for (const file of [pngOf(), pngOf(), jpegOf()]) expect((await post(taken, file)).ok).toBe(true);
    const list = (await (await fetch(`${office.url}${path}`)).json()) as { data: { type: string; via: string }[] };
    expect(list.data.map(({ type, via }) => `${type} ${via}`)).toEqual(['png api', 'jpeg api']);
  });

  it('is of one shop, and taken from no other site’s page', async () => {
    expect((await post(taken.replace('/7/', '/8/'), pngOf())).status).toBe(404);
    expect((await post(taken, pngOf(), { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await fetch(`${office.url}${path}`, { method: 'DELETE' })).status).toBe(405);
  });

  it('says what it shows, once', async () => {
    const file = jpegOf({ comment: 'says' });
    const kept = await post(taken, file);
    expect(await kept.json()).toMatchObject({ type: 'jpeg', kind: 'stampedReceipt' });
    const key = `appeals/7/576461413038785752-1/evidence/${createHash('sha256').update(file).digest('hex')}`;
    const record = EvidenceRecord.parse(JSON.parse((await localDocuments(folder).get(key)) ?? '{}'));
    expect(record.kind).toBe('stampedReceipt');
    expect((await post(taken, file)).status).toBe(200);
    expect((await post(`${path}?kind=photo`, file)).status).toBe(409);
    expect((await post(path, file)).status).toBe(400);
    expect((await post(`${path}?kind=stamp`, file)).status).toBe(400);
  });

  it('is at most 200 files, also where they come at once', async () => {
    const numbers = path.replace('/v1/', '').replace(/evidence$/, 'evidence-numbers');
    for (let n = 1; n <= 190; n += 1) await localDocuments(folder).putIfAbsent(`${numbers}/${n}`, '{}');
    const many = Array.from({ length: 20 }, (_, n) => post(taken, jpegOf({ comment: `no. ${n}` })));
    const statuses = (await Promise.all(many)).map(({ status }) => status);
    expect([201, 409].map((status) => statuses.filter((one) => one === status).length)).toEqual([10, 10]);
    expect((await post(taken, jpegOf({ comment: 'one more' }))).status).toBe(409);
  });
});

describe('the files of a link', () => {
  async function given(): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const link = { shopId: '7', manifest: 'manifest:ea:la:2026-11-23', createdAt: 0, expiresAt: Date.now() + 60_000 };
    const key = uploadLinkKey(createHash('sha256').update(token).digest('hex'));
    await localDocuments(folder).putIfAbsent(key, JSON.stringify(link));
    return `/u/${token}/files`;
  }

  /** One whose bytes do not all come. */
  function begin(path: string): ClientRequest {
    const begun = request(`${office.url}${path}`, { method: 'POST', headers: { 'content-length': 99 } });
    begun.on('error', () => undefined);
    begun.write('a');
    return begun;
  }

  it('are at most three at once; the next is asked to come again in a moment', async () => {
    const path = await given();
    const begun = [1, 2, 3].map(() => begin(path));
    const file = jpegOf({ comment: 'the fourth' });
    const until = async (isDone: (status: number) => boolean, sent: Uint8Array): Promise<Response> => {
      // What was begun is heard of when its connection is: soon, and not at once.
      for (const endsAt = Date.now() + 20_000; ;) {
        const answer = await post(path, sent);
        if (isDone(answer.status) || Date.now() > endsAt) return answer;
      }
    };
    const busy = await until((status) => status === 429, Buffer.from('x'));
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '5']);
    expect((await post(await given(), file)).status).toBe(201);
    for (const one of begun) one.destroy();
    expect((await until((status) => status !== 429, file)).status).toBeLessThan(300);
  }, 60_000);

  it('are at most 20, and leave the next link and the desk their own', async () => {
    const path = await given();
    const statuses: number[] = [];
    for (let n = 0; n < 21; n += 1) statuses.push((await post(path, jpegOf({ comment: `of a link ${n}` }))).status);
    expect([new Set(statuses.slice(0, 20)), statuses[20]]).toEqual([new Set([201]), 409]);
    // One that is kept is heard of again.
    expect((await post(path, jpegOf({ comment: 'of a link 3' }))).status).toBe(200);
    expect((await post(await given(), jpegOf({ comment: 'of the next' }))).status).toBe(201);
  });

  it('are not read for a link that nobody gave out', async () => {
    const path = `/u/${randomBytes(32).toString('base64url')}/files`;
    expect((await post(path, Buffer.alloc(16 * 1024 * 1024))).status).toBe(404);
  });
});
