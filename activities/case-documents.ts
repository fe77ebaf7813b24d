import { z } from 'zod';
import type { AppealNews, AppealOpening, CaseMember } from '../domain/appeal/appeal';
import {
  appealFolder,
  caseMemberKey,
  caseMemberOf,
  caseMembersFolder,
  claimKey,
  type CaseKind,
} from '../workflows/messages-appeal';
import { inTurns, readAs } from './form-io';
import type { Ports } from './ports';

/** The documents of an appeal case: what each of its parcels lived through, and what is claimed. */

type Documents = Pick<Ports, 'documents'>;

export type CaseRef = { shopId: string; caseKey: string };

/** One parcel of a case, by its documents. Instants are epoch milliseconds. */
export type CaseParcel = CaseMember & {
  opening: AppealOpening;
  limitBroken?: BrokenLimit;
  movedAt?: number;
  overAt?: number;
};

export type BrokenLimit = { deadline: string; at: number };

const Opening = z.object({
  shopId: z.string(),
  orderId: z.string(),
  package: z.string(),
  trackingNumber: z.string(),
  carrier: z.string(),
  policySet: z.string(),
  manifest: z.string(),
  formId: z.string(),
  scannedAt: z.number().exactOptional(),
  scanBy: z.literal('carrier').exactOptional(),
  stalledAt: z.number(),
  cause: z.enum(['cancelled', 'lost', 'notCollected']).exactOptional(),
});
const Opened = z.object({ at: z.number(), opening: Opening });
const Broken = z.object({ at: z.number(), deadline: z.string() });
const At = z.object({ at: z.number() });

const Claim = z.object({
  settledAt: z.number(),
  members: z.array(z.object({ orderId: z.string(), package: z.string(), limitBroken: Broken })),
});
export type Claim = z.infer<typeof Claim>;

export const memberName = ({ orderId, package: parcel }: CaseMember): string => `${orderId}-${parcel}`;

/** Writes down what an order told. Each kind stands as it was told first. */
export async function putNews(
  { documents }: Documents,
  ref: CaseRef,
  { parcel, news }: { parcel: CaseMember; news: readonly AppealNews[] },
): Promise<void> {
  // That it was opened comes last: who has that has all of it.
  for (const { kind, ...told } of [...news].sort((a, b) => Number(a.kind === 'opened') - Number(b.kind === 'opened'))) {
    await documents.putIfAbsent(caseMemberKey(ref, parcel, kind), JSON.stringify(told));
  }
}

/** What is kept of a parcel in one case, for the case that it goes on in. */
export async function readNews(ports: Documents, ref: CaseRef, parcel: CaseMember): Promise<AppealNews[]> {
  const [opened, broken, moved, over] = await Promise.all([
    readAs(ports, caseMemberKey(ref, parcel, 'opened'), Opened),
    readAs(ports, caseMemberKey(ref, parcel, 'limitBroken'), Broken),
    readAs(ports, caseMemberKey(ref, parcel, 'moved'), At),
    readAs(ports, caseMemberKey(ref, parcel, 'over'), At),
  ]);
  return [
    ...(opened === undefined ? [] : [{ kind: 'opened' as const, ...opened }]),
    ...(broken === undefined ? [] : [{ kind: 'limitBroken' as const, ...broken }]),
    ...(moved === undefined ? [] : [{ kind: 'moved' as const, ...moved }]),
    ...(over === undefined ? [] : [{ kind: 'over' as const, ...over }]),
  ];
}

/** Who is in a case, by name, each with the kinds that are known: one listing, whatever their number. Sorted by name. */
export async function listMembers(
  { documents }: Documents,
  ref: CaseRef,
): Promise<(CaseMember & { kinds: CaseKind[] })[]> {
  const byName = new Map<string, CaseMember & { kinds: CaseKind[] }>();
  for (const key of await documents.list(caseMembersFolder(ref))) {
    const found = caseMemberOf(key);
    if (found === undefined) continue;
    const { kind, ...parcel } = found;
    const known = byName.get(memberName(parcel)) ?? { ...parcel, kinds: [] };
    known.kinds.push(kind);
    byName.set(memberName(parcel), known);
  }
  // One of which no more is known than that something happened to it is being told of: its opening comes.
  return [...byName.values()].filter(({ kinds }) => kinds.includes('opened'));
}

export async function readParcel(ports: Documents, ref: CaseRef, parcel: CaseMember): Promise<CaseParcel | undefined> {
  const news = await readNews(ports, ref, parcel);
  const opened = news.find((one) => one.kind === 'opened');
  if (opened === undefined) return undefined;
  const broken = news.find((one) => one.kind === 'limitBroken');
  const moved = news.find((one) => one.kind === 'moved');
  const over = news.find((one) => one.kind === 'over');
  return {
    orderId: parcel.orderId,
    package: parcel.package,
    opening: opened.opening,
    ...(broken === undefined ? {} : { limitBroken: { deadline: broken.deadline, at: broken.at } }),
    ...(moved === undefined ? {} : { movedAt: moved.at }),
    ...(over === undefined ? {} : { overAt: over.at }),
  };
}

/**
 * The parcels of a case with all that is known of them, in the order of their names.
 * @param most Not more than these: a form may have thousands.
 */
export async function readCaseMembers(ports: Documents, ref: CaseRef, most = Infinity): Promise<CaseParcel[]> {
  const members = (await listMembers(ports, ref)).slice(0, most);
  const found = await inTurns(members, (parcel) => readParcel(ports, ref, parcel));
  return found.flatMap((parcel) => parcel ?? []);
}

/**
 * Whether a parcel lost by the carrier's silence: its limit broke, and it had not moved and was not over before. All by the true
 * instants, whatever was told first. That it moved is what the case of one shows that was cancelled on its way.
 */
export function isLost({ opening, limitBroken, movedAt = Infinity, overAt = Infinity }: CaseParcel): boolean {
  if (limitBroken === undefined) return false;
  return opening.cause === 'cancelled' || Math.min(movedAt, overAt) >= limitBroken.at;
}

/** Whether more can come of it. */
export const isDecided = ({ limitBroken, movedAt, overAt }: CaseParcel): boolean =>
  limitBroken !== undefined || movedAt !== undefined || overAt !== undefined;

/** The claim as it was written; undefined before. */
export const readWrittenClaim = (ports: Documents, ref: CaseRef): Promise<Claim | undefined> =>
  readAs(ports, claimKey(ref), Claim);

/** Writes what is claimed, unless it stands there; what stands there then. */
export async function settleWritten(ports: Documents, ref: CaseRef, claim: Claim): Promise<Claim> {
  await ports.documents.putIfAbsent(claimKey(ref), JSON.stringify(claim));
  return (await readWrittenClaim(ports, ref)) ?? claim;
}

/** What is claimed: as it was written, without those of whom it was heard later that they had lost nothing. */
export async function readClaim(ports: Documents, ref: CaseRef): Promise<Claim | undefined> {
  const claim = await readWrittenClaim(ports, ref);
  if (claim === undefined) return undefined;
  const members = await inTurns(claim.members, async (member) => {
    const parcel = await readParcel(ports, ref, member);
    return parcel === undefined || isLost(parcel) ? [member] : [];
  });
  return { ...claim, members: members.flat() };
}

/** Who rang last, until somebody has looked; and whose ring has reached the case. */
const Ring = z.object({ by: z.string(), at: z.number() });
type Ring = z.infer<typeof Ring>;
const ringKey = (ref: CaseRef): string => `${appealFolder(ref)}/pinged`;
const heardKey = (ref: CaseRef): string => `${appealFolder(ref)}/pinged-heard`;
/** After so long nobody looked, and it is rung again whatever stands there. */
const UNHEARD_MS = 10 * 60_000;

/**
 * Whether a parcel's news have to be told: not where another's ring has reached the case and nobody has looked since, so that
 * thousands who stall at one instant cost a case a few messages and not thousands. A ring of which it is not known that it
 * reached the case silences nobody: whoever rang may have died over it.
 */
export async function mustRing(ports: Documents, ref: CaseRef, ring: Ring): Promise<boolean> {
  if (await ports.documents.putIfAbsent(ringKey(ref), JSON.stringify(ring))) return true;
  const other = await readAs(ports, ringKey(ref), Ring);
  // An attempt that died between the two rings again.
  if (other === undefined || other.by === ring.by || ring.at - other.at > UNHEARD_MS) return true;
  const heard = await readAs(ports, heardKey(ref), Ring);
  return heard?.by !== other.by || heard.at !== other.at;
}

/** The case has the message: until it looks nobody else needs to send one. */
export async function noteHeard({ documents }: Documents, ref: CaseRef, ring: Ring): Promise<void> {
  await documents.putIfAbsent(heardKey(ref), JSON.stringify(ring));
}

/** Before it is looked: what is written after this rings again. */
export async function answerRing({ documents }: Documents, ref: CaseRef): Promise<void> {
  await documents.remove(heardKey(ref));
  await documents.remove(ringKey(ref));
}
