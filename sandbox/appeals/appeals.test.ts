import { type Reply, type Shop, type Stage, stage } from '../test-support';

const ORDER = '576461413038785752';
const DAY_MS = 86_400_000;

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
});

afterEach(() => here.close());

const filing = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  reference: `${shop.shopId}:${ORDER}-1:1`,
  order_id: ORDER,
  statement: 'The carrier had it in time.',
  evidence: { form: '9475' },
  ...fields,
});
const file = (fields?: Record<string, unknown>): Promise<Reply> => shop.viaAppealDesk('POST', '/cases', filing(fields));
const filed = async (fields?: Record<string, unknown>): Promise<string> =>
  (await file(fields)).body['case_number'] as string;
const read = (caseNumber: string): Promise<Reply> => shop.viaAppealDesk('GET', `/cases/${caseNumber}`);
const decide = (caseNumber: string, order: Record<string, unknown>): Promise<Reply> =>
  shop.control('POST', `/appeals/${caseNumber}/decide`, order);
const ledger = async (): Promise<unknown> => (await shop.control('GET', '/ledger')).body['data'];
const now = async (): Promise<number> => (await shop.control('GET', '/clock')).body['now'] as number;
const moveTo = (to: number): Promise<Reply> => shop.control('POST', '/clock', { to });

describe('the appeal desk', () => {
  it('opens one case for one reference, however often it is filed', async () => {
    const first = await file();
    expect(first).toMatchObject({
      status: 201,
      body: {
        case_number: expect.stringMatching(/^\d+$/) as string,
        reference: `${shop.shopId}:${ORDER}-1:1`,
        order_id: ORDER,
        status: 'pending',
        filed_at: expect.stringMatching(/Z$/) as string,
        decided_at: null,
      },
    });
    const again = await file({ statement: 'Once more.' });
    expect([again.status, again.body]).toEqual([200, first.body]);
    const caseNumber = first.body['case_number'] as string;
    expect((await read(caseNumber)).body).toEqual(first.body);
    expect(await ledger()).toMatchObject([{ kind: 'appealFiled', ref: caseNumber, order: ORDER }]);
    expect((await shop.control('GET', '/appeals')).body['data']).toMatchObject([
      { case_number: caseNumber, statement: 'The carrier had it in time.', evidence: { form: '9475' } },
    ]);
  });

  it('finds a case by its reference', async () => {
    const reference = `${shop.shopId}:${ORDER}-1:1`;
    const find = async (): Promise<unknown> =>
      (await shop.viaAppealDesk('GET', `/cases?reference=${encodeURIComponent(reference)}`)).body;
    expect(await find()).toEqual({ cases: [] });
    const { body } = await file();
    await file({ reference: 'another' });
    expect(await find()).toEqual({ cases: [body] });
    expect((await shop.viaAppealDesk('GET', '/cases')).status).toBe(422);
  });

  it.each([
    ['a long reference', { reference: 'x'.repeat(129) }],
    ['no order', { order_id: undefined }],
    ['an empty statement', { statement: ' ' }],
    ['evidence that is no object', { evidence: ['a'] }],
  ])('refuses %s', async (_what, fields) => {
    expect(await file(fields)).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect(await ledger()).toEqual([]);
  });

  it('turns away strangers and knows no case of another shop', async () => {
    const stranger = await fetch(`${here.url}/appeals/cases/1`, { headers: { authorization: 'Bearer nobody' } });
    expect(stranger.status).toBe(401);
    const caseNumber = await filed();
    const other = await here.shop();
    expect((await other.viaAppealDesk('GET', `/cases/${caseNumber}`)).status).toBe(404);
    expect((await shop.viaAppealDesk('GET', '/complaints')).status).toBe(404);
  });
});

describe('a decision', () => {
  it('is made at once, and once', async () => {
    const caseNumber = await filed();
    expect((await decide(caseNumber, { outcome: 'won' })).status).toBe(200);
    expect((await read(caseNumber)).body).toMatchObject({
      status: 'won',
      decided_at: expect.stringMatching(/Z$/) as string,
    });
    expect((await decide(caseNumber, { outcome: 'lost' })).status).toBe(409);
    expect((await decide('1', { outcome: 'lost' })).status).toBe(404);
  });

  it('comes at its instant when it is told to', async () => {
    const caseNumber = await filed();
    const at = (await now()) + DAY_MS;
    expect((await decide(caseNumber, { outcome: 'lost', at })).body).toEqual({ planned: at });
    expect((await read(caseNumber)).body['status']).toBe('pending');
    await moveTo(at);
    expect((await read(caseNumber)).body).toMatchObject({ status: 'lost', decided_at: new Date(at).toISOString() });
  });

  it('leaves 15 days for another appeal', async () => {
    const lostAt = await now();
    await decide(await filed(), { outcome: 'lost', at: lostAt });
    await moveTo(lostAt + 15 * DAY_MS - 60_000);
    expect((await file({ reference: 'second' })).status).toBe(201);
    await moveTo(lostAt + 15 * DAY_MS + 1_000);
    expect(await file({ reference: 'third' })).toMatchObject({ status: 422, body: { code: 'window_closed' } });
    expect((await file({ reference: 'second' })).status).toBe(200);
    expect((await file({ reference: 'other', order_id: '2' })).status).toBe(201);
  });
});

describe('a case for many orders', () => {
  const orders = (count: number): string[] => Array.from({ length: count }, (_, index) => String(1_000 + index));
  const pdf = Buffer.from('%PDF-1.7\n').toString('base64');

  it('is one case, with its paper, and one line in the ledger', async () => {
    const first = await file({ order_id: '1000', order_ids: orders(100), pack_pdf: pdf });
    expect(first).toMatchObject({ status: 201, body: { order_ids: orders(100), recovered: null } });
    expect(await ledger()).toMatchObject([{ kind: 'appealFiled', order: '1000', orders: orders(100) }]);
    expect((await shop.control('GET', '/appeals')).body['data']).toMatchObject([{ pack_bytes: 9 }]);
  });

  it.each([
    ['too many orders', { order_id: '1000', order_ids: orders(101) }, 'too_many_orders'],
    ['a paper that is no PDF', { pack_pdf: Buffer.from('hello').toString('base64') }, 'invalid'],
    ['a paper that is no base64', { pack_pdf: '%PDF' }, 'invalid'],
  ])('is refused for %s', async (_what, fields, code) => {
    expect(await file(fields)).toMatchObject({ status: 422, body: { code } });
    expect(await ledger()).toEqual([]);
  });

  it('is refused where the window of a single one of them is over', async () => {
    const lostAt = await now();
    await decide(await filed({ order_ids: [ORDER, '2'] }), { outcome: 'lost', at: lostAt });
    await moveTo(lostAt + 15 * DAY_MS + 1_000);
    expect(await file({ reference: 'again', order_id: '3', order_ids: ['3', '2'] })).toMatchObject({
      body: { code: 'window_closed' },
    });
  });

  it('that is won brings its orders back, or what it was told to', async () => {
    const [one, other, third] = [
      await filed({ order_ids: [ORDER, '2'] }),
      await filed({ reference: 'other', order_id: '3' }),
      await filed({ reference: 'third', order_id: '4' }),
    ];
    const at = (await now()) + DAY_MS;
    await decide(one, { outcome: 'won' });
    await decide(other, { outcome: 'won', at, recovered: { cents: 1_250, points: 2 } });
    await decide(third, { outcome: 'lost', recovered: { cents: 1_250 } });
    await moveTo(at);
    expect((await read(one)).body['recovered']).toEqual({ amount_cents: 0, orders: 2 });
    expect((await read(other)).body['recovered']).toEqual({ amount_cents: 1_250, points: 2, orders: 1 });
    expect((await read(third)).body['recovered']).toBeNull();
  });
});

describe('the faults of the desk', () => {
  const lay = (route: string, kind: string): Promise<Reply> =>
    shop.control('POST', '/faults', { route, kind, times: 1, retryAfterSeconds: 7 });

  it.each([
    ['html502', { status: 502 }],
    ['serverError', { status: 500, body: { code: 'internal' } }],
    ['rateLimited', { status: 429, body: { code: 'rate_limited' } }],
    ['refuse', { status: 422, body: { code: 'refused' } }],
  ])('of kind %s open no case', async (kind, reply) => {
    await lay('appeals.file', kind);
    expect(await file()).toMatchObject(reply);
    expect(await ledger()).toEqual([]);
    expect((await file()).status).toBe(201);
  });

  it('can cut the line after the case was opened', async () => {
    await lay('appeals.file', 'commitThenCut');
    await expect(file()).rejects.toThrow();
    expect((await file()).status).toBe(200);
    expect(await ledger()).toHaveLength(1);
  });

  it('strike each call by its own name', async () => {
    const caseNumber = await filed();
    await lay('appeals.find', 'serverError');
    await lay('appeals.read', 'rateLimited');
    expect((await shop.viaAppealDesk('GET', '/cases?reference=x')).status).toBe(500);
    expect((await read(caseNumber)).headers.get('retry-after')).toBe('7');
    expect((await read(caseNumber)).status).toBe(200);
  });
});
