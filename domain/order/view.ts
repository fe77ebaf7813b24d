import { attentionSentence, flagSentences, nextStep, pageWords, timelineSentence } from '../../words/order';
import { nextDeadline, nextWake } from './agenda';
import { holdEndsAt } from './look';
import { dueAt, type Deadline, type DeadlineName } from './facts';
import { isTerminal } from './phase';
import { isMoneyUnknown } from './possession';
import type { OrderState } from './state';

/** A deadline as people and programs read it. `met` is null while it is open, and for ever when an end made it moot. */
export type DeadlineView = {
  name: DeadlineName;
  at: string;
  /** The same instant as people of the rule's zone say it. */
  local: string;
  platformAt: string | null;
  rule: string;
  source: string;
  severity: Deadline['severity'];
  provisional: boolean;
  workBy: string;
  met: boolean | null;
  metAt: string | null;
};

/** One order as the query `orderState` tells it: instants as ISO 8601 in UTC. */
export type OrderView = {
  shopId: string;
  orderId: string;
  phase: string;
  /** When each phase was entered. */
  phases: { phase: string; at: string }[];
  outcome: string | null;
  /** When the buyer ordered: every clock starts there. */
  createdAt: string | null;
  /** On the buyer's hold: until when. */
  holdEndsAt: string | null;
  platformStatus: string | null;
  heldBy: string | null;
  policy: { set: string; version: string; tzdata: string } | null;
  agenda: DeadlineView[];
  /** Epoch milliseconds of the next thing the order does by itself: what its one timer is armed for. */
  nextWakeAt: number | null;
  /** The day on which it should leave, by the ship-from's cut-off. */
  shipOn: string | null;
  flags: string[];
  /** How and when it is to be handed over, as a person planned it. */
  handover: { method: string | null; at: string | null } | null;
  packages: OrderState['packages'];
  /** The workflows that it speaks to, by id. */
  neighbours: string[];
  underWay: string[];
  /** How many notices of the platform and the carrier were taken in. */
  heard: number;
  /** What people should do, as sentences, the most pressing last. */
  toDo: string[];
  attention: { kind: string; at: string; sentence: string }[];
  timeline: { at: string; what: string; sentence: string }[];
};

const iso = (at: number): string => new Date(at).toISOString();

const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : iso(at));

/** Met strictly before its instant: true; after it, or never once it has passed: false; otherwise not decided. */
function isMet(state: OrderState, deadline: Deadline): boolean | null {
  const metAt = state.met[deadline.name];
  if (metAt !== undefined) return metAt < dueAt(deadline);
  return state.fired.includes(deadline.name) ? false : null;
}

const deadlineView = (state: OrderState, deadline: Deadline): DeadlineView => ({
  name: deadline.name,
  at: iso(deadline.at),
  local: deadline.local,
  platformAt: isoOrNull(deadline.platformAt),
  rule: deadline.rule,
  source: deadline.source,
  severity: deadline.severity,
  provisional: deadline.provisional,
  workBy: iso(deadline.workBy),
  met: isMet(state, deadline),
  metAt: isoOrNull(state.met[deadline.name]),
});

/** What became of each deadline, in the shortest form: for the dossier. */
export const deadlineOutcomes = (state: OrderState): (string | number | boolean | null)[][] =>
  (state.plan?.deadlines ?? []).map((deadline) => [
    deadline.name,
    dueAt(deadline),
    isMet(state, deadline),
    state.met[deadline.name] ?? null,
  ]);

/** The deadlines of an order with what became of them. */
export const deadlineViews = (state: OrderState): DeadlineView[] =>
  (state.plan?.deadlines ?? []).map((deadline) => deadlineView(state, deadline));

const beginningOf = (state: OrderState): Pick<OrderView, 'createdAt' | 'holdEndsAt'> => ({
  createdAt: isoOrNull(state.facts?.createdAt),
  holdEndsAt: state.phase === 'onHold' && state.plan !== undefined ? iso(holdEndsAt(state)) : null,
});

export function viewOf(state: OrderState): OrderView {
  const { plan } = state;
  return {
    shopId: state.shopId,
    orderId: state.orderId,
    phase: state.phase,
    phases: state.phases.map(({ phase, at }) => ({ phase, at: iso(at) })),
    outcome: state.ended?.outcome ?? null,
    ...beginningOf(state),
    platformStatus: state.facts?.status ?? null,
    heldBy: state.heldBy ?? null,
    policy: plan ? { set: plan.policySet, version: plan.policyVersion, tzdata: plan.tzdata } : null,
    agenda: deadlineViews(state),
    nextWakeAt: nextWake(state)?.at ?? null,
    ...plannedViews(state),
    packages: state.packages,
    neighbours: neighboursOf(state),
    underWay: Object.keys(state.outstanding),
    heard: state.heard,
    toDo: toDoOf(state),
    attention: state.attention.map(({ kind, at, about }) => ({
      kind,
      at: iso(at),
      sentence: attentionSentence(kind, about),
    })),
    timeline: timelineViews(state),
  };
}

function plannedViews({ plan, handover }: OrderState): Pick<OrderView, 'shipOn' | 'flags' | 'handover'> {
  return {
    shipOn: plan?.shipOn ?? null,
    flags: plan?.flags ?? [],
    handover: handover ? { method: handover.method ?? null, at: isoOrNull(handover.at) } : null,
  };
}

function neighboursOf({ shopId, orderId, packages, alerted, tellings }: OrderState): string[] {
  const ofParcels = Object.entries(packages).flatMap(([key, { manifest, appeal }]) => [
    ...(manifest.id === undefined ? [] : [manifest.id]),
    ...(appeal === undefined || appeal.told.length === 0
      ? []
      : [`appeal:${shopId}:${appeal.caseKey ?? `${orderId}-${key}`}`]),
  ]);
  return alerted.length + tellings === 0 ? ofParcels : [...ofParcels, `alerts:${shopId}`];
}

const moneyLines = ({ packages }: OrderState): string[] =>
  Object.values(packages).some(isMoneyUnknown) ? [pageWords.mayBePaid] : [];

function toDoOf(state: OrderState): string[] {
  const odd = (state.plan?.flags ?? []).map((flag) => flagSentences[flag] ?? flag);
  const asked = [
    ...odd,
    ...moneyLines(state),
    ...state.attention.map(({ kind, about }) => attentionSentence(kind, about)),
  ];
  if (state.heldBy !== undefined) return [...asked, pageWords.held(state.heldBy)];
  if (isTerminal(state.phase) || state.facts?.cancelRequested === true) return asked;
  if (state.facts?.fulfilledBy === 'platform') return [...asked, pageWords.watched];
  const next = nextToDo(state);
  return next === undefined ? asked : [...asked, next];
}

/** What a person should do next, or what is waited for. */
function nextToDo(state: OrderState): string | undefined {
  if (state.phase !== 'toPack') return nextStep(state.phase);
  if (state.mode === 'watch') return pageWords.onlyWatched;
  const isPacked = Object.values(state.packages).every(({ packedAt }) => packedAt !== undefined);
  return isPacked ? pageWords.packed : nextStep(state.phase);
}

/** The story in the order of the events' own times. */
const timelineViews = (state: OrderState): OrderView['timeline'] =>
  [...state.timeline]
    .sort((a, b) => a.at - b.at)
    .map(({ at, what, about }) => ({ at: iso(at), what, sentence: timelineSentence(what, about) }));

function metWord(state: OrderState, deadline: Deadline): string {
  const met = isMet(state, deadline);
  if (met === null) return pageWords.open;
  if (met) return pageWords.met;
  return state.met[deadline.name] === undefined ? pageWords.missed : pageWords.late;
}

/** What the platform names is what is due; ours stands beside it. */
/** When a deadline is due, for people: the platform's instant first where it names one of its own. */
export const whenOf = ({ local, at, platformAt }: Deadline): string =>
  platformAt === undefined || platformAt === at ? local : pageWords.both(iso(platformAt), local);

/** The order as a page of Markdown: what to do first, then its deadlines, then its story. */
export function pageOf(state: OrderState): string {
  const next = isTerminal(state.phase) ? undefined : nextDeadline(state);
  const toDo = toDoOf(state).map((sentence) => `- ${sentence}`);
  const rows = (state.plan?.deadlines ?? []).map(
    (deadline) =>
      `| ${deadline.name} | ${whenOf(deadline)} | ${deadline.rule} | ${iso(deadline.workBy)} | ${metWord(state, deadline)} |`,
  );
  return [
    pageWords.title(state.orderId, state.phase),
    ...(next ? [pageWords.next(next.name, whenOf(next), next.rule)] : []),
    [pageWords.toDo, ...(toDo.length > 0 ? toDo : [pageWords.nothingToDo])].join('\n'),
    [pageWords.tableHead, ...rows].join('\n'),
    [pageWords.timeline, ...timelineViews(state).map(({ at, sentence }) => `- ${at} ${sentence}`)].join('\n'),
  ].join('\n\n');
}
