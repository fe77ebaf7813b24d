import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { defaultShopId } from '../engine/sandbox-shop';
import { addCatalogue } from './catalogue';
import { addOrderChoose } from './order-choose';
import { addOrderRates } from './order-rates';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-catalogue-'));
});
afterEach(() => rm(folder, { recursive: true }));

type Asked = { call: string; body: string };
type Said = { out: string[]; err: string[]; asked: Asked[]; failure: string | undefined };

/** Says a line to an API that answers each call in turn. */
async function say(args: string[], ...answers: unknown[]): Promise<Said> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push({ call: `${request.method} ${request.url}`, body });
      response.writeHead(200).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [out, err]: [string[], string[]] = [[], []];
  const program = new Command('shipclock').exitOverride();
  const io = {
    env: { SHIPCLOCK_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    onInterrupt: () => () => undefined,
  };
  addCatalogue(program, io);
  addOrderRates(program, io);
  addOrderChoose(program, io);
  const failure = await program.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  server.closeAllConnections();
  server.close();
  return { out, err, asked, failure };
}

const fileOf = async (text: string): Promise<string> => {
  const path = join(folder, 'products.csv');
  await writeFile(path, text);
  return path;
};

describe('shipclock catalogue', () => {
  const taken = { taken: 1, refused: [], ignored: [] };

  it('import sends a file in pieces, each with its head, and counts rows as the file does', async () => {
    const row = (sku: string): string => `"${sku}\nX",${'x'.repeat(120_000)}\n`;
    const path = await fileOf(`\ufeffsku,title\n${row('A')}TWO,1\n${row('B')}TWO,2\nTEE,Tee`);
    const refused = { ...taken, refused: [{ row: 3, sku: 'TEE', problem: 'Too long.' }] };
    const { asked, out, err, failure } = await say(['catalogue', 'import', path], taken, refused);
    expect(asked.map(({ call }) => call)).toEqual(Array(2).fill(`PUT /v1/shops/${defaultShopId}/catalogue`));
    expect(asked.map(({ body }) => body)).toEqual([`sku,title\n${row('A')}`, `sku,title\n${row('B')}TEE,Tee\n`]);
    expect(out).toEqual(['2 entries were taken in.']);
    expect(err.slice(0, 2)).toEqual(['Part 1 of 2 is taken in.', 'Part 2 of 2 is taken in.']);
    expect(err.slice(2).map((line) => line.slice(0, 12))).toEqual(['Row 3 (TWO):', 'Row 5 (TWO):', 'Row 6 (TEE):']);
    expect(failure).toMatch(/^3 rows were not taken in/);
  });

  it.each([
    ['sku,title\n', /has no rows below its head/],
    ['sku\n"TEE', /is not a CSV file/],
  ])('import of %j says what is wrong', async (text, sentence) => {
    const { asked, failure } = await say(['catalogue', 'import', await fileOf(text)], taken);
    expect(asked).toEqual([]);
    expect(failure).toMatch(sentence);
  });

  it('export prints what comes', async () => {
    expect((await say(['catalogue', 'export'], 'sku,title\r\nTEE,Tee\r\n')).out).toEqual(['sku,title\r\nTEE,Tee']);
  });

  it('missing lists SKUs, or says that there are none', async () => {
    const data = [{ sku: 'TEE', title: 'Tee', orders: ['1', '2'] }];
    expect((await say(['catalogue', 'missing'], { data })).out[1]).toMatch(/^TEE {2}Tee +1 2$/);
    expect((await say(['catalogue', 'missing'], { data: [] })).out).toEqual([
      'Every SKU that was ordered is in the catalogue.',
    ]);
  });

  it('pull asks for it, and tells what came of the last', async () => {
    expect((await say(['catalogue', 'pull'], {})).asked[0]?.call).toBe(
      `POST /v1/shops/${defaultShopId}/catalogue/pull`,
    );
    const counts = { products: 3, added: 2, updated: 0, unweighed: 1 };
    const last = { at: '2026-11-23T10:00:00.000Z', ...counts };
    const { out } = await say(['catalogue', 'pull', '--last'], { isOpen: true, last });
    expect(out[0]).toMatch(/^Pulled at 2026-11-23 10:00 UTC: 3 products, 2 entries added/);
    expect(out).toHaveLength(2);
  });
});

describe('shipclock order choose and rates', () => {
  it('choose tells all orders at once, and what each answered', async () => {
    const orders = [
      { orderId: '1', status: 200, phase: 'toPack' },
      { orderId: '2', status: 409, problem: 'It is bought already.' },
    ];
    const answer = { orders, accepted: 1, refused: 1 };
    const { asked, out, failure } = await say(['choose', '1', '7000000000000000001/2', '--carrier', 'UPS'], answer);
    expect(asked[0]?.call).toBe(`POST /v1/shops/${defaultShopId}/orders/bulk`);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ command: 'choose-label', orders: ['1', '2'], carrier: 'UPS' });
    expect(out).toEqual(['Order 1 takes it (toPack).', 'Order 2 does not: It is bought already.']);
    expect(failure).toMatch(/^1 of 2 orders did not take it/);
  });

  it('choose goes to one shop at a time', async () => {
    const { asked, failure } = await say(['choose', '1', '7/2'], {});
    expect([asked, failure]).toEqual([[], expect.stringContaining('several shops')]);
  });

  it('rates shows each offer, the chosen one and why', async () => {
    const offer = { account: 'ups', carrier: 'UPS', service: 'Ground', priceCents: 700, deliveryDays: 3 };
    const parcels = [
      {
        ...{ package: '1', attempt: 1, askedAt: '2026-11-23T10:00:00.000Z' },
        parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 },
        ...{ chosen: offer, reasonText: 'the fastest' },
        offers: [{ ...offer, isChosen: true, record: { parcels: 40, onTimePercent: 95 } }],
        unrated: [{ account: 'usps', code: 'timeout' }],
      },
    ];
    const { out } = await say(['rates', '1'], { orderId: '1', parcels });
    expect(out.join('\n')).toMatch(/\* +ups +UPS +Ground +\$7\.00 +- +- +3 +95 % of 40 on time/);
    expect(out.slice(-2)).toEqual(['No rate from usps: timeout', 'Chosen: UPS Ground: the fastest.']);
  });
});
