import { formsIn, hasEvent, inTurns, staysIn, type FormPaper } from '../domain/manifest/papers';
import { readMark, trackingMarkKey } from '../domain/tracking/mark';
import { manifestFolder, type ManifestView } from '../workflows/messages-manifest';
import type { ManifestKey, MemberRef } from '../domain/manifest/manifest';
import type { ApiDeps } from './deps';

/** `joined`: on the list, no form is made yet. `late`: goes with a later form. */
type ParcelState = 'joined' | 'onForm' | 'leftOff' | 'late';

type Row = MemberRef & {
  state: ParcelState;
  trackingNumber: string | null;
  /** The document that has its number, where that is not read yet. */
  stay?: string;
  formId: string | null;
  form: string | null;
  madeAt: number | null;
  reason: string | null;
};

/** One parcel of a manifest as people and programs read it: instants as ISO 8601 in UTC. */
type FormParcel = Omit<Row, 'stay' | 'madeAt'> & {
  loadedAt: string | null;
  /** The carrier's last word. */
  carrier: { meaning: string; at: string } | null;
  /** Whether its carrier has told anything of it but that its label is known. */
  hasEvent: boolean;
  /** Since when nothing was heard of it, once its form was scanned. */
  silentSince: string | null;
};

type ParcelsWish = { isSilent: boolean; from: number; limit: number };

type About = { deps: ApiDeps; shopId: string; key: ManifestKey; view: ManifestView };

/** The parcels of a manifest, form by form; `isSilent`: those on a form of which their carrier has told nothing. */
export async function parcelsOf(
  about: About,
  { isSilent, from, limit }: ParcelsWish,
): Promise<{ parcels: FormParcel[]; total: number }> {
  const rows = await rowsOf(about);
  if (!isSilent) {
    const page = rows.slice(from, from + limit);
    return { parcels: await inTurns(page, (row) => parcelOf(about, row)), total: rows.length };
  }
  const onForm = rows.filter(({ state }) => state === 'onForm');
  const silent = (await inTurns(onForm, (row) => parcelOf(about, row))).filter((parcel) => !parcel.hasEvent);
  return { parcels: silent.slice(from, from + limit), total: silent.length };
}

async function rowsOf({ deps: { documents }, key }: About): Promise<Row[]> {
  const folder = manifestFolder(key);
  const forms = await formsIn(documents, folder);
  if (forms.length > 0) return forms.flatMap(rowsOfForm);
  const nothing = { trackingNumber: null, formId: null, form: null, madeAt: null, reason: null };
  return (await staysIn(documents, folder)).map(({ orderId, package: parcel, name }) => ({
    ...{ orderId, package: parcel, state: 'joined' as const, ...nothing },
    stay: `${folder}/members/${name}`,
  }));
}

function rowsOfForm({ formId, number, madeAt, members, leftOff, late }: FormPaper): Row[] {
  const off = { trackingNumber: null, formId: null, form: null, madeAt: null, reason: null };
  return [
    ...members.map((member) => ({
      ...member,
      ...{ state: 'onForm' as const, formId, form: number, madeAt, reason: null },
    })),
    ...leftOff.map((one) => ({ ...off, ...one, state: 'leftOff' as const })),
    ...late.map((one) => ({ ...off, ...one, state: 'late' as const })),
  ];
}

async function parcelOf({ deps, shopId, key, view }: About, { stay, madeAt, ...row }: Row): Promise<FormParcel> {
  const trackingNumber = row.trackingNumber ?? (await numberIn(deps, stay));
  const told = await tellingsOf(deps, { shopId, key, trackingNumber });
  const mark = readMark(told.mark);
  const heard = hasEvent(mark);
  const scannedAt = view.forms.find(({ formId }) => formId === row.formId)?.scannedAt ?? null;
  return {
    ...row,
    trackingNumber,
    loadedAt: instantIn(told.loaded),
    carrier: mark === undefined ? null : { meaning: mark.meaning, at: iso(mark.at) },
    hasEvent: heard,
    silentSince: heard || madeAt === null ? null : scannedAt,
  };
}

type Tellings = { mark: string | undefined; loaded: string | undefined };

async function tellingsOf(
  { documents }: ApiDeps,
  { shopId, key, trackingNumber }: { shopId: string; key: ManifestKey; trackingNumber: string | null },
): Promise<Tellings> {
  if (trackingNumber === null) return { mark: undefined, loaded: undefined };
  const [mark, loaded] = await Promise.all([
    documents.get(trackingMarkKey(shopId, trackingNumber)),
    documents.get(loadedKey(key, trackingNumber)),
  ]);
  return { mark, loaded };
}

/** Written once for a parcel that was scanned onto the truck. */
export const loadedKey = (key: ManifestKey, trackingNumber: string): string =>
  `${manifestFolder(key)}/loaded/${trackingNumber}`;

async function numberIn({ documents }: ApiDeps, stay: string | undefined): Promise<string | null> {
  const text = stay === undefined ? undefined : await documents.get(stay);
  const { trackingNumber } = (text === undefined ? {} : JSON.parse(text)) as { trackingNumber?: unknown };
  return typeof trackingNumber === 'string' ? trackingNumber : null;
}

function instantIn(text: string | undefined): string | null {
  const { at } = (text === undefined ? {} : JSON.parse(text)) as { at?: unknown };
  return typeof at === 'number' ? iso(at) : null;
}

const iso = (at: number): string => new Date(at).toISOString();
