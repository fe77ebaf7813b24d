import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { joinManifest, type JoinInput } from '../../activities/join-manifest';
import { leaveManifest } from '../../activities/leave-manifest';
import { makeForm } from '../../activities/make-form';
import type { Form, NeighbourMessage, Ports, Shipment } from '../../activities/ports';
import { AdapterError, type AdapterOutcome } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import type { ManifestKey } from '../../domain/manifest/manifest';

// Monday 10:00 Pacific; the cut-off is at 20:00.
export const NOON = Date.UTC(2026, 10, 23, 18);
export const EVENING = Date.UTC(2026, 10, 24, 5);
export const CLOSES = Date.UTC(2026, 10, 24, 4);
export const ASKS = Date.UTC(2026, 10, 24, 17);
export const KEY: ManifestKey = { account: 'easypost-7', shipFrom: 'main', date: '2026-11-23' };
export const MANIFEST = 'manifest:easypost-7:main:2026-11-23';
export const FOLDER = 'manifests/easypost-7/main/2026-11-23';
export const NEXT = { kind: 'joined', date: '2026-11-24', manifest: 'manifest:easypost-7:main:2026-11-24' };

export const shop = {
  id: '7',
  shipFrom: { id: 'main', zone: 'America/Los_Angeles', workdays: [1, 2, 3, 4, 5], opensAt: '09:00', closures: [] },
} as unknown as Shop;

/** What the activities of a manifest act on, in memory, with a provider that goes wrong when told to. */
export type World = {
  ports: Ports;
  documents: Map<string, string>;
  files: Map<string, Uint8Array>;
  told: NeighbourMessage[];
  signals: { workflowId: string; payload: unknown }[];
  /** What the provider was asked for, and what it has. */
  asked: string[][];
  forms: (Form & { madeAt: number })[];
  over: Set<string>;
  /** What the provider does instead of answering, each once; `lost`: the form is made and the answer is not heard. */
  faults: ('lost' | 'creating' | 'noFile' | AdapterOutcome)[];
  badLabels: Set<string>;
  /** Forms that hold shipments already, by the shipment. */
  formOf: Map<string, string>;
};

const NO_REFUSAL: readonly World['faults'][number][] = ['lost', 'creating', 'noFile'];

const putIfAbsent = <T>(map: Map<string, T>, key: string, value: T): boolean =>
  !map.has(key) && map.set(key, value).size > 0;

const problem = (outcome: AdapterOutcome): AdapterError =>
  new AdapterError(outcome, { provider: 'P', call: 'createForm', code: 'X' });

export function newWorld(): World {
  const world: Omit<World, 'ports'> = {
    documents: new Map(),
    files: new Map(),
    told: [],
    signals: [],
    asked: [],
    forms: [],
    over: new Set(),
    faults: [],
    badLabels: new Set(),
    formOf: new Map(),
  };
  const ports = {
    findShop: (id: string) => Promise.resolve(id === '7' ? shop : undefined),
    documents: {
      get: (key: string) => Promise.resolve(world.documents.get(key)),
      putIfAbsent: (key: string, text: string) => Promise.resolve(putIfAbsent(world.documents, key, text)),
      putFileIfAbsent: (key: string, bytes: Uint8Array) => Promise.resolve(putIfAbsent(world.files, key, bytes)),
      list: (folder: string) =>
        Promise.resolve([...world.documents.keys()].filter((key) => key.startsWith(`${folder}/`)).sort()),
    },
    neighbours: {
      tell: (message: NeighbourMessage) => {
        world.told.push(message);
        return Promise.resolve(world.over.has(message.workflowId) ? 'over' : 'told');
      },
      signal: (message: { workflowId: string; payload: unknown }) => {
        world.signals.push(message);
        return Promise.resolve('told');
      },
    },
    standingOf: () => Promise.resolve({ mode: 'auto', writes: 'on', connection: 'connected' }),
    platformOf: () => ({}),
    carrierOf: () => ({
      name: 'easypost',
      can: { reconcile: 'read' },
      labels: {
        readShipment: (id: string) => {
          const formId = world.formOf.get(id);
          const shipment: Shipment = { id, rates: [], isPaid: true, isVoided: world.badLabels.has(id) };
          return Promise.resolve(formId === undefined ? shipment : { ...shipment, formId });
        },
      },
      forms: providerOf(world),
    }),
    formsOf: () => providerOf(world),
  } as unknown as Ports;
  return { ...world, ports };
}

const numberOf = (shipmentId: string): string => `94${shipmentId.slice(1)}`;

/** On a form already, or with a label that nobody paid for: the provider refuses it. */
const isBad = ({ badLabels, formOf, forms }: Omit<World, 'ports'>, id: string): boolean =>
  badLabels.has(id) || formOf.has(id) || forms.some(({ trackingNumbers }) => trackingNumbers.includes(numberOf(id)));

const known = ({ forms }: Omit<World, 'ports'>, formId: string): Promise<Form> => {
  const found = forms.find(({ id }) => id === formId);
  return found ? Promise.resolve(found) : Promise.reject(problem('bug'));
};

function providerOf(world: Omit<World, 'ports'>): ReturnType<Ports['formsOf']> {
  const made = (shipmentIds: string[]): Form & { madeAt: number } => ({
    id: `sf_${world.forms.length + 1}`,
    status: 'created',
    number: '9475',
    trackingNumbers: shipmentIds.map(numberOf),
    madeAt: EVENING,
    file: () => Promise.resolve(new Uint8Array([1, 2, 3])),
  });
  const answer = (form: Form): Form => {
    if (world.faults[0] === 'noFile') {
      world.faults.shift();
      return { ...form, file: () => Promise.reject(problem('retryLater')) };
    }
    if (world.faults[0] !== 'creating') return form;
    world.faults.shift();
    return { id: form.id, status: 'creating', number: null, trackingNumbers: form.trackingNumbers };
  };
  return {
    account: 'easypost-7',
    carriers: ['USPS'],
    cutoffTime: '20:00',
    findForm: (parcels, since) => {
      const numbers = new Set(parcels.map(({ trackingNumber }) => trackingNumber));
      const found = world.forms.find(
        ({ trackingNumbers, madeAt }) => madeAt >= since && trackingNumbers.some((number) => numbers.has(number)),
      );
      return Promise.resolve(found && answer(found));
    },
    createForm: (parcels) => createForm(parcels.map(({ shipmentId }) => shipmentId)),
    readForm: async (formId) => answer(await known(world, formId)),
  };

  // Throwing is how a provider refuses, and it is a promise that it breaks.
  async function createForm(shipmentIds: string[]): Promise<Form> {
    await Promise.resolve();
    world.asked.push(shipmentIds);
    const fault = world.faults[0];
    if (fault !== undefined && !NO_REFUSAL.includes(fault)) {
      world.faults.shift();
      throw problem(fault as AdapterOutcome);
    }
    if (shipmentIds.some((id) => isBad(world, id))) throw problem('refused');
    const form = made(shipmentIds);
    world.forms.push(form);
    for (const id of shipmentIds) world.formOf.set(id, form.id);
    if (fault !== 'lost') return answer(form);
    world.faults.shift();
    throw problem('outcomeUnknown');
  }
}

export const parcel = (orderId: string, more: Partial<JoinInput> = {}): JoinInput => ({
  shopId: '7',
  orderId,
  package: '1',
  turn: 1,
  at: NOON,
  shipmentId: `s${orderId}`,
  trackingNumber: `94${orderId}`,
  carrier: 'USPS',
  ...more,
});

// Attempts fail here on purpose.
const QUIET = new DefaultLogger('ERROR');

export const run = <T>(work: () => Promise<T>, info = {}): Promise<T> =>
  new MockActivityEnvironment(info, { logger: QUIET }).run(work);
export const make = ({ ports }: World): ReturnType<typeof makeForm> =>
  run(() => makeForm(ports, { ...KEY, shopId: '7', at: CLOSES }));
export const leave = ({ ports }: World, orderId: string, turn = 1): ReturnType<typeof leaveManifest> =>
  leaveManifest(ports, { shopId: '7', orderId, package: '1', turn, at: NOON, manifest: MANIFEST });
export const join = (
  { ports }: World,
  orderId: string,
  more: Partial<JoinInput> = {},
): ReturnType<typeof joinManifest> => joinManifest(ports, parcel(orderId, more));
export const counts = (message: { payload: unknown } | undefined): unknown => {
  const { joined, left } = message?.payload as { joined: number; left: number };
  return [joined, left];
};
export const documentOf = ({ documents }: World, name: string): unknown =>
  JSON.parse(documents.get(`${FOLDER}/${name}`) ?? 'null');
