import { createHash } from 'node:crypto';
import type { AppealOpening, CaseMember } from '../domain/appeal/appeal';
import type { AppealAnswer, Survey } from '../domain/appeal/event';
import { appealFolder, isFormCase } from '../workflows/messages-appeal';
import { manifestFolder, manifestKeyOf } from '../workflows/messages-manifest';
import {
  answerRing,
  isDecided,
  isLost,
  listMembers,
  memberName,
  readParcel,
  readWrittenClaim,
  type CaseParcel,
  type CaseRef,
} from './case-documents';
import { inTurns } from './form-io';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** A person reports a form's scan a few times at most. */
const MOST_REPORTS = 20;

/**
 * Counts what is known of a case's parcels, and marks the papers that are kept for it. All that it changes is that whoever tells
 * something from now on rings again.
 */
export async function surveyCase(
  ports: Ports,
  { shopId, caseKey }: About & { caseKey: string },
): Promise<AppealAnswer> {
  const ref = { shopId, caseKey };
  await answerRing(ports, ref);
  const members = await listMembers(ports, ref);
  // Nothing has to be read of a parcel that only stands still: it is most of them, most of the time.
  const told = members.filter(({ kinds }) => kinds.length > 1);
  const known = (await inTurns(told, (parcel) => readParcel(ports, ref, parcel))).flatMap((parcel) => parcel ?? []);
  const [first] = members;
  const opening = first === undefined ? undefined : (await readParcel(ports, ref, first))?.opening;
  const movedAt = isFormCase(caseKey) ? undefined : known[0]?.movedAt;
  return {
    kind: 'surveyed',
    ...countOf(members, known),
    ...(await claimedOf(ports, ref, known)),
    papers: await papersOf(ports, ref, opening),
    ...(movedAt === undefined ? {} : { movedAt }),
    ...(opening === undefined ? {} : { opening }),
  };
}

function countOf(members: readonly CaseMember[], known: readonly CaseParcel[]): Omit<Survey, 'papers'> {
  const lost = known.filter(isLost);
  const spared = known.filter((parcel) => isDecided(parcel) && !isLost(parcel));
  const moved = spared.filter(({ movedAt }) => movedAt !== undefined);
  const firstBroken = lost
    .flatMap(({ limitBroken }) => limitBroken ?? [])
    .reduce<Survey['firstBroken']>((first, broken) => (first && first.at <= broken.at ? first : broken), undefined);
  return {
    members: members.length,
    undecided: members.length - lost.length - spared.length,
    broken: lost.length,
    moved: moved.length,
    over: spared.length - moved.length,
    ...(firstBroken === undefined ? {} : { firstBroken }),
  };
}

/** How many of the claim have lost by all that was heard since. */
async function claimedOf(ports: Ports, ref: CaseRef, known: readonly CaseParcel[]): Promise<Pick<Survey, 'claimed'>> {
  const claim = await readWrittenClaim(ports, ref);
  if (claim === undefined) return {};
  const lost = new Set(known.filter(isLost).map(memberName));
  return { claimed: claim.members.filter((member) => lost.has(memberName(member))).length };
}

/** A mark of what people brought: the files of the form and of the case, and the reports of the form's scan. */
async function papersOf(ports: Ports, ref: CaseRef, opening: AppealOpening | undefined): Promise<string> {
  const { documents } = ports;
  const manifest = manifestKeyOf(opening?.manifest ?? '');
  const own = await documents.list(`${appealFolder(ref)}/evidence`);
  const folder = manifest === undefined ? undefined : manifestFolder(manifest);
  const papers = folder === undefined ? [] : await documents.list(`${folder}/evidence`);
  const reports = folder === undefined ? 0 : await reportsOf(ports, folder);
  return createHash('sha256')
    .update(JSON.stringify([own, papers, reports]))
    .digest('hex')
    .slice(0, 16);
}

async function reportsOf({ documents }: Ports, folder: string): Promise<number> {
  let count = 0;
  while (count < MOST_REPORTS) {
    const name = count === 0 ? 'scan' : `scan-${count + 1}`;
    if ((await documents.get(`${folder}/${name}`)) === undefined) break;
    count += 1;
  }
  return count;
}
