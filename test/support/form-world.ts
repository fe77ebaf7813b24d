import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { joinManifest, type JoinInput } from '../../activities/join-manifest';
import { leaveManifest } from '../../activities/leave-manifest';
import { makeForm } from '../../activities/make-form';
import type { NeighbourMessage, Ports, Shipment } from '../../activities/ports';
import type { Shop } from '../../contracts/shop';
import type { ManifestKey } from '../../domain/manifest/manifest';
import { MADE_AT, providerOf, type FormWorld, type Provider } from './form-provider';

// Monday 10:00 Pacific; the cut-off is at 20:00.
export const NOON = Date.UTC(2026, 10, 23, 18);
export const EVENING = MADE_AT;
export const CLOSES = Date.UTC(2026, 10, 24, 4);
export const ASKS = Date.UTC(2026, 10, 24, 17);
export const KEY: ManifestKey = { account: 'easypost-7', shipFrom: 'main', date: '2026-11-23' };
export const MANIFEST = 'manifest:easypost-7:main:2026-11-23';
export const FOLDER = 'manifests/easypost-7/main/2026-11-23';
export const NEXT_ROUND = { kind: 'joined', date: '2026-11-23', manifest: 'manifest:easypost-7:main:2026-11-23:2' };
export const NEXT = { kind: 'joined', date: '2026-11-24', manifest: 'manifest:easypost-7:main:2026-11-24' };

export const shop = {
  id: '7',
  shipFrom: { id: 'main', zone: 'America/Los_Angeles', workdays: [1, 2, 3, 4, 5], opensAt: '09:00', closures: [] },
} as unknown as Shop;

/** What the activities of a manifest act on, in memory, with a provider that goes wrong when told to. */
export type World = FormWorld & {
  ports: Ports;
  documents: Map<string, string>;
  files: Map<string, Uint8Array>;
  told: NeighbourMessage[];
  signals: { workflowId: string; payload: unknown }[];
  over: Set<string>;
};

const putIfAbsent = <T>(map: Map<string, T>, key: string, value: T): boolean =>
  !map.has(key) && map.set(key, value).size > 0;

/** The keys right in a folder, as the document store lists them. */
const isRightIn = (folder: string, key: string): boolean =>
  key.startsWith(`${folder}/`) && !key.slice(folder.length + 1).includes('/');

export function newWorld(provider: Partial<Provider> = {}): World {
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
    secretlyBad: new Set(),
    provider: { style: 'listed', most: null, ...provider },
    formOf: new Map(),
  };
  const ports = portsOf(world);
  return { ...world, ports };
}

const portsOf = (world: Omit<World, 'ports'>): Ports =>
  ({
    findShop: (id: string) => Promise.resolve(id === '7' ? shop : undefined),
    documents: {
      get: (key: string) => Promise.resolve(world.documents.get(key)),
      putIfAbsent: (key: string, text: string) => Promise.resolve(putIfAbsent(world.documents, key, text)),
      putFileIfAbsent: (key: string, bytes: Uint8Array) => Promise.resolve(putIfAbsent(world.files, key, bytes)),
      getFile: (key: string) => Promise.resolve(world.files.get(key)),
      list: (folder: string) =>
        Promise.resolve([...world.documents.keys()].filter((key) => isRightIn(folder, key)).sort()),
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
      can: { reconcile: world.provider.style === 'listed' ? 'read' : 'none' },
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
  }) as unknown as Ports;

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
export const counts = (message: { payload: unknown } | undefined): unknown[] => {
  const { joined, left } = message?.payload as { joined?: number; left?: number };
  return [joined, left];
};
export const documentOf = ({ documents }: World, name: string): unknown =>
  JSON.parse(documents.get(`${FOLDER}/${name}`) ?? 'null');
