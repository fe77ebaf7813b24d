import { mapOrder } from '../../adapters/tiktok-shop/map';
import { WireOrder } from '../../contracts/platform-order';
import { giveUpDemo, openDemo } from '../../engine/demo/demo';
import { demoKey, readDemo } from '../../engine/demo/demo-document';
import { demoOrders, onScannedForm } from '../../engine/demo/orders';
import { openStage, until, type Stage } from './stage';

/** Each kind of order, by whom it ships and from whose store, at these stages at least. */
const STAGES = ['onHold', 'toPack', 'awaitingHandover', 'handedOver', 'inTransit'];
const KINDS: Record<string, readonly string[]> = {
  'standard/seller/seller': [...STAGES, 'delivered', 'closed', 'cancelled', 'returned'],
  'standard/platform/seller': [...STAGES, 'delivered', 'cancelled'],
  'standard/platform/platform': ['toPack', 'inTransit', 'delivered'],
  'pre-sale/seller/seller': [...STAGES, 'delivered', 'cancelled'],
  'pre-sale/platform/seller': STAGES,
  'made-to-order/seller/seller': [...STAGES, 'delivered', 'cancelled'],
  'back-order/seller/seller': [...STAGES, 'closed'],
};

/** Where each order of the demo comes to stand, by the end of its id. */
const PHASES: Record<string, readonly string[]> = {
  onHold: ['01', '11', '34', '43', '48', '53'],
  toPack: ['02', '03', '04', '05', '06', '07', '12', '14', '16', '17', '18', '19', '44'],
  awaitingHandover: ['08', '13', '20', '25', '26', '36', '45', '49', '54'],
  handedOver: ['09', '21', '22', '35', '39', '46', '50', '55'],
  inTransit: ['10', '15', '23', '27', '33', '40', '47', '56'],
  delivered: ['24', '28', '37', '41', '51', '60'],
  closed: ['29', '57'],
  cancelled: ['30', '31', '32', '38', '42', '52', '58'],
  returned: ['59'],
};

/**
 * Whose label is bought here, whenever its turn comes: that of an order which is held or cancelled may be bought before, or never.
 */
const LABELLED = [
  ...['02', '03', '04', '05', '08', '09', '12', '13', '14', '16', '21', '22', '23', '24', '25', '26'],
  ...['35', '36', '39', '45', '58', '59'],
];

const phaseOf = (id: string): string | undefined =>
  Object.keys(PHASES).find((phase) => PHASES[phase]?.includes(id.slice(-2)));

it('has every kind of order at every stage', () => {
  const at = Date.parse('2026-11-25T20:00:00Z');
  const kindOf = (draft: object): string => {
    const { orderType, shippingType, fulfilledBy } = mapOrder(WireOrder.parse(draft)).facts;
    return `${orderType}/${shippingType}/${fulfilledBy}`;
  };
  const stands = new Map(Object.keys(KINDS).map((kind) => [kind, new Set<string | undefined>()]));
  for (const { id, draft } of demoOrders) stands.get(kindOf(draft(at)))?.add(phaseOf(id));
  for (const [kind, stages] of Object.entries(KINDS)) {
    expect([kind, [...(stands.get(kind) ?? [])].sort()]).toEqual([kind, [...stages].sort()]);
  }
});

let stage: Stage;
let said: string[];

beforeEach(async () => {
  stage = await openStage();
  said = [];
  const hook = (carrier: string): string => `${stage.url}/v1/webhooks/${carrier}/${stage.shop.id}`;
  const wish = { shopId: stage.shop.id, tiktokWebhookUrl: hook('tiktok'), easypostWebhookUrl: hook('easypost') };
  await fetch(`${stage.shop.platform.baseUrl}/control/shops`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
});
afterEach(() => stage.close());

const orders = demoOrders.map(({ id }) => id);

/** What a start leaves behind that was killed right after it had written down what it was about to do. */
const begun = async (known: object = {}): Promise<void> => {
  const demo = { shop: stage.shop.id, at: Date.now(), orders, isListed: false, isPlayed: false };
  await stage.documents.put(demoKey, JSON.stringify({ ...demo, ...known }));
};

const nextStart = (): ReturnType<typeof openDemo> =>
  openDemo({
    documents: stage.documents,
    shopId: stage.shop.id,
    apiUrl: stage.url,
    sandboxUrl: stage.shop.platform.baseUrl,
    say: (line) => void said.push(line),
  });

const ledger = async (): Promise<string[]> => {
  const { body } = await stage.sandbox.control('GET', '/ledger');
  return (body['data'] as { kind: string; order: string | null }[]).map(({ kind, order }) => `${kind} ${order ?? ''}`);
};

const standings = async (): Promise<(string | undefined)[][]> =>
  Promise.all(orders.map(async (id) => [id, String((await stage.read(id)).body['phase'])]));

/** Sixty orders take their time where the machine is busy with other tests. */
const MOST_LOOKS = 600;
const LIMIT_MS = 240_000;

/** Waits until all labels are bought, which takes as long as the slowest account, and no order has begun what it has not ended. */
const untilAtRest = async (): Promise<void> => {
  const unbought = async (): Promise<string[]> => {
    const bought = (await ledger()).filter((line) => line.startsWith('labelBought')).map((line) => line.slice(-2));
    return LABELLED.filter((id) => !bought.includes(id));
  };
  await until(async () => (await unbought()).length === 0, MOST_LOOKS).catch(() => undefined);
  expect(await unbought()).toEqual([]);
  const underWay = async (): Promise<unknown[]> => {
    const found = await Promise.all(
      orders.map(async (id) => [id, (await stage.read(id)).body['underWay'] as unknown[]]),
    );
    return found.filter(([, work]) => (work as unknown[]).length > 0);
  };
  await until(async () => (await underWay()).length === 0, MOST_LOOKS).catch(() => undefined);
  expect(await underWay()).toEqual([]);
};

const ordersWithCase = async (): Promise<string[]> => {
  const { body } = await stage.ask(`GET /v1/appeals?shop=${stage.shop.id}`);
  return (body['data'] as { orderId: string }[]).map(({ orderId }) => orderId);
};

const readiness = async (): Promise<unknown> => {
  const { status, body } = await stage.ask('GET /readyz');
  return status === 200 ? 'ready' : (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
};

describe('the demo shop', () => {
  it(
    'is taken in by webhooks, listed before the product is ready, and brought to every stage',
    async () => {
      await begun();
      expect(await readiness()).toEqual(['/demo']);
      const demo = await nextStart();
      await demo?.place();
      expect(await readiness()).toBe('ready');
      const { body } = await stage.ask(`GET /v1/orders?shop=${stage.shop.id}&limit=100`);
      expect((body['data'] as { orderId: string }[]).map(({ orderId }) => orderId).sort()).toEqual(orders);
      expect(stage.log.filter((line) => /"POST".*"\/v1\/orders"/.test(line))).toEqual([]);

      await demo?.play();
      const wanted = orders.map((id) => [id, phaseOf(id)]);
      await until(async () => JSON.stringify(await standings()) === JSON.stringify(wanted), MOST_LOOKS).catch(
        () => undefined,
      );
      expect(await standings()).toEqual(wanted);
      expect(said.filter((line) => !line.startsWith('demo shop: ') || line.includes('left as'))).toEqual([]);

      const done = await ledger();
      expect(done.filter((line) => line.startsWith('formCreated'))).toHaveLength(1);
      expect(new Set(done).size).toBe(done.length);
      const manifests = await stage.ask(`GET /v1/manifests?shop=${stage.shop.id}`);
      const phases = (manifests.body['data'] as { phase: string }[]).map(({ phase }) => phase);
      // That of the label which TikTok sold is made by a person.
      expect(phases.sort()).toEqual(['open', 'open', 'scanned']);
      // The platform cancelled what the carrier had: the one case that the demo opens.
      await until(async () => (await ordersWithCase()).length > 0, MOST_LOOKS);
      expect(await ordersWithCase()).toEqual(['576500000000000058']);
      expect(await nextStart()).toBeUndefined();
    },
    LIMIT_MS,
  );

  it(
    'goes on where a start was cut off, and does nothing twice',
    async () => {
      await begun();
      const cut = await nextStart();
      await cut?.place();
      const playing = cut?.play();
      await until(async () => (await ledger()).some((line) => line.startsWith('trackingUploaded')));
      await cut?.stop();
      await playing;
      expect(await readDemo(stage.documents)).toMatchObject({ isListed: true, isPlayed: false });
      const first = await nextStart();
      await first?.play();
      await untilAtRest();
      const done = await ledger();
      expect(onScannedForm).not.toEqual([]);
      const uploaded = done.filter((line) => line.startsWith('trackingUploaded'));
      for (const id of onScannedForm) expect(uploaded.filter((line) => line.endsWith(id))).toHaveLength(1);

      // As if it had been killed before the last word was written down: everything is asked for again.
      const { at } = (await readDemo(stage.documents)) ?? {};
      await begun({ at });
      const again = await nextStart();
      await again?.place();
      await again?.play();
      await untilAtRest();
      expect((await ledger()).sort()).toEqual(done.sort());
      expect(await readDemo(stage.documents)).toMatchObject({ orders, isListed: true, isPlayed: true });
      expect(said.filter((line) => line.includes('left as'))).toEqual([]);
    },
    LIMIT_MS,
  );

  it('is given up where it is not wanted any more, and nobody waits for it', async () => {
    await begun();
    await giveUpDemo(stage.documents);
    expect(await readiness()).toBe('ready');
    expect(await nextStart()).toBeUndefined();
    expect(await ledger()).toEqual([]);
  });

  it('has none where the shop was opened before', async () => {
    expect(await nextStart()).toBeUndefined();
    expect(await readDemo(stage.documents)).toBeUndefined();
    expect(await readiness()).toBe('ready');
  });

  it('has the webhooks sent again of what was placed when nobody listened', async () => {
    await begun();
    const { at = 0 } = (await readDemo(stage.documents)) ?? {};
    await stage.sandbox.control('POST', '/webhook-faults', { drop: orders.length });
    for (const { id, draft } of demoOrders) await stage.sandbox.control('PUT', `/orders/${id}`, draft(at));
    const demo = await nextStart();
    await demo?.place();
    expect(await readDemo(stage.documents)).toMatchObject({ orders, isListed: true });
    expect(await readiness()).toBe('ready');
  });

  it('is waited for while its orders are missing, and a stop leaves that as it is', async () => {
    await begun();
    await stage.sandbox.control('POST', '/webhook-faults', { drop: 1 });
    const demo = await nextStart();
    const placing = demo?.place();
    await until(async () => (await stage.sandbox.control('GET', `/orders/${orders.at(-1) ?? ''}`)).status === 200);
    expect(await readiness()).toEqual(['/demo']);
    await demo?.stop();
    await placing;
    expect(await readiness()).toEqual(['/demo']);
    expect(said).toEqual([]);
  });
});
