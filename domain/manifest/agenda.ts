import { manifestReasons } from '../../words/manifest';
import type { Orphans } from './event';
import { nextLook, waitsForScan } from './scan';
import { isSecond, membersOf, type ManifestState, type TaskName } from './state';

/** The next instant at which a manifest acts without being told. */
export type ManifestWake = { at: number; kind: 'warn' | 'close' | 'cutOff' | 'ask' | 'look' | 'giveUp' };

const DAY_MS = 24 * 3_600_000;
/** Longer than any appeal could still make use of the scan. */
const GIVE_UP_AFTER_MS = 30 * DAY_MS;

/** Until then a report is taken in, and a form that a person made. */
export function givesUpAt({ forms, byHand, closed }: ManifestState): number {
  if (forms.length > 0) return Math.max(...forms.map(({ madeAt }) => madeAt)) + GIVE_UP_AFTER_MS;
  return byHand !== undefined && closed !== undefined ? closed.at + GIVE_UP_AFTER_MS : Infinity;
}

/** Whether a person still has to make its form, or to bring it. */
export const waitsForForm = ({ byHand, phase, listed, brought }: ManifestState): boolean =>
  byHand !== undefined && phase === 'closing' && (listed ?? 0) > 0 && brought === undefined;

/** The earliest thing on its agenda: the only one that a timer is armed for. */
export const nextWake = (state: ManifestState): ManifestWake | undefined =>
  [...wakesBefore(state), ...wakesAfter(state)].sort((a, b) => a.at - b.at)[0];

/** Until its form is there. */
function wakesBefore(state: ManifestState): ManifestWake[] {
  const { phase, closesAt, warnAt, isWarning, isPastCutOff } = state;
  if (phase === 'open') {
    const close = { at: closesAt, kind: 'close' } as const;
    return warnAt === undefined || isWarning === true ? [close] : [{ at: warnAt, kind: 'warn' }, close];
  }
  return waitsForForm(state) && isPastCutOff !== true ? [{ at: closesAt, kind: 'cutOff' }] : [];
}

/** Once it is closed. */
function wakesAfter(state: ManifestState): ManifestWake[] {
  const { phase, isAsking, asksAt, gaveUpAt } = state;
  const isOpenQuestion = !isAsking && (phase === 'closing' || phase === 'formed');
  const look = nextLook(state);
  const isWaiting = (waitsForScan(state) || waitsForForm(state)) && gaveUpAt === undefined && !isOpenQuestion;
  return [
    ...(isOpenQuestion ? [{ at: asksAt, kind: 'ask' } as const] : []),
    ...(look === undefined ? [] : [{ at: look.at, kind: 'look' } as const]),
    ...(isWaiting ? [{ at: givesUpAt(state), kind: 'giveUp' } as const] : []),
  ];
}

/** Does what is due: a warning, the cut-off closes, the opening hour asks, two hours after a scan it looks, a month of silence ends it. */
export function fireDue(state: ManifestState, now: number): void {
  fireBefore(state, now);
  if (state.phase === 'open' && now >= state.closesAt) close(state, { at: state.closesAt });
  if (isSecond(state) && state.phase === 'closing' && now >= state.closesAt) state.isPastCutOff = true;
  const isOpenQuestion = state.phase === 'closing' || state.phase === 'formed';
  if (isOpenQuestion && now >= state.asksAt) state.isAsking = true;
  fireLook(state, now);
  fireGiveUp(state, now);
}

/** Who hears of it after the cut-off cannot act on a warning any more. */
function fireBefore(state: ManifestState, now: number): void {
  const { phase, warnAt, closesAt } = state;
  if (phase === 'open' && warnAt !== undefined && now >= warnAt && now < closesAt) state.isWarning = true;
}

function fireLook(state: ManifestState, now: number): void {
  const look = nextLook(state);
  if (look === undefined || now < look.at) return;
  state.look = { forms: look.forms };
  state.looked = [...(state.looked ?? []), ...look.forms];
}

function fireGiveUp(state: ManifestState, now: number): void {
  if (now < givesUpAt(state)) return;
  if (waitsForScan(state)) state.gaveUpAt ??= now;
  if (!waitsForForm(state)) return;
  state.gaveUpAt ??= now;
  state.phase = 'failed';
  state.reason = manifestReasons.notBrought;
}

/** Closes it: from here on nobody joins this form. */
export function close(state: ManifestState, closed: { at: number; by?: string }): void {
  state.phase = 'closing';
  state.closed = closed;
}

/** What should stand on the alert desk. A form that is late by the morning is people's matter, and so is one nobody scanned. */
export function tasksOf(state: ManifestState): TaskName[] {
  const { phase, isAsking, gaveUpAt, silent = 0 } = state;
  return [
    ...(state.byHand === undefined ? tasksOfForm(state) : tasksByHand(state)),
    ...(phase === 'formed' && isAsking && gaveUpAt === undefined ? (['scanNotReported'] as const) : []),
    ...(missingNow(state) === undefined ? [] : (['parcelsWithoutForm'] as const)),
    // A person acknowledges it: what the carrier says of them later settles nothing of the form.
    ...(silent > 0 ? (['parcelsWithoutEvent'] as const) : []),
  ];
}

/** Parcels that are on no form and can still be brought to this one. */
export const missingNow = ({ phase, orphans }: ManifestState): Orphans | undefined =>
  phase === 'open' && orphans !== undefined && orphans.count > 0 ? orphans : undefined;

const tasksOfForm = ({ phase, isAsking }: ManifestState): TaskName[] =>
  phase === 'failed' || (phase === 'closing' && isAsking) ? ['formFailed'] : [];

/**
 * A form that a person makes is asked for before the cut-off, or as soon as the list is closed; after the cut-off it is missing.
 * The desk raises nothing twice: what was asked for once stands until the form is there.
 */
function tasksByHand(state: ManifestState): TaskName[] {
  const { phase, isWarning, isPastCutOff, onDesk } = state;
  if (phase === 'closing' && membersOf(state) > 0) return [isPastCutOff === true ? 'formNotBrought' : 'makeFormByHand'];
  const isAsked = membersOf(state) > 0 || onDesk.includes('makeFormByHand');
  return phase === 'open' && isWarning === true && isAsked ? ['makeFormByHand'] : [];
}
