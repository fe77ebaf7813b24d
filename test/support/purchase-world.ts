import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { buyLabel } from '../../activities/buy-label';
import type { CarrierAbilities, LabelPurchase, Ports, Rate, Shipment, ShipmentRequest } from '../../activities/ports';
import { prepareLabel } from '../../activities/prepare-label';
import { voidLabel } from '../../activities/void-label';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import type { Answer } from '../../domain/order/event';
import type { OrderFacts } from '../../domain/order/facts';

export const HOUR_MS = 3_600_000;
export const NOW = Date.UTC(2026, 10, 23, 18);

const purchase = { shopId: '7', orderId: '1', package: '1', attempt: 1 };

const recipient = {
  name: 'N',
  phone: '1',
  street1: 'S',
  street2: '',
  city: 'C',
  state: 'CA',
  zip: '90277',
  country: 'US',
};

const rate: Rate = { id: 'r1', carrier: 'UPS', service: 'Ground', priceCents: 800, deliveryDays: 3 };

/** One shop with one account, in memory. Its provider charges for every call of `buy`, and goes wrong when told to. */
export type PurchaseWorld = {
  ports: Ports;
  documents: Map<string, string>;
  shop: { labels: Shop['labels'] } & Record<string, unknown>;
  facts: OrderFacts;
  rates: Rate[];
  reconcile: CarrierAbilities['reconcile'];
  /** Labels that were paid for, and the references under which they were asked for. */
  paid: string[];
  asked: ShipmentRequest[];
  chargedCents: number | undefined;
  /** What the provider does once instead of answering: `lost` sells the label and the answer is not heard. */
  faults: ('lost' | 'cut' | 'unfunded' | 'refused')[];
  /** What the next readings say instead of the truth. */
  readings: ('refused' | 'unknown' | 'unpaid')[];
};

export function newPurchaseWorld(): PurchaseWorld {
  const world: Omit<PurchaseWorld, 'ports'> = {
    documents: new Map(),
    shop: {
      id: '7',
      kind: 'live',
      maxTransitDays: 6,
      catalogue: 'off',
      addressCheck: 'off',
      labels: { rule: 'cheapest', preferred: [], maxDriftPercent: 20, format: 'pdf' },
      parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 },
      carriers: { acme: { kind: 'ups' } },
      shipFrom: {
        id: 'main',
        zone: 'America/Los_Angeles',
        workdays: [1, 2, 3, 4, 5],
        opensAt: '09:00',
        closures: [],
        address: {},
      },
    },
    facts: {
      createdAt: NOW,
      status: 'awaitingShipment',
      statusAt: NOW,
      orderType: 'standard',
      shippingType: 'seller',
      fulfilledBy: 'seller',
      cancelRequested: false,
      itemIds: ['1'],
      platformTimes: {},
    },
    rates: [rate],
    reconcile: 'read',
    paid: [],
    asked: [],
    chargedCents: undefined,
    faults: [],
    readings: [],
  };
  return Object.assign(world, { ports: portsOf(world) });
}

function portsOf(world: Omit<PurchaseWorld, 'ports'>): Ports {
  const account = () => ({
    name: 'acme',
    can: {
      provider: 'Acme',
      reconcile: world.reconcile,
      ...(world.reconcile === 'read' ? { isRepeatCharged: true } : {}),
    } as CarrierAbilities,
    labels: labelsOf(world),
  });
  return {
    findShop: () => Promise.resolve(world.shop as unknown as Shop),
    documents: documentsOf(world),
    markOf: () => undefined,
    standingOf: () => Promise.resolve({ mode: 'auto', writes: 'on', connection: 'connected' }),
    platformOf: () => ({
      readOrder: () => Promise.resolve({ facts: world.facts, deliveryOptionId: 'd', recipient }),
      shippingProviders: () => Promise.resolve([]),
    }),
    carriersOf: () => [account()],
    carrierOf: account,
    neighbours: { tell: () => Promise.resolve('told'), signal: () => Promise.resolve('told') },
  } as unknown as Ports;
}

const documentsOf = ({ documents }: Omit<PurchaseWorld, 'ports'>) => ({
  get: (key: string) => Promise.resolve(documents.get(key)),
  put: (key: string, text: string) => Promise.resolve(void documents.set(key, text)),
  remove: (key: string) => Promise.resolve(void documents.delete(key)),
  putIfAbsent: (key: string, text: string) => Promise.resolve(!documents.has(key) && documents.set(key, text).has(key)),
  putFileIfAbsent: () => Promise.resolve(true),
  list: (folder: string) => Promise.resolve([...documents.keys()].filter((key) => key.startsWith(`${folder}/`)).sort()),
});

function labelsOf(world: Omit<PurchaseWorld, 'ports'>) {
  const shipmentOf = (id: string): Shipment => {
    const isPaid = world.reconcile === 'read' && world.paid.includes(id);
    return { id, rates: world.rates, isPaid, isVoided: false, ...(isPaid ? { label: labelOf(world) } : {}) };
  };
  return {
    createShipment: (request: ShipmentRequest) => Promise.resolve(shipmentOf(request.reference)),
    readShipment: (id: string) => {
      const reading = world.readings.shift();
      if (reading === 'refused') return Promise.reject(problem('refused'));
      if (reading === 'unknown') return Promise.resolve(undefined);
      const unpaid: Shipment = { id, rates: world.rates, isPaid: false, isVoided: false };
      return Promise.resolve(reading === 'unpaid' ? unpaid : shipmentOf(id));
    },
    buy: ({ shipmentId, request }: LabelPurchase) => {
      world.asked.push(request);
      const fault = world.faults.shift();
      if (fault === 'cut' || fault === 'unfunded' || fault === 'refused') return Promise.reject(problem(fault));
      // Only a provider with a key of ours takes a repeat for what it is.
      if (world.reconcile !== 'repeat' || !world.paid.includes(shipmentId)) world.paid.push(shipmentId);
      if (fault === 'lost') return Promise.reject(problem(fault));
      return Promise.resolve({ ...shipmentOf(shipmentId), isPaid: true, label: labelOf(world) });
    },
    refund: (id: string) => Promise.resolve({ ...shipmentOf(id), isVoided: world.paid.includes(id) }),
  };
}

const labelOf = ({ chargedCents }: Omit<PurchaseWorld, 'ports'>) => ({
  trackingNumber: '1Z9',
  carrier: 'UPS',
  ...(chargedCents === undefined ? {} : { priceCents: chargedCents }),
});

const problem = (fault: PurchaseWorld['faults'][number]): AdapterError =>
  new AdapterError(fault === 'lost' || fault === 'cut' ? 'outcomeUnknown' : fault, {
    ...{ provider: 'Acme', call: 'buy', code: 'X' },
  });

type Prepare = Parameters<typeof prepareLabel>[1];
type Buy = Parameters<typeof buyLabel>[1];

type PurchaseSteps = {
  prepare: (more?: Partial<Prepare>) => Promise<Answer>;
  buy: (handle: Buy['handle'], more?: Partial<Buy>) => Promise<Answer>;
  giveBack: (shipmentId: string) => Promise<Answer>;
};

/** Runs the steps of a purchase as their attempts run; what fails is the failure itself. */
export const stepsOf = (world: PurchaseWorld): PurchaseSteps => {
  const environment = new MockActivityEnvironment({ attempt: 1 }, { logger: new DefaultLogger('ERROR') });
  const run = <T>(step: (ports: Ports, input: T) => Promise<Answer>, input: T): Promise<Answer> =>
    environment.run(() => step(world.ports, input));
  return {
    prepare: (more = {}) => run(prepareLabel, { ...purchase, at: NOW, ...more }),
    buy: (handle, more = {}) => run(buyLabel, { ...purchase, at: NOW, handle, ...more }),
    giveBack: (shipmentId) => run(voidLabel, { ...purchase, at: NOW, shipmentId }),
  };
};
