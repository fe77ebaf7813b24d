import { manifestRefusals } from '../../words/manifest';
import { close } from './agenda';
import type { ManifestOrder, ManifestVerdict, ScanReport } from './event';
import type { BroughtForm } from './manifest';
import { evidenceOf, isNews, openFormsOf, scanOf, unscannedOf } from './scan';
import { isSecond, type ManifestState } from './state';
import { weakToDo } from './to-do';

/** Clocks differ by seconds, people's by minutes. */
const MOST_AHEAD_MS = 10 * 60_000;
/** People say whole minutes: 15:00 is said of a form that was made at 15:00:40. */
const MINUTE_MS = 60_000;
/** State holds every report; nobody has more to correct of a form, nor a day more forms than these are for. */
const MOST_REPORTS_A_FORM = 20;
const MOST_REPORTS = 100;
/** USPS's begin with 9475 and have 22 digits, other carriers' are their own; it becomes part of a document's name. */
const FORM_NUMBER = /^(?=.*\d)[A-Za-z0-9]{4,40}$/;

const iso = (at: number): string => new Date(at).toISOString();

/** Why a person's order cannot be followed now; undefined where it can. */
export function objectionTo(state: ManifestState, order: ManifestOrder, now: number): string | undefined {
  switch (order.verb) {
    case 'reportScan':
      return objectionToScan(state, order.report, now);
    case 'bringForm':
      return objectionToForm(state, order.brought, now);
    case 'closeManifest':
      return state.phase === 'open' ? undefined : manifestRefusals.closed(state.date);
  }
}

function objectionToForm(state: ManifestState, brought: BroughtForm, now: number): string | undefined {
  const { byHand, phase, date } = state;
  if (byHand === undefined) return manifestRefusals.notByHand(date);
  const known = numberOf(state);
  if (known !== undefined) return manifestRefusals.brought(known);
  if (phase === 'empty' || phase === 'failed') return manifestRefusals.noList(date);
  return FORM_NUMBER.test(brought.number) ? objectionToInstant(state, brought, now) : manifestRefusals.noNumber;
}

/** The form that is there, or is being compared with the list. */
const numberOf = ({ brought, forms: [form] }: ManifestState): string | undefined =>
  brought?.number ?? form?.number ?? form?.formId;

function objectionToInstant(
  { firstJoinedAt, date }: ManifestState,
  { madeAt }: BroughtForm,
  now: number,
): string | undefined {
  if (firstJoinedAt === undefined) return manifestRefusals.noParcels(date);
  if (madeAt <= firstJoinedAt - MINUTE_MS) return manifestRefusals.beforeParcels(iso(firstJoinedAt));
  return madeAt > now + MOST_AHEAD_MS ? manifestRefusals.formInFuture : undefined;
}

function objectionToScan(state: ManifestState, report: ScanReport, now: number): string | undefined {
  const { phase, date, forms } = state;
  if (phase === 'empty' || phase === 'failed') return manifestRefusals.noForm(date);
  if (forms.length === 0) return manifestRefusals.notFormed(date);
  const concerned = forms.filter(({ formId }) => report.form === undefined || report.form === formId);
  if (concerned.length === 0) return manifestRefusals.unknownForm(date);
  const known = objectionToMore(state, report);
  if (known !== undefined) return known;
  const madeAt = Math.max(...concerned.map((form) => form.madeAt));
  if (report.scannedAt <= madeAt - MINUTE_MS) return manifestRefusals.beforeForm(iso(madeAt));
  return report.scannedAt > now + MOST_AHEAD_MS ? manifestRefusals.inFuture : undefined;
}

/** What is complete is final; what is weak may be completed, or put right. */
function objectionToMore(state: ManifestState, report: ScanReport): string | undefined {
  const scan = scanOf(state);
  if (scan === undefined) return undefined;
  const at = iso(scan.scannedAt);
  if (openFormsOf(state, report).length === 0) return manifestRefusals.reported(at);
  const most = Math.min(MOST_REPORTS_A_FORM * state.forms.length, MOST_REPORTS);
  if (state.reports.length >= most) return manifestRefusals.tooManyReports(most);
  return isNews(state, report) ? undefined : manifestRefusals.nothingNew(at);
}

/** Follows a person's order, or refuses it with the reason. */
export function foldOrder(state: ManifestState, order: ManifestOrder, at: number): ManifestVerdict {
  const reason = objectionTo(state, order, at);
  if (reason !== undefined) return { accepted: false, reason, at };
  switch (order.verb) {
    case 'closeManifest':
      close(state, { at, by: order.actor });
      return { accepted: true, at };
    case 'bringForm':
      if (state.phase === 'open') close(state, { at, by: order.actor });
      state.brought = order.brought;
      return { accepted: true, at };
    case 'reportScan':
      return foldScan(state, order.report, at);
  }
}

function foldScan(state: ManifestState, report: ScanReport, at: number): ManifestVerdict {
  state.reports.push({ ...report, reportedAt: at });
  if (unscannedOf(state).length === 0) state.phase = 'scanned';
  const evidence = evidenceOf(state);
  const toFetch = isSecond(state) ? weakToDo(state).join(' ') : '';
  return {
    accepted: true,
    at,
    ...(evidence === undefined ? {} : { evidence }),
    ...(toFetch === '' ? {} : { toFetch }),
  };
}
