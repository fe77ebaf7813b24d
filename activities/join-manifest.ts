import type { Shop } from '../contracts/shop';
import type { ManifestKey } from '../domain/manifest/manifest';
import { mailingDay, mailingDayFrom, type MailingPlace } from '../domain/time/mailing-date';
import type { JoinAnswer } from '../domain/order/event';
import { US_FEDERAL_HOLIDAYS } from '../policies/us/holidays';
import { manifestSummaries } from '../words/manifest';
import {
  MANIFEST_DAY,
  manifestWorkflowId,
  memberJoined,
  type ManifestInput,
  type MemberNews,
} from '../workflows/messages-manifest';
import { countMembers } from './form-counts';
import { isClosed, isUnloaded } from './form-list';
import { inTime } from './in-time';
import {
  formWith,
  isMember,
  manifestAt,
  putLeaver,
  putMember,
  readEnding,
  readForms,
  refOf,
  rememberPlace,
  stayName,
  type After,
  type Place,
  type Stay,
  type Where,
} from './manifest-documents';
import type { FormProvider, Ports } from './ports';
import { ownerOf, rememberedChoice } from './purchase-documents';
import { shipFromName, shopOf, type About } from './shop-of';

/**
 * `turn` counts the parcel's joinings; `after`: a mailing date whose form was closed without it; `isLook`: it is not to join, and may
 * have: only say where it is.
 */
export type JoinInput = About & {
  package: string;
  turn?: number;
  shipmentId: string;
  trackingNumber: string;
  carrier: string;
  after?: string | undefined;
  isLook?: true;
};

const holidays = new Set(US_FEDERAL_HOLIDAYS);

/** More closed forms in a row than a parcel can have missed. */
const MOST_PLACES = 60;

const MINUTE_MS = 60_000;
/** So long before the cut-off people are told what will not make it; a form that a person makes takes longer. */
const WARN_MS = 60 * MINUTE_MS;
const WARN_BY_HAND_MS = 120 * MINUTE_MS;

/** Whoever joins waits some seconds, and has documents to write besides. */
const TELL_WITHIN_MS = 3_000;

/** It looked, and had not joined. */
type NotThere = { kind: 'notThere' };
const NOT_THERE: NotThere = { kind: 'notThere' };

/** One attempt: which parcel, where, and with whom. */
type Join = {
  ports: Ports;
  input: JoinInput;
  stay: Stay;
  provider: FormProvider;
  where: Where;
  mailing: MailingPlace;
};

/**
 * Puts a parcel on the form of its mailing date and says which that is. Documents decide, and the manifest's workflow is only
 * told: joining again after a crash, a reset or a month finds the same date and says what became of its form.
 */
export async function joinManifest(ports: Ports, input: JoinInput): Promise<JoinAnswer | NotThere> {
  const { shop } = await shopOf(ports, input);
  const provider = await formsOfParcel(ports, shop, input);
  if (provider?.carriers.includes(input.carrier) !== true) return { kind: 'noForm' };
  const { orderId, package: parcel, turn = 1 } = input;
  const join: Join = {
    ports,
    input,
    stay: { orderId, package: parcel, turn },
    provider,
    where: { account: provider.account, shipFrom: shipFromName(shop) },
    mailing: { ...shop.shipFrom, cutoffTime: provider.cutoffTime, holidays },
  };
  let after: After | undefined = input.after === undefined ? undefined : { date: input.after };
  for (let places = 0; places < MOST_PLACES; places += 1) {
    const place = await placeFor(join, after);
    const answer = await joinAt(join, place);
    if (answer !== undefined) return answer;
    after = place;
  }
  throw new Error(`no open mailing date after ${after?.date ?? ''}`);
}

/** A parcel goes on a form of the account that sold its label; what the platform sold, on one that a person makes there. */
async function formsOfParcel(
  ports: Ports,
  shop: Shop,
  { trackingNumber }: JoinInput,
): Promise<FormProvider | undefined> {
  const { package: parcel, attempt, shopId, orderId } = (await ownerOf(ports, trackingNumber)) ?? {};
  const isOurs = parcel !== undefined && attempt !== undefined && shopId !== undefined && orderId !== undefined;
  const chosen = isOurs ? await rememberedChoice(ports, { shopId, orderId, package: parcel, attempt }) : undefined;
  if (chosen?.handle.from === 'platform') return ports.formsOf(shop, platformFormsAccount(shop));
  return ports.carrierOf(shop, chosen?.handle.account)?.forms;
}

/** Part of the ids of manifests of labels that the platform sold. */
const platformFormsAccount = ({ id }: Shop): string => `tiktok-${id}`;

/** The first place that is not closed, unless this parcel was given one before: that one stands. */
async function placeFor({ ports, input, stay, where, mailing }: Join, after: After | undefined): Promise<Place> {
  let place = nextPlace(input.at, mailing, after);
  while (await isClosed(ports, manifestAt(where, place))) place = nextPlace(input.at, mailing, place);
  return rememberPlace(ports, where, { stay, after, place });
}

/**
 * Several forms a day: before the cut-off of a date, what comes after its form was closed goes on another one of that date; then on
 * the next date's.
 */
function nextPlace(at: number, mailing: MailingPlace, after: After | undefined): Place {
  if (after === undefined) return mailingDay(at, mailing);
  const day = mailingDayFrom(at, mailing, after.date);
  return day.date === after.date ? { ...day, round: (after.round ?? 1) + 1 } : day;
}

/** Joins one place's form, or finds itself on it; undefined where that form goes without it. */
async function joinAt(join: Join, place: Place): Promise<JoinAnswer | NotThere | undefined> {
  const { ports, input, stay, where } = join;
  const key = manifestAt(where, place);
  const answer = {
    kind: 'joined',
    manifest: manifestWorkflowId(key),
    date: place.date,
    closesAt: place.closesAt,
  } as const;
  const early = await standing(ports, key, input);
  if (early !== 'open') return early && { ...answer, ...early };
  if (await isWithout(ports, key, stay)) return undefined;
  if (input.isLook === true && !(await isMember(ports, key, stay))) {
    // An attempt that was given up may still be about to join: it has left before it comes.
    await putLeaver(ports, key, { stay, at: input.at });
    return NOT_THERE;
  }
  const { shipmentId, trackingNumber, at } = input;
  await putMember(ports, key, { stay, member: { ...refOf(stay), shipmentId, trackingNumber, joinedAt: at } });
  const heard = await tellInTime(tell(join, key, place));
  if (heard === 'told') return answer;
  if (heard === 'untold') return { ...answer, untold: true };
  const late = await standing(ports, key, input);
  return late === 'open' || late === undefined ? undefined : { ...answer, ...late };
}

/** It is closing: who is not in its documents by now is not on its form, nor is who was not on the truck. */
const isWithout = async (ports: Ports, key: ManifestKey, stay: Stay): Promise<boolean> =>
  (await isClosed(ports, key)) &&
  (!(await isMember(ports, key, stay)) || (await isUnloaded(ports, key, stayName(stay))));

/** Which form a parcel is on; undefined where the date is over without it; `open` where nothing is settled. */
async function standing(
  ports: Ports,
  key: ManifestKey,
  { trackingNumber }: JoinInput,
): Promise<{ form: string; formedAt: number } | undefined | 'open'> {
  const forms = await readForms(ports, key);
  if (forms.length === 0) return (await readEnding(ports, key)) === undefined ? 'open' : undefined;
  const form = formWith(forms, trackingNumber);
  return form === undefined ? undefined : { form: form.formId, formedAt: form.madeAt };
}

/**
 * From here on the parcel is a member, so its order must learn where: without that it could not leave. A manifest that could not
 * be told, or not before this attempt is given up, is told when the order joins again.
 */
async function tellInTime(work: Promise<'told' | 'over'>): Promise<'told' | 'over' | 'untold'> {
  return (await inTime(work, TELL_WITHIN_MS).catch(() => undefined)) ?? 'untold';
}

async function tell(
  { ports, input, provider: { byHand } }: Join,
  key: ManifestKey,
  { closesAt, asksAt }: Place,
): Promise<'told' | 'over'> {
  const { shopId, orderId, package: parcel, at } = input;
  const news: MemberNews = { orderId, package: parcel, at, ...(await countMembers(ports, key)) };
  const warnAt = closesAt - (byHand === undefined ? WARN_MS : WARN_BY_HAND_MS);
  return ports.neighbours.tell({
    workflowType: MANIFEST_DAY,
    workflowId: manifestWorkflowId(key),
    shopId,
    at,
    input: {
      ...key,
      shopId,
      closesAt,
      asksAt,
      edition: 2,
      warnAt,
      ...(byHand === undefined ? {} : { byHand }),
    } satisfies ManifestInput,
    signal: memberJoined,
    payload: news,
    summary: manifestSummaries.manifest(key.date, key.shipFrom),
  });
}
