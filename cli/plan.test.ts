import { PassThrough, Readable, Writable } from 'node:stream';
import { Command } from 'commander';
import { policyFor } from '../policies/us';
import { planWords } from '../words/plan';
import { reasonOf } from './failure';
import { addPlan } from './plan';

interface Answered {
  readonly lines: Record<string, unknown>[];
  readonly said: string[];
  readonly failure?: string;
}

const standard = { createdAt: '2026-11-13T15:00:00-08:00', orderType: 'standard', shippingType: 'seller' };
const textOf = (orders: unknown[]): string => orders.map((order) => `${JSON.stringify(order)}\n`).join('');

/** Runs `shipclock plan` on an input; `reader` is who reads its answers. */
async function plan(input: Readable, options: string[] = [], reader?: Writable): Promise<Answered> {
  let written = '';
  const output =
    reader ??
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written += chunk.toString();
        done();
      },
    });
  const said: string[] = [];
  const program = new Command('shipclock').exitOverride().configureOutput({
    writeOut: (text) => said.push(text),
    writeErr: () => undefined,
  });
  const io = {
    env: {},
    out: () => undefined,
    err: (text: string) => void said.push(text),
    onInterrupt: () => () => undefined,
  };
  addPlan(program, io, () => ({ input, output }));
  const lines = (): Record<string, unknown>[] =>
    written
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  try {
    await program.parseAsync(['plan', ...options], { from: 'user' });
    return { lines: lines(), said };
  } catch (error) {
    return { lines: lines(), said, failure: reasonOf(error) };
  }
}

const planText = (text: string, ...options: string[]): Promise<Answered> => plan(Readable.from([text]), options);
const planOne = async (order: object, ...options: string[]): Promise<Record<string, unknown>> =>
  (await planText(textOf([order]), ...options)).lines[0] ?? {};
const atOf = (answer: Record<string, unknown>, name: string): Record<string, unknown> | undefined =>
  (answer['deadlines'] as Record<string, unknown>[]).find((deadline) => deadline['name'] === name);

describe('shipclock plan', () => {
  it('answers each order with its deadlines and the day on which it should leave', async () => {
    const { lines, failure } = await planText(textOf([standard]));
    expect(failure).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(lines[0]?.['shipOn']).toBe('2026-11-16');
    expect(lines[0]?.['flags']).toBeUndefined();
    expect(atOf(lines[0] ?? {}, 'autoCancelUncollected')).toEqual({
      name: 'autoCancelUncollected',
      at: '2026-11-24T23:00:00.000Z',
      rule: 'S5b, 7 business days',
      source: 'seed',
      severity: 'limit',
      provisional: false,
      workBy: '2026-11-24T23:00:00.000Z',
    });
  });

  it('keeps the order of the lines, whatever pieces they come in, with or without an end of line', async () => {
    const days = Array.from({ length: 28 }, (_, day) => `2026-02-${String(day + 1).padStart(2, '0')}T09:00:00-08:00`);
    const text = textOf(days.map((createdAt) => ({ ...standard, createdAt }))).trimEnd();
    const pieces = text.match(/[^]{1,17}/g) ?? [];
    const { lines } = await plan(Readable.from(pieces.map((piece) => Buffer.from(piece))));
    const whole = await planText(text.replaceAll('\n', '\r\n'));
    expect(lines).toEqual(whole.lines);
    expect(lines).toHaveLength(28);
    expect(lines.map((line) => line['shipOn'])).toEqual([...lines.map((line) => line['shipOn'])].sort());
  });

  it('goes by the rule set that is named, or by the newest in force', async () => {
    const shipBy = async (policy: string): Promise<unknown> =>
      atOf(await planOne(standard, '--policy', policy), 'shipBy')?.['at'];
    expect(await shipBy('seed')).toBe('2026-11-18T23:00:00.000Z');
    expect(await shipBy('us-2026-01-26')).toBe('2026-11-18T07:59:59.000Z');
    expect(await shipBy('us')).toBe('2026-11-18T07:59:59.000Z');
    expect(policyFor('us', Date.parse(standard.createdAt))?.id).toBe('us-2026-06');
  });

  it('refuses a rule set that nobody knows, and says which there are', async () => {
    expect((await planText('', '--policy', 'uk')).failure).toMatch(
      /seed, us-2025-10-23, us-2026-01-26, us-2026-06, us/,
    );
  });

  it('reads all that an order can say', async () => {
    const answer = await planOne({
      id: '576461413038785752',
      ...standard,
      orderType: 'pre-sale',
      shippingType: 'platform',
      handoverMethod: 'pickup',
      expectedShipDate: '2026-11-30',
      packedAt: '2026-11-28T08:00:00Z',
      readyAt: '2026-11-28T09:00Z',
      handlingDuration: null,
      shipFrom: { zone: 'America/New_York', pickupDays: [1], closures: ['2026-11-30'], cutoffTime: '10:00' },
      platform: { rts_sla_time: 1_795_000_000, shipping_due_time: 0, deliverBy: '2026-12-08T07:59:59Z' },
    });
    expect(atOf(answer, 'collectBy')?.['at']).toBe('2026-11-29T08:00:00.000Z');
    expect(atOf(answer, 'collectBy')?.['workBy']).toBe('2026-11-23T22:00:00.000Z');
    expect(atOf(answer, 'autoCancelUncollected')).toMatchObject({ at: '2026-12-01T09:00:00.000Z', provisional: false });
    expect(atOf(answer, 'shipBy')).toMatchObject({ rule: 'platform', platformAt: '2026-11-18T11:06:40.000Z' });
    expect(atOf(answer, 'deliverBy')).toMatchObject({ severity: 'target', platformAt: '2026-12-08T07:59:59.000Z' });
    expect(atOf(answer, 'autoCancelUnpacked')?.['platformAt']).toBeUndefined();
    expect(answer['shipOn']).toBe('2026-12-01');
  });

  it.each([
    [{ days: 5, type: 'BUSINESS_DAY' }, '2026-11-24T07:59:59.000Z'],
    [{ days: '5', type: 'businessDay' }, '2026-11-24T07:59:59.000Z'],
    [{ days: 5, type: 'calendar_day' }, '2026-11-20T07:59:59.000Z'],
  ])('counts a handling time of %j', async (handlingDuration, at) => {
    const order = { ...standard, orderType: 'made-to-order', handlingDuration };
    expect(atOf(await planOne(order, '--policy', 'us-2026-01-26'), 'shipBy')?.['at']).toBe(at);
  });

  it('tells only the platform’s times of an order that it sends itself', async () => {
    const platform = { rts_sla_time: 1_795_000_000 };
    const watched = await planOne({ ...standard, fulfilledBy: 'platform', platform });
    expect(watched['deadlines']).toEqual([expect.objectContaining({ name: 'shipBy', rule: 'platform' })]);
    expect(await planOne({ ...standard, fulfilledBy: 'platform' })).toEqual({ deadlines: [] });
    expect(await planOne({ ...standard, fulfilledBy: 'seller' })).toEqual(await planOne(standard));
  });

  it.each([
    ['by its name for it', { rts_sla_time: 0, shipping_due_time: 0, delivery_sla_time: 0 }],
    ['by ours', { shipBy: 0, autoCancelUnpacked: 0, deliverBy: 0 }],
    ['as nothing', { shipBy: null, rts_sla_time: null }],
  ])('makes no entry of a time of the platform that is none, %s', async (_how, platform) => {
    expect(await planOne({ ...standard, platform })).toEqual(await planOne(standard));
  });

  it('says what is odd about an order', async () => {
    expect((await planOne({ ...standard, orderType: 'pre-sale' }))['flags']).toEqual(['expectedShipDateMissing']);
  });

  it.each([
    ['nope', /^not JSON: /],
    ['[1]', 'line: must be a JSON object'],
    ['{}', 'createdAt: is missing'],
    [{ createdAt: '2026-11-13T15:00:00' }, /^createdAt: must be an instant in ISO 8601 with its zone/],
    [{ createdAt: '2026-02-30T15:00:00Z' }, /^createdAt: must be an instant/],
    [{ createdAt: 1_795_000_000 }, /^createdAt: must be an instant/],
    [{ orderType: 'presale' }, 'orderType: must be standard, pre-sale, made-to-order or back-order'],
    [{ shippingType: undefined }, 'shippingType: is missing'],
    [{ fulfilledBy: 'tiktok' }, 'fulfilledBy: must be seller or platform'],
    [{ platform: { shipBy: 1_795_000_000 } }, /^platform.shipBy: must be an instant in ISO 8601/],
    [{ handoverMethod: 'PICKUP' }, 'handoverMethod: must be pickup or dropOff'],
    [{ expectedShipDate: '30.11.2026' }, 'expectedShipDate: must be a date that exists, as YYYY-MM-DD'],
    [{ expected_ship_date: '2026-11-30' }, 'expected_ship_date: is not a field; write expectedShipDate'],
    [{ handlingDuration: { days: 1.5, type: 'BUSINESS_DAY' } }, /^handlingDuration.days: must be a whole number/],
    [{ handlingDuration: { days: 5, type: 'DAY' } }, 'handlingDuration.type: must be BUSINESS_DAY or CALENDAR_DAY'],
    [{ handlingDuration: { type: 'BUSINESS_DAY' } }, 'handlingDuration.days: is missing'],
    [{ shipFrom: { zone: 'Mars/Base' } }, /^shipFrom.zone: must be an IANA time zone/],
    [{ shipFrom: { opensAt: '9:00' } }, /^shipFrom.opensAt: must be a time of day/],
    [{ shipFrom: { opensAt: '18:00' } }, 'shipFrom.closesAt: must be later than opensAt'],
    [{ shipFrom: { workdays: [0] } }, /^shipFrom.workdays.0: must be a list of ISO weekdays/],
    [{ platform: { rts_sla_time: 1_795_000_000_000 } }, 'platform.rts_sla_time: must be Unix seconds, 0 for none'],
    [{ createdAt: '2041-12-28T15:00:00-08:00' }, /outside 2021 to 2041/],
    [{ createdAt: '2019-12-28T15:00:00-08:00' }, /outside 2021 to 2041/],
  ])('refuses %j in its line, and answers the others', async (wrong, sentence) => {
    const line = typeof wrong === 'string' ? wrong : JSON.stringify({ ...standard, ...wrong });
    const order = JSON.stringify(standard);
    const { lines, failure } = await planText(`${order}\n\n${line}\n${order}\n`);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toEqual({ line: 3, error: expect.stringMatching(sentence) as string });
    if (typeof sentence === 'string') expect(lines[1]?.['error']).toBe(sentence);
    expect(lines[2]).toEqual(lines[0]);
    expect(failure).toMatch(/^1 line was refused, the first is line 3;/);
  });

  it('refuses a line without an end and goes on after it, whatever its length', async () => {
    const pieces = [...Array.from({ length: 40 }, () => 'x'.repeat(65_536)), `\n${textOf([standard])}`];
    const { lines } = await plan(Readable.from(pieces));
    expect(lines.map((line) => line['line'])).toEqual([1, undefined]);
    expect(lines[0]?.['error']).toMatch(/longer than/);
  });

  it('refuses a line of more than a million characters that came whole, or whose end came late', async () => {
    const long = JSON.stringify({ ...standard, id: 'x'.repeat(1_048_576) });
    const text = `${long}\n${textOf([standard])}`;
    for (const pieces of [[text], [text.slice(0, 1_048_570), text.slice(1_048_570)]]) {
      const { lines } = await plan(Readable.from(pieces));
      expect(lines.map((line) => line['line'])).toEqual([1, undefined]);
      expect(lines[0]?.['error']).toMatch(/longer than/);
    }
  });

  it.each([
    ['bytes', (text: string) => Readable.from([Buffer.from(text)])],
    ['characters', (text: string) => Readable.from([text])],
  ])(
    'takes what Windows writes, as %s: a byte-order mark, and both signs for the end of a line',
    async (_as, inputOf) => {
      const order = JSON.stringify(standard);
      const { lines, failure } = await plan(inputOf(`\uFEFF${order}\r\n\r\n\uFEFF${order}\r\n`));
      expect(failure).toBeUndefined();
      expect(lines).toHaveLength(2);
      expect(lines[1]).toEqual(lines[0]);
    },
  );

  it('says what it waits for where a person types', async () => {
    const { said } = await plan(Object.assign(Readable.from(['\n']), { isTTY: true }));
    expect(said).toEqual([planWords.waiting]);
  });

  it('has examples that work by copy and paste', async () => {
    const { said } = await planText('', '--help');
    const orders = [...said.join('').matchAll(/<<< '(.*)'/g)].map(([, json]) => `${json ?? ''}\n`);
    const { lines, failure } = await planText(orders.join(''));
    expect(failure).toBeUndefined();
    expect(lines).toHaveLength(2);
  });
});

describe('shipclock plan and its reader', () => {
  const orders = textOf(Array.from({ length: 200 }, () => standard));

  it('reads no further than its answers are taken', async () => {
    let taken = 0;
    const input = Readable.from(
      (function* () {
        for (; taken < 50; taken++) yield orders;
      })(),
      { highWaterMark: 1 },
    );
    const slow = new PassThrough({ highWaterMark: 1 });
    const done = plan(input, [], slow);
    await new Promise((resolve) => slow.once('readable', resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBeLessThan(5);
    slow.resume();
    await done;
    expect(taken).toBe(50);
  });

  it('ends quietly when the reader goes away', async () => {
    const gone = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    expect((await plan(Readable.from([`nope\n${orders}`, orders]), [], gone)).failure).toBeUndefined();
  });

  it('does not hide a disk that is full', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
    });
    expect((await plan(Readable.from([orders]), [], full)).failure).toBe('no space left');
  });
});
