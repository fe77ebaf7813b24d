import express from 'express';
import pino from 'pino';
import { entryKey, missingKey, pulledKey, type KeptEntry } from '../../contracts/catalogue';
import { answerProblem } from '../answer-problem';
import type { ApiDeps } from '../deps';
import { readBytes } from '../door';
import { serve, type Serving } from '../serve';
import { askPull, putCatalogue, readCatalogue, readMissing, readPull } from './catalogue';

let kept: Map<string, string>;
let serving: Serving;
beforeEach(async () => {
  kept = new Map();
  const deps = {
    findShop: (id: string) => Promise.resolve(id === '7' ? { id } : undefined),
    documents: {
      get: (key: string) => Promise.resolve(kept.get(key)),
      put: (key: string, text: string) => Promise.resolve(void kept.set(key, text)),
      list: (folder: string) =>
        Promise.resolve([...kept.keys()].filter((key) => key.replace(/\/[^/]*$/, '') === folder)),
    },
  } as unknown as ApiDeps;
  const app = express();
  app.route('/v1/shops/:shopId/catalogue').get(readCatalogue(deps)).put(readBytes, putCatalogue(deps));
  app.get('/v1/shops/:shopId/catalogue/missing', readMissing(deps));
  app.route('/v1/shops/:shopId/catalogue/pull').get(readPull(deps)).post(readBytes, askPull(deps));
  app.use(answerProblem(pino({ level: 'silent' })));
  serving = await serve(app, { host: '127.0.0.1', port: 0 });
});
afterEach(() => serving.stop());

type Said = { status: number; body: Record<string, unknown> };

async function say(method: string, path = '', send: { type?: string; body?: string } = {}): Promise<Said> {
  const { type = 'application/json', body } = send;
  const answer = await fetch(`${serving.url}/v1/shops/7/catalogue${path}`, {
    method,
    headers: { 'content-type': type },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const putCsv = (body: string): Promise<Said> => say('PUT', '', { type: 'text/csv', body });
const putJson = (entries: unknown[]): Promise<Said> => say('PUT', '', { body: JSON.stringify({ entries }) });
const entry = (sku: string): KeptEntry => JSON.parse(kept.get(entryKey('7', sku)) ?? 'null') as KeptEntry;

const CSV = 'sku,title,weightOz,lengthIn,widthIn,heightIn,barcode,bin,picture,hazmat,packAlone\r\n';

describe('the catalogue as CSV', () => {
  it('goes in and comes out the same', async () => {
    const rows = `${CSV}"A,1","A ""big"" mug",12.5,6,5,4,012,B-7,https://x.test/m.jpg,no,yes\r\nTEE,,5,,,,,,,,\r\n`;
    expect(await putCsv(rows)).toEqual({ status: 200, body: { taken: 2, refused: [], ignored: [] } });
    expect(entry('A,1')).toMatchObject({ title: 'A "big" mug', weightOz: 12.5, barcode: '012', packAlone: true });
    const answer = await fetch(`${serving.url}/v1/shops/7/catalogue`, { headers: { accept: 'text/csv' } });
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/csv; charset=utf-8', rows]);
  });

  it('finds its columns by name, in any order and spelling, and ignores others', async () => {
    const { body } = await putCsv('\ufeffColour,Weight (oz),SKU\nred,"7",TEE\n\n');
    expect(body).toEqual({ taken: 1, refused: [], ignored: ['Colour'] });
    expect(entry('TEE')).toEqual({ sku: 'TEE', weightOz: 7 });
  });

  it('leaves what it has no column for, and takes away what is empty', async () => {
    kept.set(entryKey('7', 'TEE'), JSON.stringify({ sku: 'TEE', weightOz: 5, bin: 'B1', title: 'Tee', pulledAt: 3 }));
    await putCsv('sku,bin,title\nTEE,B2,\n');
    expect(entry('TEE')).toEqual({ sku: 'TEE', weightOz: 5, bin: 'B2' });
  });

  it.each([
    ['TEE,heavy,,', 'weightOz must be a weight in ounces, a plain decimal from 0.01 to 2400.', 'TEE'],
    ['TEE,0x10,,', 'weightOz must be a weight in ounces, a plain decimal from 0.01 to 2400.', 'TEE'],
    ['TEE,1e3,,', 'weightOz must be a weight in ounces, a plain decimal from 0.01 to 2400.', 'TEE'],
    ['TEE,0.001,,', 'weightOz must be a weight in ounces, a plain decimal from 0.01 to 2400.', 'TEE'],
    ['TEE,-1,,', 'weightOz must be a weight in ounces, a plain decimal from 0.01 to 2400.', 'TEE'],
    ['TEE,,,', 'weightOz must be a weight in ounces, a plain decimal from 0.01 to 2400.', 'TEE'],
    ['TEE,5,maybe,', 'hazmat must be yes or no.', 'TEE'],
    ['TEE,5,,http://x.test', 'picture must be an address that begins with https://.', 'TEE'],
    [',5,,', 'sku must be the SKU as the shop has it, at most 255 characters.', null],
    ['TEE,5,no,,more', 'The row has more cells than the head; quote cells that hold commas.', 'TEE'],
  ])('refuses the row %s and takes the others', async (row, problem, sku) => {
    const { body } = await putCsv(`sku,weightOz,hazmat,picture\nMUG,12,,\n${row}\nCAP,3,,\n`);
    expect(body).toEqual({ taken: 2, refused: [{ row: 3, sku, problem }], ignored: [] });
    expect(kept.size).toBe(2);
  });

  it.each([
    ['title,weightOz\nTee,5\n', 'The head has no column sku; name the columns in the first row.'],
    ['sku,SKU\nTEE,5\n', 'The head has the column sku twice.'],
    ['sku,weightOz\nMUG,12\n"TEE,5\n', expect.stringContaining('The CSV cannot be read from row') as string],
  ])('refuses all of what is no catalogue: %j', async (csv, detail) => {
    expect(await putCsv(csv)).toMatchObject({ status: 400, body: { detail } });
    expect(kept.size).toBe(0);
  });
});

it('takes none of the rows of a SKU that is repeated', async () => {
  const problem = 'The SKU stands in more than one row; keep one of them.';
  const refused = [1, 3].map((row) => ({ row, sku: 'TEE', problem }));
  const rows = [5, 3, 6].map((weightOz, at) => ({ sku: at === 1 ? 'CAP' : 'TEE', weightOz }));
  expect((await putJson(rows)).body).toEqual({ taken: 1, refused, ignored: [] });
  expect([...kept.keys()]).toEqual([entryKey('7', 'CAP')]);
});

describe('the catalogue as JSON', () => {
  it('replaces an entry, and says which are wrong', async () => {
    kept.set(entryKey('7', 'TEE'), JSON.stringify({ sku: 'TEE', weightOz: 5, bin: 'B1' }));
    const { body } = await putJson([{ sku: 'TEE', weightOz: 6 }, { sku: 'CAP', weightOz: 3, colour: 'red' }, 7]);
    expect(body).toEqual({
      taken: 1,
      refused: [
        { row: 2, sku: 'CAP', problem: 'colour is not a field of the catalogue.' },
        { row: 3, sku: null, problem: 'This is not an entry; give an object with a SKU and a weight.' },
      ],
      ignored: [],
    });
    expect(await say('GET')).toEqual({ status: 200, body: { data: [{ sku: 'TEE', weightOz: 6 }] } });
  });

  it.each([
    ['text/plain', 415],
    ['application/json', 400],
  ])('is not taken from a body of %s that is no catalogue', async (type, status) => {
    expect((await say('PUT', '', { type, body: '[]' })).status).toBe(status);
  });
});

describe('what is missing', () => {
  it('is what was ordered and is not in the catalogue yet', async () => {
    for (const sku of ['TEE', 'CAP']) kept.set(missingKey('7', sku), JSON.stringify({ sku, title: '', orders: ['1'] }));
    const tee = { sku: 'TEE', title: '', orders: ['1'] };
    expect((await say('GET', '/missing')).body).toEqual({ data: [{ ...tee, sku: 'CAP' }, tee] });
    await putJson([{ sku: 'CAP', weightOz: 3 }]);
    expect((await say('GET', '/missing')).body).toEqual({ data: [tee] });
  });
});

describe('pulling from the shop', () => {
  it('is asked for here, and done elsewhere', async () => {
    expect((await say('GET', '/pull')).body).toEqual({ shopId: '7', isOpen: false, last: null });
    expect((await say('POST', '/pull')).status).toBe(202);
    expect((await say('GET', '/pull')).body).toEqual({ shopId: '7', isOpen: true, last: null });
    const counts = { products: 1, added: 2, updated: 0, unweighed: 0 };
    kept.set(pulledKey('7'), JSON.stringify({ askedAt: Date.now(), at: 0, ...counts }));
    expect((await say('GET', '/pull')).body).toMatchObject({
      isOpen: false,
      last: { at: '1970-01-01T00:00:00.000Z', ...counts },
    });
  });
});
