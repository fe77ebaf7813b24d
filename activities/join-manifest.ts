import type { Shop } from '../contracts/shop';
import type { ManifestKey } from '../domain/manifest/manifest';
import { mailingDay, type MailingDay, type MailingPlace } from '../domain/time/mailing-date';
import { US_FEDERAL_HOLIDAYS } from '../policies/us/holidays';
import { manifestSummaries } from '../words/manifest';
import {
  MANIFEST_DAY,
  manifestWorkflowId,
  memberJoined,
  type ManifestInput,
  type MemberNews,
} from '../workflows/messages-manifest';
import {
  countMembers,
  isClosed,
  isMember,
  putMember,
  readEnding,
  readForm,
  refOf,
  rememberPlace,
  type Stay,
} from './manifest-documents';
import type { FormProvider, Ports } from './ports';
import { ownerOf, rememberedChoice } from './purchase-documents';
import { shipFromName, shopOf, type About } from './shop-of';

/** `turn` counts the parcel's joinings; `after`: a mailing date whose form was closed without it. */
export type JoinInput = About & {
  package: string;
  turn?: number;
  shipmentId: string;
  trackingNumber: string;
  carrier: string;
  after?: string | undefined;
};

/** `form` and `formedAt`: the form that it is on already. `untold`: nobody makes that form yet; join again soon. */
export type JoinAnswer =
  | {
      kind: 'joined';
      manifest: string;
      date: string;
      closesAt: number;
      form?: string;
      formedAt?: number;
      untold?: true;
    }
  | { kind: 'noForm' };

const holidays = new Set(US_FEDERAL_HOLIDAYS);

/** More closed dates in a row than a parcel can have missed. */
const MOST_DATES = 60;

/** Orders give an attempt 5 s. */
const TELL_WITHIN_MS = 3_000;

/** One attempt: which parcel, where, and with whom. */
type Join = { ports: Ports; input: JoinInput; stay: Stay; where: Omit<ManifestKey, 'date'>; mailing: MailingPlace };

/**
 * Puts a parcel on the form of its mailing date and says which that is. Documents decide, and the manifest's workflow is only
 * told: joining again after a crash, a reset or a month finds the same date and says what became of its form.
 */
export async function joinManifest(ports: Ports, input: JoinInput): Promise<JoinAnswer> {
  const { shop } = await shopOf(ports, input);
  const provider = await formsOfParcel(ports, shop, input);
  if (provider?.carriers.includes(input.carrier) !== true) return { kind: 'noForm' };
  const { orderId, package: parcel, turn = 1 } = input;
  const join: Join = {
    ports,
    input,
    stay: { orderId, package: parcel, turn },
    where: { account: provider.account, shipFrom: shipFromName(shop) },
    mailing: { ...shop.shipFrom, cutoffTime: provider.cutoffTime, holidays },
  };
  let { after } = input;
  for (let dates = 0; dates < MOST_DATES; dates += 1) {
    const place = await placeFor(join, after);
    const answer = await joinAt(join, place);
    if (answer !== undefined) return answer;
    after = place.date;
  }
  throw new Error(`no open mailing date after ${after ?? ''}`);
}

/** A parcel goes on a form of the account that sold its label. */
async function formsOfParcel(
  ports: Ports,
  shop: Shop,
  { trackingNumber }: JoinInput,
): Promise<FormProvider | undefined> {
  const { package: parcel, attempt, shopId, orderId } = (await ownerOf(ports, trackingNumber)) ?? {};
  const isOurs = parcel !== undefined && attempt !== undefined && shopId !== undefined && orderId !== undefined;
  const chosen = isOurs ? await rememberedChoice(ports, { shopId, orderId, package: parcel, attempt }) : undefined;
  return chosen?.handle.from === 'platform' ? undefined : ports.carrierOf(shop, chosen?.handle.account)?.forms;
}

/** The first date that is not closed, unless this parcel was given one before: that one stands. */
async function placeFor({ ports, input, stay, where, mailing }: Join, after: string | undefined): Promise<MailingDay> {
  let place = mailingDay(input.at, mailing, after);
  while (await isClosed(ports, { ...where, date: place.date })) place = mailingDay(input.at, mailing, place.date);
  return rememberPlace(ports, where, { stay, after, place });
}

/** Joins one date's form, or finds itself on it; undefined where that form goes without it. */
async function joinAt({ ports, input, stay, where }: Join, place: MailingDay): Promise<JoinAnswer | undefined> {
  const key = { ...where, date: place.date };
  const answer = {
    kind: 'joined',
    manifest: manifestWorkflowId(key),
    date: place.date,
    closesAt: place.closesAt,
  } as const;
  const early = await standing(ports, key, input);
  if (early !== 'open') return early && { ...answer, ...early };
  // It is closing: who is not in its documents by now is not on its form.
  if ((await isClosed(ports, key)) && !(await isMember(ports, key, stay))) return undefined;
  const { shipmentId, trackingNumber, at } = input;
  await putMember(ports, key, { stay, member: { ...refOf(stay), shipmentId, trackingNumber, joinedAt: at } });
  const heard = await tellInTime(() => tell(ports, input, { key, place }));
  if (heard === 'told') return answer;
  if (heard === 'untold') return { ...answer, untold: true };
  const late = await standing(ports, key, input);
  return late === 'open' || late === undefined ? undefined : { ...answer, ...late };
}

/** Which form a parcel is on; undefined where the date is over without it; `open` where nothing is settled. */
async function standing(
  ports: Ports,
  key: ManifestKey,
  { trackingNumber }: JoinInput,
): Promise<{ form: string; formedAt: number } | undefined | 'open'> {
  const form = await readForm(ports, key);
  if (form === undefined) return (await readEnding(ports, key)) === undefined ? 'open' : undefined;
  const isOn = form.members.some((member) => member.trackingNumber === trackingNumber);
  return isOn ? { form: form.formId, formedAt: form.madeAt } : undefined;
}

/**
 * From here on the parcel is a member, so its order must learn where: without that it could not leave. A manifest that could not
 * be told, or not before this attempt is given up, is told when the order joins again.
 */
async function tellInTime(work: () => Promise<'told' | 'over'>): Promise<'told' | 'over' | 'untold'> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<'untold'>((resolve) => {
    timer = setTimeout(() => resolve('untold'), TELL_WITHIN_MS);
  });
  try {
    return await Promise.race([work(), tooLate]);
  } catch {
    return 'untold';
  } finally {
    clearTimeout(timer);
  }
}

async function tell(
  ports: Ports,
  { shopId, orderId, package: parcel, at }: JoinInput,
  { key, place: { closesAt, asksAt } }: { key: ManifestKey; place: MailingDay },
): Promise<'told' | 'over'> {
  const news: MemberNews = { orderId, package: parcel, at, ...(await countMembers(ports, key)) };
  return ports.neighbours.tell({
    workflowType: MANIFEST_DAY,
    workflowId: manifestWorkflowId(key),
    shopId,
    at,
    input: { ...key, shopId, closesAt, asksAt } satisfies ManifestInput,
    signal: memberJoined,
    payload: news,
    summary: manifestSummaries.manifest(key.date, key.shipFrom),
  });
}
