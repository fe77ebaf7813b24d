import { appealPage, appealSentence, appealToDo, appealWaits } from '../../words/appeal-page';
import type { AppealCause, AppealStatus, Recovered } from './appeal';
import { nextWake } from './agenda';
import { aboutOf, packKeyOf, scannedAtOf } from './claim';
import type { Responsibility, Survey } from './event';
import { settlesAt } from './settling';
import { isOfForm, type AppealState, type CaseClaim } from './state';
import { windowOf } from './windows';

/** One case as people and programs read it: instants as ISO 8601 in UTC. */
export type AppealView = {
  shopId: string;
  /** Of a case of a form: ''. */
  orderId: string;
  caseKey: string;
  status: AppealStatus;
  /** Whose parcels it is about; of a case of one, what that parcel went with. */
  form: { manifest: string; formId: string } | null;
  cause: 'stalled' | AppealCause | null;
  /** How many parcels it has, and what is known of them; `null` before they were counted. */
  parcels: ParcelCounts | null;
  /** What it claims, once that is settled. */
  claim: (Omit<CaseClaim, 'settledAt'> & { settledAt: string }) | null;
  openedAt: string | null;
  stalledAt: string | null;
  limitBroken: { deadline: string; at: string } | null;
  movedAt: string | null;
  /** The newest pack. */
  evidence: {
    key: string;
    sha256: string;
    complete: boolean;
    missing: string[];
    /** Whose fault it is by the platform's rule; `null` where that was not asked. */
    responsibility: Responsibility | null;
    /** The same as pages. */
    pdf: { key: string; sha256: string } | null;
  } | null;
  filings: {
    number: number;
    caseNumber: string;
    filedAt: string;
    outcome: 'won' | 'lost' | null;
    decidedAt: string | null;
    /** What the decision gave back. */
    recovered: Recovered | null;
    /** The pack that it was filed with. */
    evidence: { key: string; sha256: string } | null;
  }[];
  /** The last instant of the window that is open. */
  appealBy: string | null;
  /** Epoch milliseconds of the next thing that the case does by itself: what its one timer is armed for. */
  nextWakeAt: number | null;
  /** What it waits for before people have to do anything; `null` where that is not it. */
  waitsFor: string | null;
  toDo: string[];
  timeline: { at: string; sentence: string }[];
};

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : iso(at));

type ParcelCounts = Pick<Survey, 'members' | 'undecided' | 'broken' | 'moved' | 'over'>;

export function appealView(state: AppealState): AppealView {
  const { limitBroken, opening } = state;
  return {
    shopId: state.shopId,
    orderId: state.orderId,
    caseKey: state.caseKey,
    status: state.status,
    ...aboutParcels(state),
    openedAt: isoOrNull(state.openedAt),
    stalledAt: isoOrNull(opening?.stalledAt),
    limitBroken: limitBroken ? { deadline: limitBroken.deadline, at: iso(limitBroken.at) } : null,
    movedAt: isoOrNull(state.movedAt),
    evidence: evidenceOf(state),
    filings: state.filings.map(({ number, caseNumber, filedAt, outcome, decidedAt, recovered, evidence }) => ({
      number,
      caseNumber,
      filedAt: iso(filedAt),
      outcome: outcome ?? null,
      decidedAt: isoOrNull(decidedAt),
      recovered: recovered ?? null,
      evidence: evidence ?? null,
    })),
    appealBy: isoOrNull(appealBy(state)),
    nextWakeAt: nextWake(state)?.at ?? null,
    waitsFor: waitsForOf(state) ?? null,
    toDo: toDoOf(state),
    timeline: timelineOf(state),
  };
}

function evidenceOf({ evidence }: AppealState): AppealView['evidence'] {
  if (evidence === undefined) return null;
  const { key, sha256, complete, missing, responsibility, pdf } = evidence;
  return { key, sha256, complete, missing, responsibility: responsibility ?? null, pdf: pdf ?? null };
}

function aboutParcels({
  opening,
  survey,
  claim,
}: AppealState): Pick<AppealView, 'form' | 'cause' | 'parcels' | 'claim'> {
  return {
    form: opening === undefined ? null : { manifest: opening.manifest, formId: opening.formId },
    cause: opening === undefined ? null : (opening.cause ?? 'stalled'),
    parcels: survey === undefined ? null : countsOf(survey),
    claim: claim === undefined ? null : { ...claim, settledAt: iso(claim.settledAt) },
  };
}

const countsOf = ({ members, undecided, broken, moved, over }: Survey): ParcelCounts => ({
  ...{ members, undecided, broken, moved, over },
});

/** When the window ends in which something can be filed now. */
export const appealBy = ({ window, endedAt }: AppealState): number | undefined =>
  endedAt === undefined && window?.isOver !== true ? window?.endsAt : undefined;

function toDoOf(state: AppealState): string[] {
  if (state.endedAt !== undefined) return [];
  const { evidence, badMessages } = state;
  return [
    ...(badMessages > 0 ? [appealToDo.badMessages(badMessages)] : []),
    ...(evidence?.complete === false ? [appealToDo.weak(evidence.missing), ...toReport(state)] : []),
    ...toFile(state),
  ];
}

/** What a report of the manifest's scan brings. */
const REPORTED: readonly string[] = ['proof', 'formFile', 'scan'];

function toReport(state: AppealState): string[] {
  const { shopId, opening, evidence, window, limitBroken } = state;
  const isReported = evidence?.missing.some((name) => REPORTED.includes(name)) === true;
  // A parcel that went with no manifest has no scan to report.
  if (!isReported || window?.isOver === true || opening === undefined || opening.manifest === '') return [];
  // Its window opens with its claim, and counts from here.
  const broken = limitBroken === undefined ? undefined : windowOf(1, limitBroken.at).endsAt;
  const { manifest } = opening;
  return [appealToDo.report({ shopId, manifest, scannedAt: scannedAtOf(state), endsAt: appealBy(state) ?? broken })];
}

function waitsForOf(state: AppealState): string | undefined {
  const { status, byHand, graceUntil, limitBroken, edition } = state;
  if (status !== 'ready' || byHand !== undefined || graceUntil !== undefined) return undefined;
  if (limitBroken === undefined) return appealWaits.forLimit;
  const at = edition === 2 ? settlesAt(state) : undefined;
  return at === undefined ? undefined : appealWaits.forOthers(at);
}

/** What only a person can file or decide to file. */
function toFile(state: AppealState): string[] {
  const { byHand, status, window, claim, graceUntil } = state;
  if (graceUntil !== undefined && window !== undefined) return [appealToDo.recordInTime(window.endsAt, graceUntil)];
  if (byHand !== undefined) {
    return [
      appealToDo.fileByHand({
        pack: packKeyOf(state),
        why: byHand.why,
        endsAt: window?.endsAt,
        ...(claim === undefined ? {} : { orders: claim.members }),
      }),
    ];
  }
  return status === 'lost' && window !== undefined ? [appealToDo.appealAgain(window.endsAt)] : [];
}

/** The story in the order of the events' own times. */
const timelineOf = (state: AppealState): AppealView['timeline'] =>
  [...state.timeline]
    .sort((a, b) => a.at - b.at)
    .map(({ at, what, about }) => ({ at: iso(at), sentence: appealSentence(what, about) }));

const pageAbout = (state: AppealState, { formId, scannedAt }: NonNullable<AppealState['opening']>): string =>
  isOfForm(state)
    ? appealPage.aboutForm(formId, scannedAt)
    : appealPage.about({ trackingNumber: aboutOf(state), formId, scannedAt });

/** The case as a page of Markdown: what to do first, then its story. */
export function appealPageOf(state: AppealState): string {
  const { opening, evidence } = state;
  const endsAt = appealBy(state);
  const waitsFor = waitsForOf(state);
  const toDo = toDoOf(state).map((sentence) => `- ${sentence}`);
  return [
    appealPage.title(state.caseKey, state.status),
    ...(opening ? [pageAbout(state, opening)] : []),
    ...(state.survey ? [appealPage.parcels(countsOf(state.survey), state.claim)] : []),
    ...(endsAt === undefined ? [] : [appealPage.appealBy(endsAt)]),
    ...(evidence ? [appealPage.evidence(evidence.key, evidence.sha256)] : []),
    ...(waitsFor === undefined ? [] : [waitsFor]),
    [appealPage.toDo, ...(toDo.length > 0 ? toDo : [appealPage.nothingToDo])].join('\n'),
    [appealPage.timeline, ...timelineOf(state).map(({ at, sentence }) => `- ${at} ${sentence}`)].join('\n'),
  ].join('\n\n');
}
