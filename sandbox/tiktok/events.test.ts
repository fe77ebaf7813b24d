import { anOrder, type Receiver, type Reply, type Shop, type Stage, stage } from '../test-support';
import { signTikTokWebhook } from '../webhook-wires';
import { isOfShare } from '../webhooks';

const PATH = '/event/202309/webhooks';
const ORDER = '576461413038785752';

let here: Stage;
let main: Receiver;
let special: Receiver;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  main = await here.receiver();
  special = await here.receiver();
  shop = await here.shop({ tiktokWebhookUrl: main.url });
});

afterEach(() => here.close());

const put = (body: unknown): Promise<Reply> => shop.viaTikTok('PUT', PATH, { body });
const list = async (): Promise<{ webhooks: unknown[]; total_count: number }> =>
  (await shop.viaTikTok('GET', PATH)).body['data'] as { webhooks: unknown[]; total_count: number };
const sent = async (path: string, body: unknown): Promise<Reply> => {
  const answer = await shop.control('POST', path, body);
  await shop.control('GET', '/quiet?wait=5000');
  return answer;
};

describe('the webhooks of a shop', () => {
  it('are registered, listed, replaced and removed by event type', async () => {
    expect((await put({ event_type: 'PACKAGE_UPDATE', address: `${special.url}/1` })).body['code']).toBe(0);
    await put({ event_type: 'PACKAGE_UPDATE', address: `${special.url}/2` });
    await put({ event_type: 'ORDER_STATUS_CHANGE', address: special.url });
    expect(await list()).toMatchObject({
      total_count: 2,
      webhooks: [
        { event_type: 'PACKAGE_UPDATE', address: `${special.url}/2`, create_time: expect.any(Number) as number },
        { event_type: 'ORDER_STATUS_CHANGE' },
      ],
    });
    await shop.viaTikTok('DELETE', PATH, { body: { event_type: 'PACKAGE_UPDATE' } });
    expect((await list()).webhooks).toMatchObject([{ event_type: 'ORDER_STATUS_CHANGE' }]);
  });

  it.each([
    [{ event_type: 'PACKAGE_UPDATE' }, 'param body.address is missing'],
    [{ address: 'https://a.example/h' }, 'param body.event_type is missing'],
    [{ event_type: 'PACKAGES', address: 'https://a.example/h' }, 'param body.event_type is invalid'],
    [
      { event_type: 'PACKAGE_UPDATE', address: `https://a.example/${'h'.repeat(240)}` },
      'param body.address is invalid',
    ],
    [{ event_type: 'PACKAGE_UPDATE', address: 'nowhere' }, 'param body.address is invalid'],
  ])('are not registered with %j', async (body, message) => {
    expect((await put(body)).body).toMatchObject({ code: 36009004, message });
    expect((await list()).total_count).toBe(0);
  });

  it('go where their event type was registered, and the others where they always did', async () => {
    await put({ event_type: 'ORDER_STATUS_CHANGE', address: special.url });
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    await sent('/webhooks/send', { type: 12, data: { order_id: ORDER, return_id: '1' } });
    const types = ({ received }: Receiver): number[] =>
      received.map(({ body }) => (JSON.parse(body) as { type: number }).type);
    expect([types(special), types(main)]).toEqual([[1], [12]]);
  });

  it('go out for a shop that has registered addresses alone', async () => {
    const bare = await here.shop();
    await bare.viaTikTok('PUT', PATH, { body: { event_type: 'ORDER_STATUS_CHANGE', address: special.url } });
    await bare.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    await bare.control('GET', '/quiet?wait=5000');
    expect(special.received).toHaveLength(1);
  });
});

describe('a webhook of any topic', () => {
  it('is signed and carries what it was told, under the id it was told', async () => {
    const wish = { type: 64, data: { order_id: ORDER, anything: [1] }, notificationId: '7380066284010030890' };
    expect((await sent('/webhooks/send', wish)).body).toEqual({ notificationId: wish.notificationId });
    const [hook] = main.received;
    expect(hook?.headers.authorization).toBe(signTikTokWebhook(shop, hook?.body ?? ''));
    expect(JSON.parse(hook?.body ?? '')).toMatchObject({
      type: 64,
      tts_notification_id: wish.notificationId,
      shop_id: shop.shopId,
      data: wish.data,
    });
    expect((await shop.control('POST', '/webhooks/resend', { order: ORDER })).body).toEqual({ resent: 1 });
  });

  it('needs no order', async () => {
    await sent('/webhooks/send', { type: 14, data: {} });
    expect(main.received).toHaveLength(1);
  });
});

describe('a share of the webhooks', () => {
  it('is lost, the same ones every time', async () => {
    const arrived: number[][] = [];
    for (const round of [0, 1]) {
      await shop.control('POST', '/webhook-faults', { dropShare: 0.25 });
      for (let n = 0; n < 20; n += 1) await shop.control('POST', '/webhooks/send', { type: 14, data: { n, round } });
      await shop.control('GET', '/quiet?wait=5000');
      const all = main.received.map(({ body }) => (JSON.parse(body) as { data: { n: number; round: number } }).data);
      arrived.push(all.filter((one) => one.round === round).map(({ n }) => n));
    }
    expect(arrived[0]).toHaveLength(15);
    expect(arrived[1]).toEqual(arrived[0]);
    await shop.control('DELETE', '/webhook-faults');
    await sent('/webhooks/send', { type: 14, data: {} });
    expect(main.received).toHaveLength(31);
  });

  it.each([0.01, 0.05, 0.5, 0.9])('of %d is that share of many, whichever of them one looks at', (share) => {
    const ofThousand = (step: number): number =>
      Array.from({ length: 1_000 }, (_, n) => n * step).filter((n) => isOfShare(n, share)).length / 1_000;
    for (const step of [1, 2, 3, 5, 7]) expect(Math.abs(ofThousand(step) - share)).toBeLessThan(0.01);
  });

  it('of 0 is none and of 1 is all', () => {
    const all = Array.from({ length: 1_000 }, (_, n) => n);
    expect(all.filter((n) => isOfShare(n, 0))).toEqual([]);
    expect(all.filter((n) => isOfShare(n, 1))).toHaveLength(1_000);
  });
});
