import { request } from 'node:http';
import { type Shop, type Stage, stage } from '../test-support';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
});

afterEach(() => here.close());

/** By hand: `fetch` does not let go of every header. */
const moveClock = (headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const order = request(`${here.url}/control/shops/${shop.shopId}/clock`, { method: 'POST', headers }, (res) => {
      res.resume();
      resolve(res.statusCode);
    });
    order.on('error', reject).end(JSON.stringify({ to: 4_000_000_000_000 }));
  });

describe('the control routes', () => {
  it.each([
    ['a page elsewhere', { origin: 'https://example.com' }],
    ['a page in a frame without rights', { origin: 'null' }],
    ['a page of this very address', { origin: 'http://127.0.0.1:8090', 'sec-fetch-site': 'same-origin' }],
    ['a link elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['a link on this machine', { 'sec-fetch-site': 'same-site' }],
  ])('turn away %s', async (_what, headers) => {
    expect(await moveClock(headers)).toBe(403);
    const { now } = (await shop.control('GET', '/clock')).body as { now: number };
    expect(now).toBeLessThan(4_000_000_000_000);
  });

  it.each([
    ['a program', {}],
    ['an address typed in', { 'sec-fetch-site': 'none' }],
    ['a reading of their own', { 'sec-fetch-site': 'same-origin' }],
  ])('follow %s', async (_what, headers) => {
    expect(await moveClock(headers)).toBe(200);
  });
});
