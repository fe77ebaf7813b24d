import { sha256Of, type HashedPiece } from '../contracts/pack';
import type { AppealOpening, CaseMember } from '../domain/appeal/appeal';
import { claimKey } from '../workflows/messages-appeal';
import { listMembers, readCaseMembers, readClaim, readParcel, type CaseRef } from './case-documents';
import { inTurns } from './form-io';
import type { Ports } from './ports';

/** A parcel that a pack is about. Instants are epoch milliseconds. */
export type PackParcel = CaseMember & {
  opening: AppealOpening;
  limitBroken?: { deadline: string; at: number };
  movedAt?: number;
};

/** `known`: how many parcels the case has, where not all are listed. */
export type Parcels = { parcels: PackParcel[]; known: number; isClaim: boolean; pieces: HashedPiece[] };

/** What a pack lists before it is settled what is claimed: the largest desk takes no more. */
const MOST_UNSETTLED = 100;

type Wish = CaseRef & {
  opening: AppealOpening;
  limitBroken?: { deadline: string; at: number };
  movedAt?: number;
};

/** Whom a case is about: what it claims, once that is settled; before, whoever is in it. */
export async function parcelsOf(ports: Ports, wish: Wish): Promise<Parcels> {
  const ref = { shopId: wish.shopId, caseKey: wish.caseKey };
  const claim = await readClaim(ports, ref);
  if (claim === undefined) return unsettled(ports, ref, wish);
  const parcels = await inTurns(claim.members, async ({ orderId, package: parcel, limitBroken }) => {
    const kept = await readParcel(ports, ref, { orderId, package: parcel });
    return { opening: wish.opening, ...kept, orderId, package: parcel, limitBroken };
  });
  return { parcels: parcels.map(plain), known: parcels.length, isClaim: true, pieces: await claimPieces(ports, ref) };
}

async function claimPieces({ documents }: Ports, ref: CaseRef): Promise<HashedPiece[]> {
  const key = claimKey(ref);
  const text = await documents.get(key);
  return text === undefined ? [] : [{ name: 'claim', kind: 'document', key, sha256: await sha256Of(text) }];
}

async function unsettled(ports: Ports, ref: CaseRef, wish: Wish): Promise<Parcels> {
  const { opening, limitBroken, movedAt } = wish;
  const found = await readCaseMembers(ports, ref, MOST_UNSETTLED);
  if (found.length > 0) {
    const known = found.length < MOST_UNSETTLED ? found.length : (await listMembers(ports, ref)).length;
    return { parcels: found.map(plain), known, isClaim: false, pieces: [] };
  }
  const only = {
    ...{ orderId: opening.orderId, package: opening.package, opening },
    ...(limitBroken === undefined ? {} : { limitBroken }),
    ...(movedAt === undefined ? {} : { movedAt }),
  };
  return { parcels: [only], known: 1, isClaim: false, pieces: [] };
}

/** Without what the case alone goes by. */
const plain = ({ orderId, package: parcel, opening, limitBroken, movedAt }: PackParcel): PackParcel => ({
  ...{ orderId, package: parcel, opening },
  ...(limitBroken === undefined ? {} : { limitBroken: { deadline: limitBroken.deadline, at: limitBroken.at } }),
  ...(movedAt === undefined ? {} : { movedAt }),
});
