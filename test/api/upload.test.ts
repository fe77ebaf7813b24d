import { createHash, randomBytes } from 'node:crypto';
import express from 'express';
import pino from 'pino';
import { localDocuments } from '../../adapters/document-store/local';
import { shopDirectory } from '../../adapters/document-store/shops';
import { jpegOf, pngOf } from '../../adapters/evidence/test-support';
import { answerProblem } from '../../api/answer-problem';
import { createPublicApp } from '../../api/public-app';
import { serve, type Serving } from '../../api/serve';
import { evidenceRoutes } from '../../api/upload/evidence-routes';
import { EvidenceRecord, uploadLinkKey } from '../../contracts/evidence';
import { defaultNamespace } from '../../engine/settings';
import { HOUR_MS } from '../../stories/story';
import type { Stage } from '../../stories/stage';
import { linkOver } from '../../words/guide';
import { manifestFolder, manifestKeyOf } from '../../workflows/messages-manifest';
import { openFloor, type Floor } from '../support/floor';
import { manifestDesk, manifestOf, packed, type ManifestDesk } from '../support/manifest-desk';

type Answer = { status: number; body: Record<string, unknown>; text: string; headers: Headers };

let floor: Floor;
let desk: ManifestDesk;
let phone: Serving;
let office: Serving;
const log: string[] = [];
beforeAll(async () => {
  floor = await openFloor();
  desk = manifestDesk(floor);
  const documents = localDocuments(floor.documentsDir);
  const logger = pino({ level: 'debug' }, { write: (line) => void log.push(line) });
  const { client, taskQueue, sandboxUrl } = floor;
  const shared = { client, namespace: defaultNamespace, taskQueue, documents, sandboxUrl, logger, temporalUiUrl: '' };
  const deps = { ...shared, findShop: shopDirectory(documents) };
  phone = await serve(createPublicApp(deps), { host: '127.0.0.1', port: 0 });
  const staff = express().use(evidenceRoutes({ ...deps, publicUrl: `${phone.url}/` }));
  office = await serve(staff.use(answerProblem(logger)), { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await Promise.all([phone.stop(), office.stop()]);
  await floor.close();
});

/** `what`: a method and an address. */
async function ask(what: string, body?: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
  const [method = '', url = ''] = what.split(' ');
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, body: parsed, text, headers: response.headers };
}

const json = { 'content-type': 'application/json' };

/** A manifest whose form is made, an hour ago by its shop's clock, and a link for it. */
async function formed(): Promise<{ stage: Stage; manifest: string; path: string; link: string }> {
  const stage = await floor.stage();
  const [orderId = ''] = await packed(stage, 2);
  const manifest = await manifestOf(stage, orderId);
  await stage.closeForm(orderId);
  await stage.advance(HOUR_MS);
  const path = `${office.url}/v1/manifests/${stage.shopId}/${manifest}`;
  const given = await ask(`POST ${path}/upload-link`);
  expect(given.status).toBe(201);
  return { stage, manifest, path, link: String(given.body['url']) };
}

const send = (link: string, file: Uint8Array): Promise<Answer> => ask(`POST ${link}/files`, file);
const report = (link: string, fields: object): Promise<Answer> =>
  ask(`POST ${link}/report`, JSON.stringify(fields), json);

describe('a link for a phone', () => {
  it('takes photos and one report, which make the evidence complete; a repeat of any is harmless', async () => {
    const { stage, manifest, path, link } = await formed();
    expect(link).toMatch(new RegExp(`^${phone.url}/u/[\\w-]{43}$`));

    const page = await ask(`GET ${link}`, undefined, { 'accept-language': 'zh-CN,zh;q=0.9' });
    expect([page.status, page.text.includes('交接凭证'), page.text.includes('lang="zh-Hans"')]).toEqual([
      200,
      true,
      true,
    ]);
    expect((await ask(`GET ${link}?lang=en`)).text).toContain('Proof of hand-over');
    expect(Buffer.byteLength(page.text)).toBeLessThan(20_000);
    const policy = page.headers.get('content-security-policy') ?? '';
    const script = /<script>([\s\S]*)<\/script>/.exec(page.text)?.[1] ?? '';
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect([page.headers.get('referrer-policy'), page.headers.get('cache-control')]).toEqual([
      'no-referrer',
      'no-store',
    ]);

    const stamped = jpegOf({ comment: 'stamped' });
    const first = await send(link, stamped);
    const sha256 = createHash('sha256').update(stamped).digest('hex');
    expect(first).toMatchObject({ status: 201, body: { sha256, type: 'jpeg', takenAt: '2026-11-23T15:04:05-08:00' } });
    expect(await send(link, stamped)).toMatchObject({ status: 200, body: first.body });
    const receipt = await send(link, pngOf());
    expect(Date.parse(String(receipt.body['receivedAt']))).toBeGreaterThanOrEqual((await stage.now()) - 60_000);

    const scannedAt = new Date(await stage.now()).toISOString();
    const proofs = [
      { kind: 'stampedForm', file: sha256 },
      { kind: 'receipt', file: receipt.body['sha256'] },
    ];
    const strange = await report(link, { scannedAt, proofs: [{ kind: 'receipt', file: 'a'.repeat(64) }] });
    expect([strange.status, strange.body['type']]).toEqual([409, '/problems/refused']);
    const tomorrow = new Date((await stage.now()) + 24 * HOUR_MS).toISOString();
    expect(await report(link, { scannedAt: tomorrow, proofs })).toMatchObject({ status: 409 });

    const told = { scannedAt, place: '洛杉矶邮局', proofs };
    const answer = await report(link, told);
    expect(answer).toMatchObject({ status: 200, body: { accepted: true, evidence: 'complete' } });
    await stage.settle();
    const view = await desk.view(stage, manifest);
    expect(view).toMatchObject({ phase: 'scanned', evidence: 'complete', scannedAt });
    expect(view.proofs).toEqual(expect.arrayContaining([expect.objectContaining(proofs[0])]));

    // Its answer was lost on the way: the same report again hears the same; another finds the link used.
    expect((await report(link, told)).body).toEqual(answer.body);
    expect((await report(link, { ...told, place: 'elsewhere' })).status).toBe(410);
    expect(await send(link, jpegOf({ comment: 'late' }))).toMatchObject({ status: 410, body: { status: 410 } });
    const used = await ask(`GET ${link}`);
    expect([used.status, used.text.includes(linkOver.used.zh)]).toEqual([410, true]);

    const list = (await ask(`GET ${path}/evidence`)).body['data'] as Record<string, unknown>[];
    expect(list.map(({ via, type }) => `${String(via)} ${String(type)}`).sort()).toEqual(['phone jpeg', 'phone png']);
    const history = await desk.historyOf(manifest);
    expect(history).toContain(sha256);
    expect(history).not.toContain('洛杉矶');
    expect(log.join('\n')).not.toContain(link.slice(-43));
  });

  it('that nobody gave out, or that is too old, opens nothing', async () => {
    const { stage, manifest } = await formed();
    const unknown = `${phone.url}/u/${randomBytes(32).toString('base64url')}`;
    for (const link of [unknown, `${phone.url}/u/x`, `${phone.url}/u/..%2f..%2fshops`]) {
      const page = await ask(`GET ${link}`);
      expect([page.status, page.text.includes(linkOver.unknown.en)]).toEqual([404, true]);
      expect((await send(link, jpegOf())).status).toBe(404);
    }
    // Nothing of a body is read for it: what is too large for anybody is not even measured.
    expect((await send(unknown, Buffer.alloc(16 * 1024 * 1024))).status).toBe(404);
    const token = randomBytes(32).toString('base64url');
    const old = { shopId: stage.shopId, manifest, createdAt: 0, expiresAt: Date.now() - 1 };
    const key = uploadLinkKey(createHash('sha256').update(token).digest('hex'));
    await localDocuments(floor.documentsDir).putIfAbsent(key, JSON.stringify(old));
    const link = `${phone.url}/u/${token}`;
    const page = await ask(`GET ${link}`);
    expect([page.status, page.text.includes(linkOver.expired.en)]).toEqual([410, true]);
    expect((await send(link, jpegOf())).status).toBe(410);
    expect((await report(link, { scannedAt: new Date().toISOString(), proofs: [] })).status).toBe(410);
    expect((await ask(`GET ${phone.url}/u`)).status).toBe(404);
    expect((await ask(`DELETE ${link}`)).status).toBe(405);
  });

  it('goes on where a report was taken and the link was not yet marked: the same report is the same update', async () => {
    const { stage, link } = await formed();
    const { body } = await send(link, jpegOf({ comment: 'again' }));
    const fields = {
      scannedAt: new Date(await stage.now()).toISOString(),
      proofs: [{ kind: 'stampedReceipt', file: body['sha256'] }],
    };
    const [one, two] = await Promise.all([report(link, fields), report(link, fields)]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(one.body).toEqual(two.body);
  });
});

describe('a link that two people use', () => {
  const proofsOf = (body: Record<string, unknown>): object => ({
    proofs: [{ kind: 'stampedReceipt', file: body['sha256'] }],
  });

  it('takes one of two reports that come at once, and the other after the first was refused', async () => {
    const { stage, link } = await formed();
    const { body } = await send(link, jpegOf({ comment: 'both' }));
    const now = await stage.now();
    const scannedAt = new Date(now).toISOString();
    const tomorrow = new Date(now + 24 * HOUR_MS).toISOString();
    expect((await report(link, { ...proofsOf(body), scannedAt: tomorrow })).status).toBe(409);
    const fields = ['here', 'there'].map((place) => ({ ...proofsOf(body), scannedAt, place }));
    const answers = await Promise.all(fields.map((one) => report(link, one)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  it('finishes a report that was begun before another is taken', async () => {
    const { stage, link } = await formed();
    const { body } = await send(link, jpegOf({ comment: 'begun' }));
    const scannedAt = await stage.now();
    const hash = createHash('sha256').update(link.slice(-43)).digest('hex');
    const claim = { bodyHash: 'b'.repeat(64), input: { ...proofsOf(body), scannedAt } };
    await localDocuments(floor.documentsDir).putIfAbsent(`uploads/${hash}.claim-1`, JSON.stringify(claim));
    const other = { ...proofsOf(body), scannedAt: new Date(scannedAt).toISOString(), place: 'there' };
    expect((await report(link, other)).status).toBe(410);
    expect((await ask(`GET ${link}`)).status).toBe(410);
  });
});

describe('evidence at a desk', () => {
  it('is taken by content, kept once, and given back so that no browser runs it', async () => {
    const { path, manifest } = await formed();
    const file = jpegOf({ comment: 'at the desk' });
    const kept = await ask(`POST ${path}/evidence`, file, { 'content-type': 'text/html' });
    expect(kept).toMatchObject({ status: 201, body: { type: 'jpeg', bytes: file.length } });
    expect((await ask(`POST ${path}/evidence`, file)).status).toBe(200);
    const back = await ask(`GET ${office.url}${String(kept.headers.get('location'))}`);
    expect(back.status).toBe(200);
    expect(Object.fromEntries(back.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': expect.stringContaining('attachment') as string,
    });
    const key = manifestKeyOf(manifest);
    const folder = key === undefined ? '' : manifestFolder(key);
    const record = await localDocuments(floor.documentsDir).get(`${folder}/evidence/${String(kept.body['sha256'])}`);
    expect(EvidenceRecord.parse(JSON.parse(record ?? '{}'))).toMatchObject({ via: 'api', type: 'jpeg' });
  });

  it('is refused in one sentence where it is none', async () => {
    const { path } = await formed();
    const told = async (body: Uint8Array): Promise<unknown[]> => {
      const { status, body: problem } = await ask(`POST ${path}/evidence`, body);
      return [status, problem['type'], String(problem['detail']).split('. ').length];
    };
    expect(await told(Buffer.from('<html>'))).toEqual([415, '/problems/wrong-content-type', 1]);
    expect(await told(jpegOf({ behind: Buffer.from('<script>') }))).toEqual([415, '/problems/wrong-content-type', 1]);
    expect(await told(Buffer.alloc(16 * 1024 * 1024))).toEqual([413, '/problems/body-too-large', 1]);
    expect((await ask(`GET ${path}/evidence/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await ask(`GET ${path}/evidence/..%2fmembers`)).status).toBe(404);
    const elsewhere = path.replace(/\d{4}-\d{2}-\d{2}$/, '2020-01-01');
    expect((await ask(`POST ${elsewhere}/evidence`, jpegOf())).status).toBe(404);
    expect((await ask(`POST ${elsewhere}/upload-link`)).status).toBe(404);
  });
});

describe('the guide and the sheet', () => {
  it('say what to do, in both languages, and show a link only when it is asked for', async () => {
    const { path, stage, manifest } = await formed();
    const guide = `${office.url}/manifests/${stage.shopId}/${manifest}/guide`;
    const page = await ask(`GET ${guide}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Have the form’s barcode scanned');
    expect(page.text).toContain('请工作人员扫描表单上的条码');
    expect(page.text).not.toContain('/u/');
    expect(page.text).not.toMatch(/<li>[^<]*\/guide|<li>[^<]*\d{2}\.\d{3}Z|curl/);
    expect(page.text).toContain('Carrier account ');
    const shown = await ask(`POST ${guide}`);
    expect([shown.status, shown.text.includes(`${phone.url}/u/`), shown.text.includes('<svg')]).toEqual([
      200,
      true,
      true,
    ]);
    expect((await ask(`POST ${guide}`, undefined, { origin: 'https://evil.test' })).status).toBe(403);
    const sheet = await ask(`GET ${path}/sheet`);
    expect([sheet.status, sheet.headers.get('content-type'), sheet.text.slice(0, 5)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
  });
});
