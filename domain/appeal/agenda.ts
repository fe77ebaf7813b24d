import { fileByHandDetail } from './claim';
import { silenceFullAt, wantPack } from './packs';
import { close, enter, giveTask, remember } from './record';
import { NOTHING_BROKE_MS, settlesAt } from './settling';
import { commandId, type AppealState } from './state';
import { REMIND_BEFORE_MS, type AppealWindow } from './windows';

/** The next instant at which a case acts without being told. */
export type AppealWake = {
  at: number;
  kind:
    | 'readDecision'
    | 'remind'
    | 'windowEnds'
    | 'tryAgain'
    | 'nothingBroke'
    | 'survey'
    | 'settle'
    | 'lookAgain'
    | 'silenceFull'
    | 'graceEnds';
};

const DAY_MS = 24 * 3_600_000;

function wakes(state: AppealState): AppealWake[] {
  const { readAt, window } = state;
  const paused = Object.values(state.pausedUntil).map((at) => ({ at, kind: 'tryAgain' as const }));
  const counted = state.mustSurvey === true ? wakeAt('survey', state.surveyAt) : [];
  // A case that is over may still have to tell of it.
  if (state.endedAt !== undefined) return [...paused, ...counted];
  return [
    ...paused,
    ...counted,
    ...wakeAt('settle', settlesAt(state)),
    ...wakeAt('lookAgain', state.byHand?.lookAt),
    ...wakeAt('silenceFull', silenceFullAt(state)),
    ...wakeAt('graceEnds', state.graceUntil),
    ...(readAt === undefined ? [] : [{ at: readAt, kind: 'readDecision' as const }]),
    ...(window === undefined || window.isOver ? [] : wakesOfWindow(state, window)),
    ...wakeAt('nothingBroke', nothingBrokeAt(state)),
  ];
}

const wakeAt = (kind: AppealWake['kind'], at: number | undefined): AppealWake[] =>
  at === undefined ? [] : [{ at, kind }];

/** A case of edition 2 settles instead. */
const nothingBrokeAt = ({ edition, openedAt, limitBroken }: AppealState): number | undefined =>
  edition === 2 || openedAt === undefined || limitBroken !== undefined ? undefined : openedAt + NOTHING_BROKE_MS;

const wakesOfWindow = ({ reminded }: AppealState, { endsAt }: AppealWindow): AppealWake[] => [
  ...REMIND_BEFORE_MS.filter((before) => !reminded.includes(before)).map((before) => ({
    at: endsAt - before,
    kind: 'remind' as const,
  })),
  { at: endsAt, kind: 'windowEnds' as const },
];

/** The earliest entry: the only one that the timer is armed for. */
export const nextWake = (state: AppealState): AppealWake | undefined =>
  wakes(state).reduce<AppealWake | undefined>(
    (first, wake) => (first && first.at <= wake.at ? first : wake),
    undefined,
  );

/** Acts on every entry whose instant has come. */
export function fireDue(state: AppealState, now: number): void {
  const due = wakes(state).filter(({ at }) => at <= now);
  const isDue = (kind: AppealWake['kind']): boolean => due.some((wake) => wake.kind === kind);
  if (isDue('readDecision')) {
    delete state.readAt;
    state.mustRead = true;
  }
  if (isDue('tryAgain')) {
    state.pausedUntil = Object.fromEntries(Object.entries(state.pausedUntil).filter(([, at]) => at > now));
  }
  if (isDue('silenceFull')) wantPack(state);
  fireCounting(state, now);
  if (isDue('graceEnds')) closeWindow(state, now);
  if (isDue('windowEnds')) endWindow(state, now);
  else if (isDue('remind')) remind(state, now);
  if (isDue('nothingBroke')) {
    remember(state, { at: now, what: 'nothingBroke' });
    close(state, 'unfiled', now);
  }
}

function fireCounting(state: AppealState, now: number): void {
  if ((state.surveyAt ?? Infinity) <= now) delete state.surveyAt;
  if ((settlesAt(state) ?? Infinity) <= now) state.mustSettle = true;
  const { byHand, endedAt } = state;
  if (endedAt !== undefined || byHand?.lookAt === undefined || byHand.lookAt > now) return;
  byHand.lookAt = now + DAY_MS;
  state.mustSurvey = true;
}

/** A filing that is being made is given up and waited for: it may have been made at the last moment. */
function endWindow(state: AppealState, now: number): void {
  if (state.window === undefined) return;
  state.window.isOver = true;
  const { filing } = state.window;
  if (state.outstanding[commandId({ kind: 'fileAppeal', number: filing })] !== undefined) return;
  if (isByHand(state)) keepOpen(state, now);
  else closeWindow(state, now);
}

/** A number that was given on the last day in Seller Center is typed in on a working day after it. */
const GRACE_MS = 5 * DAY_MS;

/** Whether a person may have filed in time elsewhere without our knowing of it yet. */
const isByHand = ({ edition, byHand, filings }: AppealState): boolean =>
  edition === 2 && (byHand !== undefined || filings.at(-1)?.byHand === true);

/** Nothing can be filed any more; what was filed in time can still be recorded. */
function keepOpen(state: AppealState, now: number): void {
  const until = (state.window?.endsAt ?? now) + GRACE_MS;
  if (until <= now) return closeWindow(state, now);
  state.graceUntil = until;
  delete state.byHand?.lookAt;
  remember(state, { at: now, what: 'graceBegan' });
}

/** Too late for this filing: the first leaves the case expired, the second leaves it lost. */
export function closeWindow(state: AppealState, at: number): void {
  const isFirst = state.filings.length === 0;
  remember(state, { at, what: isFirst ? 'firstWindowOver' : 'secondWindowOver' });
  close(state, isFirst ? 'expired' : 'lost', at);
}

/** One task, however many reminders were missed. */
function remind(state: AppealState, now: number): void {
  const { window } = state;
  if (window === undefined) return;
  const due = REMIND_BEFORE_MS.filter((before) => !state.reminded.includes(before) && window.endsAt - before <= now);
  state.reminded.push(...due);
  const lastFiling = state.filings.at(-1);
  const isLost = state.status === 'lost';
  giveTask(state, {
    about: isLost ? 'appealLost' : 'appealFileByHand',
    filing: window.filing,
    at: now,
    detail: isLost ? (lastFiling?.caseNumber ?? '') : fileByHandDetail(state),
    tierMs: Math.min(...due),
  });
  remember(state, { at: now, what: 'reminded' });
}

/** The desk is read again a day later. */
export function readTomorrow(state: AppealState, at: number): void {
  state.readAt = at + DAY_MS;
}

/** A command that failed for good is tried again a day later: until then a person can put the cause right. */
export function pause(state: AppealState, command: string, at: number): void {
  state.pausedUntil[command] = at + DAY_MS;
}

/** The filing is begun. */
export function beginFiling(state: AppealState, at: number): void {
  enter(state, 'filing', at);
}
