import { heartbeat } from '@temporalio/activity';
import type { AppealStatus, CaseMember } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import {
  answerRing,
  isDecided,
  isLost,
  listMembers,
  memberName,
  readCaseMembers,
  readWrittenClaim,
  settleWritten,
  type BrokenLimit,
  type CaseParcel,
  type Claim,
} from './case-documents';
import {
  bringAlong,
  firstOpen,
  formCase,
  formOfCaseKey,
  moveOn,
  newestCaseOf,
  notify,
  ping,
} from './case-documents-places';
import { inTurns } from './form-io';
import type { Ports } from './ports';
import { shopOf, type About } from './shop-of';

/** `scannedAt`: when the form was scanned, as the evidence has it. `again`: it was settled before, and somebody came since. */
type Input = About & { caseKey: string; scannedAt?: number; again?: boolean };

/**
 * How many orders a person files at once. No limit of Seller Center's own page is published; it asks for a list of order ids, and
 * an appeal is judged order by order.
 */
const MOST_BY_HAND = 100;

type Lost = CaseParcel & { limitBroken: BrokenLimit };

/**
 * Settles what a case claims, once: the parcels whose limit broke and who had not moved before it. Who lost nothing hears that;
 * who is left out goes on in a next case, with all that is known of it. Asked again, it takes care of who came since.
 */
export async function settleClaim(ports: Ports, input: Input): Promise<AppealAnswer> {
  const ref = { shopId: input.shopId, caseKey: input.caseKey };
  await answerRing(ports, ref);
  const parcels = await readCaseMembers(ports, ref);
  const claim = (await readWrittenClaim(ports, ref)) ?? (await writeClaim(ports, input, parcels));
  const claimed = new Set(claim.members.map(memberName));
  const others = parcels.filter((parcel) => !claimed.has(memberName(parcel)));
  // A case that claims nothing is over, and so is the wait of everybody in it.
  const goOn = claim.members.length === 0 ? [] : others.filter((parcel) => isLost(parcel) || !isDecided(parcel));
  const spared = others.filter((parcel) => !goOn.includes(parcel));
  if (input.again !== true) await tellAll(ports, input, { status: 'unfiled', parcels: spared });
  if (goOn.length > 0) await sendOn(ports, input, goOn);
  const [first] = claim.members;
  return {
    kind: 'settled',
    members: claim.members.length,
    leftOut: goOn.length,
    spared: spared.length,
    ...(first === undefined ? {} : { limitBroken: first.limitBroken }),
  };
}

/** The earliest limit first: it is the one that the window counts from. */
async function writeClaim(ports: Ports, input: Input, parcels: readonly CaseParcel[]): Promise<Claim> {
  const lost = byLimit(parcels.filter(hasLost));
  const inTime = lost.filter((parcel) => !isLate(parcel, input.scannedAt));
  const chosen = (inTime.length > 0 ? inTime : lost).slice(0, await mostOrders(ports, input));
  return settleWritten(ports, input, {
    settledAt: input.at,
    members: chosen.map(({ orderId, package: parcel, limitBroken }) => ({ orderId, package: parcel, limitBroken })),
  });
}

const hasLost = (parcel: CaseParcel): parcel is Lost => parcel.limitBroken !== undefined && isLost(parcel);

const byLimit = (lost: readonly Lost[]): Lost[] => [...lost].sort((a, b) => a.limitBroken.at - b.limitBroken.at);

/** What was scanned only after its limit is the seller's own delay: it must not weaken the claim of the others. */
const isLate = ({ opening, limitBroken }: Lost, scannedAt = opening.scannedAt): boolean =>
  scannedAt !== undefined && scannedAt >= limitBroken.at;

async function mostOrders(ports: Ports, input: Input): Promise<number> {
  const { shop } = await shopOf(ports, input);
  return ports.appealDeskOf(shop)?.mostOrders ?? MOST_BY_HAND;
}

/** Parcels that are told of between two heartbeats. */
const BATCH = 200;

async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += BATCH) {
    await inTurns(items.slice(from, from + BATCH), work);
    heartbeat(from + BATCH);
  }
}

type News = { status: AppealStatus; parcels: readonly CaseMember[] };

const tellAll = (ports: Ports, { shopId, caseKey, at }: Input, { status, parcels }: News): Promise<void> =>
  inBatches(parcels, async (parcel) => {
    await notify(ports, shopId, { parcel, notice: { caseKey, status, at } });
  });

/**
 * Each goes to one case and no further: thousands who are too many for one claim are dealt out at once, as many to each as it
 * takes, and not sent through all of them. Of whom nothing is known yet is behind those whose claim can be settled. A case is rung
 * only where somebody went: one that nobody is in would wait for nobody.
 */
async function sendOn(ports: Ports, input: Input, parcels: readonly CaseParcel[]): Promise<void> {
  const form = formOfCaseKey(input.caseKey);
  // A case of one has nobody to leave out.
  if (form === undefined) return;
  const from = { shopId: input.shopId, formId: form.formId, number: form.number };
  const { here, gone, toRing } = await whereTheyAre(ports, from, parcels);
  let number = form.number;
  for (const group of await groupsOf(ports, input, here)) {
    number = await firstOpen(ports, from, number + 1);
    await sendGroup(ports, input, { group, from, to: number, toRing });
  }
  await sendGroup(ports, input, { group: gone, from, to: number, toRing });
  for (const [to, by] of toRing) {
    const news = { kind: 'opened' as const, at: input.at, opening: by.opening };
    await ping(ports, formCase(from, to), { by, at: input.at, news });
  }
}

type Whereabouts = {
  /** Who is still in this case. */
  here: CaseParcel[];
  /** Who was sent on by an attempt that died before all of it was there. */
  gone: CaseParcel[];
  /** The cases that somebody went to, each with one of them. */
  toRing: Map<number, CaseParcel>;
};

/** Who went on with all that is known has heard of it: it would tell its next case everything again. */
async function whereTheyAre(ports: Ports, from: From, parcels: readonly CaseParcel[]): Promise<Whereabouts> {
  const found: Whereabouts = { here: [], gone: [], toRing: new Map() };
  const there = new Map<number, Set<string>>();
  const numbers = await inTurns(parcels, (parcel) => newestCaseOf(ports, from, parcel));
  for (const [index, parcel] of parcels.entries()) {
    const number = numbers[index] ?? from.number;
    if (number === from.number) {
      found.here.push(parcel);
      continue;
    }
    found.toRing.set(number, parcel);
    const names = there.get(number) ?? new Set((await listMembers(ports, formCase(from, number))).map(memberName));
    there.set(number, names);
    if (!names.has(memberName(parcel))) found.gone.push(parcel);
  }
  return found;
}

async function groupsOf(ports: Ports, input: Input, parcels: readonly CaseParcel[]): Promise<CaseParcel[][]> {
  const most = await mostOrders(ports, input);
  const lost = byLimit(parcels.filter(hasLost));
  const kinds = [
    lost.filter((parcel) => !isLate(parcel, input.scannedAt)),
    lost.filter((parcel) => isLate(parcel, input.scannedAt)),
  ];
  const dealt = kinds.flatMap((kind) =>
    Array.from({ length: Math.ceil(kind.length / most) }, (_, index) => kind.slice(index * most, (index + 1) * most)),
  );
  const undecided = parcels.filter((parcel) => !isDecided(parcel));
  return undecided.length === 0 ? dealt : [...dealt, undecided];
}

type From = { shopId: string; formId: string; number: number };
type Going = Pick<Whereabouts, 'toRing'> & { group: readonly CaseParcel[]; from: From; to: number };

async function sendGroup(ports: Ports, input: Input, { group, from, to, toRing }: Going): Promise<void> {
  const { caseKey, shopId, at } = input;
  await inBatches(group, async (parcel) => {
    const number = await moveOn(ports, from, { parcel, from: from.number, to });
    // Before what is known of it is there: whose attempt died in between hears it from the next, and a repeat changes nothing.
    await notify(ports, shopId, { parcel, notice: { caseKey, status: 'nextCase', at } });
    await bringAlong(ports, from, { parcel, from: from.number, to: number });
    toRing.set(number, parcel);
  });
}
