import { FIRST_ACCOUNT } from '../contracts/carrier-account';
import { purchasesFolder, readPurchaseKey } from '../contracts/label-documents';
import type { Shop } from '../contracts/shop';
import { parcelsOffForm, type OffFormSources, type OpenParcels, type ParcelOff } from '../domain/manifest/off-form';
import { inTurns, loadedIn, placeName } from '../domain/manifest/papers';
import { ORDER_LIFECYCLE, searchAttributes } from '../workflows/messages';
import { manifestFolder, manifestKeyOf, type ManifestView } from '../workflows/messages-manifest';
import type { ApiDeps } from './deps';
import { dateAt, shopNow } from './form-clock';
import { askManifest, formFileLinks, listManifests, manifestLinks, type ListedManifest } from './manifests';

/** More manifests than a shop has open and in its days to come. */
const MOST_LISTED = 1_000;
const MOST_ASKED = 200;
const PAGE = 1_000;
const MINUTE_MS = 60_000;

/** Phases in which people still have something to do with a manifest of an earlier day. */
const UNFINISHED: readonly string[] = ['open', 'closing', 'formed'];

type FormOfDay = ManifestView['forms'][number] & { file: string | null };

/** One manifest as the people at the bench need it: instants as ISO 8601 in UTC. */
type ManifestOfDay = Pick<
  ManifestView,
  'account' | 'shipFrom' | 'date' | 'phase' | 'closesAt' | 'evidence' | 'scannedAt' | 'byHand' | 'toDo'
> & {
  manifest: string;
  round: number;
  /** Whole minutes until its cut-off; `null` once it is closed. */
  minutesLeft: number | null;
  counts: { onForm: number; notPacked: number; leftOff: number; late: number; loaded: number };
  forms: FormOfDay[];
  links: ReturnType<typeof manifestLinks>;
};

/** `shipFrom`: as manifests name it. */
type ParcelHere = ParcelOff & { shipFrom: string };

type FormDay = {
  shopId: string;
  /** The date at the ship-from. */
  today: string;
  places: { account: string; shipFrom: string; manifests: ManifestOfDay[] }[];
  /** Labelled parcels that are on no form and on no list for one. */
  orphans: ParcelHere[];
  asOf: string;
};

/**
 * A shop's forms of today and of the days to come, with those of earlier days that people are not through with, and its labelled
 * parcels that are on none.
 */
export async function formDayOf(deps: ApiDeps, shop: Shop): Promise<FormDay> {
  const now = await shopNow(deps, shop);
  const today = dateAt(now, shop);
  const listed = (await listManifests(deps, { shop: shop.id, limit: MOST_LISTED }))
    .filter(({ date, phase, open }) => date >= today || (open && UNFINISHED.includes(phase)))
    .slice(0, MOST_ASKED);
  const [views, orphans] = await Promise.all([
    inTurns(listed, async (one) => ({ one, view: await askManifest(deps, one) })),
    orphansOf(deps, shop, { listed, today }),
  ]);
  const manifests = await inTurns(views, ({ one, view }) => manifestOfDay(deps, { one, view, orphans, now }));
  return { shopId: shop.id, today, places: placesOf(manifests), orphans, asOf: new Date(now).toISOString() };
}

type Seen = { one: ListedManifest; view: ManifestView; orphans: readonly ParcelHere[]; now: number };

async function manifestOfDay(deps: ApiDeps, { one, view, orphans, now }: Seen): Promise<ManifestOfDay> {
  const { account, shipFrom, date, round = 1, phase, closesAt, evidence, scannedAt, byHand, toDo } = view;
  const key = manifestKeyOf(one.manifest);
  const loaded = key === undefined ? 0 : (await loadedIn(deps.documents, manifestFolder(key))).size;
  const isOpen = phase === 'open';
  const waits = orphans.filter(
    (parcel) => parcel.account === account && parcel.shipFrom === shipFrom && parcel.why === 'notPacked',
  );
  const files = formFileLinks(one, view.forms);
  return {
    ...{ manifest: one.manifest, account, shipFrom, date, round, phase, closesAt, evidence, scannedAt, byHand, toDo },
    minutesLeft: isOpen ? Math.max(0, Math.floor((Date.parse(closesAt) - now) / MINUTE_MS)) : null,
    counts: {
      onForm: view.members,
      notPacked: isOpen ? waits.length : 0,
      leftOff: view.leftOff,
      late: view.late,
      loaded,
    },
    forms: view.forms.map((form, index) => ({ ...form, file: files[index] ?? null })),
    links: manifestLinks(deps, one),
  };
}

/** By account and ship-from, in the order of the cut-offs. */
function placesOf(manifests: readonly ManifestOfDay[]): FormDay['places'] {
  const places = new Map<string, FormDay['places'][number]>();
  const sorted = [...manifests].sort(
    (one, other) => one.closesAt.localeCompare(other.closesAt) || one.round - other.round,
  );
  for (const manifest of sorted) {
    const { account, shipFrom } = manifest;
    const name = `${account} ${shipFrom}`;
    const place = places.get(name) ?? { account, shipFrom, manifests: [] };
    place.manifests.push(manifest);
    places.set(name, place);
  }
  return [...places.values()];
}

/** Of each place that orders leave from: forms are one place's alone. */
async function orphansOf(
  deps: ApiDeps,
  shop: Shop,
  { listed, today }: { listed: readonly ListedManifest[]; today: string },
): Promise<ParcelHere[]> {
  const accounts = new Set([
    ...Object.keys(shop.carriers).map((name) => `${name}-${shop.id}`),
    ...listed.map(({ account }) => account),
    `tiktok-${shop.id}`,
  ]);
  const off: ParcelHere[] = [];
  for (const [shipFrom, orders] of await openOrders(deps, shop)) {
    const wish = { orders, accounts: [...accounts], shipFrom, date: today };
    const parcels = await parcelsOffForm(sourcesOf(deps, shop.id), wish);
    off.push(...parcels.map((parcel) => ({ ...parcel, shipFrom })));
  }
  return off;
}

/** A shop's open orders by the place that they leave from, which those that are not planned yet do not say. */
async function openOrders({ client }: ApiDeps, { id, shipFrom }: Shop): Promise<Map<string, OpenParcels[]>> {
  const places = new Map<string, OpenParcels[]>();
  // Ids are digits: nothing has to be quoted.
  const query = `ShopId = '${id}' AND WorkflowType = '${ORDER_LIFECYCLE}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId, typedSearchAttributes: known } of client.workflow.list({ query, pageSize: PAGE })) {
    const attention = known.get(searchAttributes.attention);
    const place = placeName(known.get(searchAttributes.shipFrom) ?? shipFrom.id);
    const orders = places.get(place) ?? [];
    orders.push({
      orderId: workflowId.slice(workflowId.lastIndexOf(':') + 1),
      phase: known.get(searchAttributes.phase) ?? '',
      trackingNumbers: known.get(searchAttributes.trackingNumbers) ?? [],
      ...(attention === undefined ? {} : { attention }),
    });
    places.set(place, orders);
  }
  return places;
}

const sourcesOf = ({ documents }: ApiDeps, shopId: string): OffFormSources => ({
  shelf: documents,
  folderOf: manifestFolder,
  purchasesOf: (orderId) => purchasesFolder({ shopId, orderId }),
  readPurchaseKey,
  accountOf: ({ account = FIRST_ACCOUNT, from }) => `${from === 'platform' ? 'tiktok' : account}-${shopId}`,
});
