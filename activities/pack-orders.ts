import { z } from 'zod';
import { boughtKey, trackingKey } from '../contracts/label-documents';
import {
  sha256Of,
  type HashedPiece,
  type PackDeadline,
  type PackLabel,
  type PackOrder,
  type PackScan,
} from '../contracts/pack';
import type { CaseMember } from '../domain/appeal/appeal';
import type { OrderView } from '../domain/order/view';
import { inTurns } from './form-io';
import { inTime } from './in-time';
import { readAs } from './pack-reading';
import type { Ports } from './ports';
import { dossierKey } from './save-dossier';

/** What our own papers say of one parcel's order: from the order itself, or from what was kept of it when it ended. */
export type OrderRecord = Pick<PackOrder, 'readFrom' | 'policy' | 'deadlines' | 'timeline' | 'label'> & {
  member: CaseMember;
  trackingNumber?: string;
  /** By what the carrier had told the order. */
  events: PackScan[];
  pieces: HashedPiece[];
};

/** An order whose workflow does not answer is read from its dossier, or not at all. */
const ORDER_WITHIN_MS = 5_000;

type Read = Pick<OrderRecord, 'readFrom' | 'policy' | 'deadlines' | 'timeline'> & {
  label?: { trackingNumber?: string | undefined; carrier?: string | undefined };
  pieces: HashedPiece[];
};

/** `openings`: what each parcel was opened with, by which its number is known where nothing else tells it. */
export const recordsOf = (
  ports: Ports,
  shopId: string,
  parcels: readonly (CaseMember & { trackingNumber?: string })[],
): Promise<OrderRecord[]> => inTurns(parcels, (parcel) => recordOf(ports, shopId, parcel));

async function recordOf(
  ports: Ports,
  shopId: string,
  { orderId, package: parcel, trackingNumber: opened }: CaseMember & { trackingNumber?: string },
): Promise<OrderRecord> {
  const member = { orderId, package: parcel };
  const asked = ports.neighbours.readOrderState(shopId, orderId).catch(() => undefined);
  const view = await inTime(asked, ORDER_WITHIN_MS);
  const {
    label: known,
    pieces,
    ...read
  } = view === undefined ? await fromDossier(ports, shopId, member) : fromView(view, parcel);
  const trackingNumber = opened ?? known?.trackingNumber;
  const { label, pieces: more } = await labelOf(ports, trackingNumber, known?.carrier);
  return {
    ...{ member, ...read, label },
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
    events: toldEvents(read.timeline),
    pieces: [...pieces, ...more],
  };
}

function fromView(view: OrderView, parcel: string): Read {
  const deadlines = view.agenda.map((deadline): PackDeadline => {
    const { name, at, local, platformAt, rule, source, met, metAt } = deadline;
    return { ...{ name, dueAt: platformAt ?? at, ruleAt: at, platformAt, local, rule, source, met, metAt } };
  });
  const label = view.packages[parcel]?.label;
  // What a line is about may name who did it: that is nobody's business outside.
  const timeline = view.timeline.map(({ at, what }) => ({ at, what }));
  return {
    ...{ readFrom: 'order', policy: view.policy, deadlines, timeline, pieces: [] },
    ...(label === undefined ? {} : { label: { trackingNumber: label.trackingNumber, carrier: label.carrier } }),
  };
}

/** It is terse: rules are named by their set and version, instants are epoch milliseconds. */
const Dossier = z.looseObject({
  policy: z.tuple([z.string(), z.string(), z.string()]).optional().catch(undefined),
  deadlines: z.array(z.tuple([z.string(), z.number(), z.boolean().nullable(), z.number().nullable()])).catch([]),
  packages: z
    .array(
      z.looseObject({
        key: z.string(),
        label: z.looseObject({ trackingNumber: z.string().optional(), carrier: z.string().optional() }).optional(),
      }),
    )
    .catch([]),
  timeline: z.array(z.tuple([z.number(), z.string()], z.unknown())).catch([]),
});

const iso = (at: number): string => new Date(at).toISOString();

async function fromDossier(
  { documents }: Ports,
  shopId: string,
  { orderId, package: parcel }: CaseMember,
): Promise<Read> {
  const key = dossierKey({ shopId, orderId });
  const text = await documents.get(key);
  const dossier = text === undefined ? undefined : readAs(Dossier, text);
  if (text === undefined || dossier === undefined) {
    return { readFrom: 'nowhere', policy: null, deadlines: [], timeline: [], pieces: [] };
  }
  const [set, version, tzdata] = dossier.policy ?? [];
  const label = dossier.packages.find((one) => one.key === parcel)?.label;
  return {
    readFrom: 'dossier',
    policy: set === undefined || version === undefined || tzdata === undefined ? null : { set, version, tzdata },
    deadlines: dossier.deadlines.map(([name, dueAt, met, metAt]) => ({
      ...{ name, dueAt: iso(dueAt), ruleAt: null, platformAt: null, local: null, rule: null, source: null, met },
      metAt: metAt === null ? null : iso(metAt),
    })),
    timeline: dossier.timeline.map(([at, what]) => ({ at: iso(at), what })).sort((a, b) => a.at.localeCompare(b.at)),
    ...(label === undefined ? {} : { label: { trackingNumber: label.trackingNumber, carrier: label.carrier } }),
    pieces: [{ name: 'dossier', about: orderId, kind: 'document', key, sha256: await sha256Of(text) }],
  };
}

const CARRIER = 'carrier.';

const toldEvents = (timeline: PackOrder['timeline']): PackScan[] =>
  timeline.flatMap(({ at, what }) =>
    what.startsWith(CARRIER) ? [{ at, meaning: what.slice(CARRIER.length), code: null }] : [],
  );

const Owner = z.looseObject({
  shopId: z.string(),
  orderId: z.string(),
  package: z.string().optional(),
  attempt: z.number().optional(),
});
const Bought = z.looseObject({
  carrier: z.string(),
  service: z.string().optional(),
  at: z.number().optional(),
  account: z.string().optional(),
});

type Labelled = { label: PackLabel | null; pieces: HashedPiece[] };
type Documents = Ports['documents'];

async function readKept<Schema extends z.ZodType>(
  documents: Documents,
  schema: Schema,
  piece: Omit<HashedPiece, 'sha256' | 'kind'>,
): Promise<{ kept: z.infer<Schema>; piece: HashedPiece } | undefined> {
  const text = await documents.get(piece.key);
  const kept = text === undefined ? undefined : readAs(schema, text);
  if (text === undefined || kept === undefined) return undefined;
  return { kept, piece: { ...piece, kind: 'document', sha256: await sha256Of(text) } };
}

/** Whose the tracking number is, and how it was bought; a label that another tool made has the first alone. */
async function labelOf({ documents }: Ports, trackingNumber: string | undefined, carrier = ''): Promise<Labelled> {
  if (trackingNumber === undefined || !/^[0-9A-Za-z]+$/.test(trackingNumber)) return { label: null, pieces: [] };
  const about = trackingNumber;
  const owner = await readKept(documents, Owner, { name: 'label', about, key: trackingKey(trackingNumber) });
  if (owner === undefined) return { label: null, pieces: [] };
  const { shopId, orderId, package: parcel, attempt } = owner.kept;
  const unbought: Labelled = {
    label: { carrier, service: null, account: null, boughtAt: null },
    pieces: [owner.piece],
  };
  if (parcel === undefined || attempt === undefined) return unbought;
  const key = boughtKey({ shopId, orderId, package: parcel, attempt });
  const bought = await readKept(documents, Bought, { name: 'bought', about, key });
  return bought === undefined ? unbought : { label: labelFrom(bought.kept), pieces: [owner.piece, bought.piece] };
}

const labelFrom = ({ carrier, service, account, at }: z.infer<typeof Bought>): PackLabel => ({
  carrier,
  service: service ?? null,
  account: account ?? null,
  boughtAt: at === undefined ? null : iso(at),
});
