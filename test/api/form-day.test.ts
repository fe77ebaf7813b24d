import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import pino from 'pino';
import { localDocuments } from '../../adapters/document-store/local';
import { shopDirectory } from '../../adapters/document-store/shops';
import { answerProblem } from '../../api/answer-problem';
import type { ApiDeps } from '../../api/deps';
import { readBytes } from '../../api/door';
import { commandManifest } from '../../api/routes/command-manifest';
import { readFormDay } from '../../api/routes/form-day';
import { readFormFile } from '../../api/routes/form-file';
import { readFormParcels } from '../../api/routes/form-parcels';
import { loadManifest } from '../../api/routes/load-manifest';
import { evidenceRecordKey } from '../../contracts/evidence';
import { trackingMarkKey } from '../../domain/tracking/mark';
import { defaultNamespace } from '../../engine/settings';
import { sampleOrder } from '../../stories/sample-order';
import type { Stage } from '../../stories/stage';
import { manifestFolder, manifestKeyOf } from '../../workflows/messages-manifest';
import { openFloor, type Floor } from '../support/floor';
import { manifestOf, packed } from '../support/manifest-desk';

type Reply = { status: number; type: string; body: Record<string, unknown>; bytes: Buffer };
type Day = {
  today: string;
  places: { manifests: { manifest: string; counts: object; phase: string; minutesLeft: number | null }[] }[];
  orphans: { orderId: string; why: string }[];
};

let floor: Floor;
let server: Server;
beforeAll(async () => {
  floor = await openFloor();
  server = await served(floor);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await floor.close();
});

/** The routes of forms alone, over the floor's orders and documents. */
async function served({ client, documentsDir, sandboxUrl, taskQueue }: Floor): Promise<Server> {
  const documents = localDocuments(documentsDir);
  const logger = pino({ enabled: false });
  const rest = { client, documents, sandboxUrl, taskQueue, logger, namespace: defaultNamespace };
  const deps: ApiDeps = { ...rest, findShop: shopDirectory(documents), temporalUiUrl: 'http://127.0.0.1:8233' };
  const app = express();
  app.get('/v1/shops/:shopId/forms', readFormDay(deps));
  const one = '/v1/manifests/:shopId/:manifest';
  app.get(`${one}/parcels`, readFormParcels(deps));
  app.get(`${one}/form.pdf`, readFormFile(deps, 'all'));
  app.get(`${one}/forms/:number.pdf`, readFormFile(deps, 'one'));
  app.post(`${one}/load`, readBytes, loadManifest(deps));
  for (const verb of ['close', 'scanned', 'bring'] as const)
    app.post(`${one}/${verb}`, readBytes, commandManifest(deps, verb));
  app.use(answerProblem(logger));
  const listening = createServer(app);
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return listening;
}

async function ask(what: string, body?: unknown): Promise<Reply> {
  const [method = '', path = ''] = what.split(' ');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  return {
    status: response.status,
    type,
    bytes,
    body: type.includes('json') ? (JSON.parse(bytes.toString()) as Reply['body']) : {},
  };
}

const numberOf = async (stage: Stage, orderId: string): Promise<string> =>
  (await stage.view(orderId)).packages['1']?.label.trackingNumber ?? '';

/** Lists are a moment behind the orders themselves. */
async function dayWhen(stage: Stage, isSo: (day: Day) => boolean): Promise<Day> {
  const look = async (): Promise<Day> => (await ask(`GET /v1/shops/${stage.shopId}/forms`)).body as unknown as Day;
  await stage.until(async () => isSo(await look()));
  return look();
}

const labelled = async (stage: Stage): Promise<string> => {
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT' });
  await stage.place(order);
  await stage.settle();
  return order.id;
};

const folderOf = (manifest: string): string => {
  const key = manifestKeyOf(manifest);
  if (key === undefined) throw new Error(manifest);
  return manifestFolder(key);
};

describe('the forms of a day', () => {
  it('show what is on them, and name each labelled parcel that is on none', async () => {
    const stage = await floor.stage();
    const [first = '', held = ''] = await packed(stage, 2);
    const unpacked = await labelled(stage);
    await stage.person(held, 'hold');
    const day = await dayWhen(stage, ({ orphans }) => orphans.length === 2);
    expect(day.orphans.map(({ orderId, why }) => [orderId, why]).sort()).toEqual(
      [
        [held, 'held'],
        [unpacked, 'notPacked'],
      ].sort(),
    );
    const manifest = await manifestOf(stage, first);
    const counts = { onForm: 1, notPacked: 1, leftOff: 0, late: 0, loaded: 0 };
    expect(day.places).toMatchObject([{ manifests: [{ manifest, phase: 'open', counts }] }]);
    expect(day.places[0]?.manifests[0]?.minutesLeft).toBeGreaterThan(0);
    expect((await ask('GET /v1/shops/1/forms')).status).toBe(404);
  });

  it('are loaded parcel by parcel, closed with what is on the truck, and printed', async () => {
    const stage = await floor.stage();
    const [first = '', second = '', left = ''] = await packed(stage, 3);
    const manifest = await manifestOf(stage, first);
    const path = `/v1/manifests/${stage.shopId}/${manifest}`;
    expect(await ask(`POST ${path}/close`, { onlyLoaded: true })).toMatchObject({ status: 409 });
    expect(await ask(`GET ${path}/form.pdf`)).toMatchObject({ status: 409 });
    const [one, two, gone] = [await numberOf(stage, first), await numberOf(stage, second), await numberOf(stage, left)];
    await stage.person(left, 'hold');
    const numbers = [one, `420900019999${two}`, one, gone, '9400000000000000000000', '../x'];
    const loaded = await ask(`POST ${path}/load`, { trackingNumbers: numbers });
    const answers = loaded.body['answers'] as { answer: string; orderId: string | null }[];
    expect(answers.map(({ answer }) => answer)).toEqual([
      'onTruck',
      'onTruck',
      'again',
      'notOnForm',
      'notOnForm',
      'notOnForm',
    ]);
    expect(answers[1]?.orderId).toBe(second);
    expect((await ask(`POST /v1/manifests/1/${manifest}/load`, { trackingNumbers: [one] })).status).toBe(404);
    const again = await ask(`POST ${path}/load`, { trackingNumbers: [one] });
    expect(again.body).toMatchObject({ onTruck: 1, refused: 0, answers: [{ answer: 'again' }] });

    const waiting = await ask(`GET ${path}/parcels?limit=1`);
    expect(waiting.body).toMatchObject({ total: 2, nextCursor: '1', data: [{ state: 'joined', hasEvent: false }] });
    expect(await ask(`POST ${path}/close`, { onlyLoaded: true })).toMatchObject({ status: 200 });
    await stage.settle();
    const form = await ask(`GET ${path}/form.pdf`);
    expect([form.status, form.type, form.bytes.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await ask(`GET ${path}/forms/1.pdf`)).bytes.equals(form.bytes)).toBe(true);
    expect((await ask(`GET ${path}/forms/2.pdf`)).status).toBe(404);
    const late = await ask(`POST ${path}/load`, { trackingNumbers: [one, gone] });
    expect(late.body).toMatchObject({ answers: [{ answer: 'onTruck' }, { answer: 'notOnForm' }] });
    expect(await dayWhen(stage, ({ places }) => places[0]?.manifests[0]?.phase === 'formed')).toMatchObject({
      places: [{ manifests: [{ counts: { onForm: 2, loaded: 2 }, minutesLeft: null }] }],
    });

    // Of one of the two its carrier has told something since.
    const mark = JSON.stringify({ at: await stage.now(), meaning: 'originAccepted' });
    await localDocuments(floor.documentsDir).put(trackingMarkKey(stage.shopId, one), mark);
    const silent = await ask(`GET ${path}/parcels?silent=true`);
    expect(silent.body).toMatchObject({ total: 1, nextCursor: null, data: [{ orderId: second, trackingNumber: two }] });
    const all = await ask(`GET ${path}/parcels`);
    expect(all.body).toMatchObject({
      total: 2,
      data: [{ state: 'onForm', loadedAt: expect.any(String) as string }, {}],
    });
    expect((await ask(`GET ${path}/parcels?limit=0`)).status).toBe(400);
  });

  it('are reported with files that are kept, and with no others', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    const path = `/v1/manifests/${stage.shopId}/${manifest}`;
    await stage.closeForm(orderId);
    await stage.advance(3_600_000);
    const file = createHash('sha256').update('photo').digest('hex');
    const report = { scannedAt: new Date(await stage.now()).toISOString(), proofs: [{ kind: 'stampedReceipt', file }] };
    const refused = await ask(`POST ${path}/scanned`, report);
    expect([refused.status, refused.body['errors']]).toMatchObject([400, [{ pointer: '/proofs/0/file' }]]);
    const record = { sha256: file, type: 'jpeg', bytes: 5, receivedAt: report.scannedAt, via: 'api' };
    const documents = localDocuments(floor.documentsDir);
    await documents.put(evidenceRecordKey(folderOf(manifest), file), JSON.stringify(record));
    const taken = await ask(`POST ${path}/scanned`, report);
    expect(taken).toMatchObject({ status: 200, body: { accepted: true, evidence: 'complete' } });
  });

  it('made elsewhere are brought with their list, which is kept before the manifest hears of it', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    const number = await numberOf(stage, orderId);
    const wish = { number: '9475 7118', trackingNumbers: [number, ` ${number}`] };
    const brought = await ask(`POST /v1/manifests/${stage.shopId}/${manifest}/bring`, wish);
    // This account makes its own forms: only the list is ours to look at.
    expect(brought.status).toBe(409);
    const list = JSON.stringify([number]);
    const hash = createHash('sha256').update(list).digest('hex');
    const documents = localDocuments(floor.documentsDir);
    expect(await documents.get(join(folderOf(manifest), 'lists', hash))).toBe(list);
  });
});
