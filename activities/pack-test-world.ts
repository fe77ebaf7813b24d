import { createHash } from 'node:crypto';
import type { AdapterError } from '../contracts/adapter-error';
import { evidenceFileKey, evidenceRecordKey } from '../contracts/evidence';
import type { Shop } from '../contracts/shop';
import type { AppealFiling, Filing, Ports } from './ports';

/** A shop with one form, its papers and its parcels, for the tests of what an appeal is filed with. */

export const HOUR_MS = 3_600_000;
export const SCANNED = Date.UTC(2026, 10, 20, 20);
export const AT = SCANNED + 60 * HOUR_MS;
export const MANIFEST = 'manifest:easypost-7:main:2026-11-20';
export const FOLDER = 'manifests/easypost-7/main/2026-11-20';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** One empty page. */
export const FORM_FILE = Buffer.from(
  [
    '%PDF-1.4',
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
    '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << >> >> endobj',
    'trailer << /Root 1 0 R /Size 4 >>',
    '%%EOF',
  ].join('\n'),
);

/** One white dot. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);
export const PHOTO = {
  bytes: DOT,
  sha256: sha256(DOT),
  key: evidenceFileKey(FOLDER, { sha256: sha256(DOT), type: 'png' }),
};

export type PackWorld = {
  ports: Ports;
  documents: Map<string, string>;
  files: Map<string, Uint8Array>;
  put: (key: string, content: object) => void;
  form: (members: readonly Parcel[]) => object;
  scan: (proofs: readonly { kind: string; file?: string }[]) => object;
  filings: AppealFiling[];
  /** Orders whose workflows are gone. */
  forgotten: Set<string>;
  isCarrierDown: boolean;
  /** What the carrier tells of every parcel. */
  events: { at: number; meaning: string; code: string }[];
  carrierCalls: number;
  platformFails?: AdapterError;
  /** The shop's further places. */
  warehouses?: Record<string, { id: string }>;
};

export type Parcel = { orderId: string; trackingNumber: string };

/** All parcels are on the form, with a stamp that was photographed. */
export function packWorld(parcels: readonly Parcel[]): PackWorld {
  const documents = new Map<string, string>();
  const world = {
    ...{ documents, files: new Map<string, Uint8Array>(), filings: [], forgotten: new Set<string>() },
    ...{ form, scan, isCarrierDown: false, carrierCalls: 0 },
    events: [{ at: SCANNED - 2 * HOUR_MS, meaning: 'labelCreated', code: 'GX' }],
    put: (key, content) => void documents.set(key, JSON.stringify(content)),
  } as Omit<PackWorld, 'ports'>;
  keepPapers(world as PackWorld, parcels);
  return Object.assign(world, { ports: portsOf(world as PackWorld) });
}

const form: PackWorld['form'] = (members) => ({
  ...{ formId: 'sf_1', number: '9475700000000001', madeAt: SCANNED - HOUR_MS, sha256: sha256(FORM_FILE) },
  ...{ members: members.map((member) => ({ ...member, package: '1' })), leftOff: [] },
});

const scan: PackWorld['scan'] = (proofs) => ({
  ...{ actor: 'ada', scannedAt: SCANNED, reportedAt: SCANNED + HOUR_MS, place: 'the counter', proofs },
});

function keepPapers({ put, files }: PackWorld, parcels: readonly Parcel[]): void {
  put(`${FOLDER}/form`, form(parcels));
  put(`${FOLDER}/scan`, scan([{ kind: 'stampedForm', file: PHOTO.sha256 }]));
  files.set(`${FOLDER}/form.pdf`, FORM_FILE);
  files.set(PHOTO.key, PHOTO.bytes);
  const times = { receivedAt: new Date(SCANNED + HOUR_MS).toISOString(), takenAt: '2026-11-20T12:01:00' };
  const record = { sha256: PHOTO.sha256, type: 'png', bytes: PHOTO.bytes.length, via: 'phone', ...times };
  put(evidenceRecordKey(FOLDER, PHOTO.sha256), record);
  for (const { orderId, trackingNumber } of parcels) {
    put(`labels/by-tracking/${trackingNumber}`, { shopId: '7', orderId, package: '1', attempt: 1 });
    const bought = { carrier: 'USPS', service: 'Ground', priceCents: 500, at: SCANNED - 2 * HOUR_MS };
    put(`labels/7/${orderId}/1-1-bought`, { trackingNumber, ...bought, account: 'easypost' });
  }
}

function portsOf(world: PackWorld): Ports {
  const ports = {
    findShop: () =>
      Promise.resolve({ id: '7', shipFrom: { id: 'main' }, warehouses: world.warehouses } as unknown as Shop),
    documents: documentsOf(world),
    neighbours: { readOrderState: (_shop: string, orderId: string) => Promise.resolve(viewOf(world, orderId)) },
    standingOf: () => Promise.resolve({ mode: 'auto', writes: 'on', connection: 'connected' }),
    carriersOf: () => [{ name: 'easypost', tracking: { carriers: ['USPS'], read: readingIn(world) } }],
    platformOf: () => ({ readOrders: readerOf(world) }),
    appealDeskOf: () => deskOf(world),
  };
  return ports as unknown as Ports;
}

function documentsOf({ documents, files }: PackWorld): object {
  const putIfAbsent = <T>(map: Map<string, T>, key: string, content: T): Promise<boolean> => {
    const isNew = !map.has(key);
    if (isNew) map.set(key, content);
    return Promise.resolve(isNew);
  };
  return {
    get: (key: string) => Promise.resolve(documents.get(key)),
    getFile: (key: string) => Promise.resolve(files.get(key)),
    putIfAbsent: (key: string, text: string) => putIfAbsent(documents, key, text),
    putFileIfAbsent: (key: string, bytes: Uint8Array) => putIfAbsent(files, key, bytes),
    list: (folder: string) => {
      const isIn = (key: string): boolean =>
        key.startsWith(`${folder}/`) && !key.slice(folder.length + 1).includes('/');
      return Promise.resolve([...documents.keys()].filter(isIn).sort());
    },
  };
}

function viewOf({ forgotten }: PackWorld, orderId: string): object | undefined {
  if (forgotten.has(orderId)) return undefined;
  const dueAt = new Date(SCANNED + 10 * HOUR_MS).toISOString();
  const times = { at: dueAt, local: 'Fri 22:00 PT', platformAt: null, met: null, metAt: null, workBy: dueAt };
  return {
    policy: { set: 'us-2026-06', version: '1', tzdata: '2026a' },
    agenda: [{ name: 'shipBy', ...times, rule: 'dispatch', source: 'SC', severity: 'limit', provisional: false }],
    packages: { '1': { label: { carrier: 'USPS' } } },
    timeline: [{ at: dueAt, what: 'person.markPacked', sentence: 'Packed: ada.' }],
  };
}

const readingIn = (world: PackWorld) => (wanted: { trackingNumber: string }[]) => {
  world.carrierCalls += 1;
  const { events } = world;
  return Promise.resolve(world.isCarrierDown ? [] : wanted.map(({ trackingNumber }) => ({ trackingNumber, events })));
};

const readerOf = (world: PackWorld) => (orderIds: string[]) => {
  if (world.platformFails !== undefined) return Promise.reject(world.platformFails);
  const facts = { status: 'awaitingCollection', statusAt: 1, createdAt: 1, shippingType: 'seller', platformTimes: {} };
  const recipient = { name: 'Silvia Swan', phone: '555-0142' };
  return Promise.resolve(orderIds.map((orderId) => ({ orderId, facts, recipient })));
};

const deskOf = ({ filings }: PackWorld): object => ({
  mostOrders: 100,
  find: () => Promise.resolve(undefined),
  file: (filing: AppealFiling): Promise<Filing> =>
    Promise.resolve({ caseNumber: `c${filings.push(filing)}`, status: 'pending', decidedAt: null }),
});
