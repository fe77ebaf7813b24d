import { manifestRefusals } from '../../words/manifest';
import { close } from './agenda';
import type { ManifestOrder, ManifestVerdict, ScanReport } from './event';
import { evidenceOf, isNews, scanOf } from './scan';
import type { ManifestState } from './state';

/** Clocks differ by seconds, people's by minutes. */
const MOST_AHEAD_MS = 10 * 60_000;
/** People say whole minutes: 15:00 is said of a form that was made at 15:00:40. */
const MINUTE_MS = 60_000;
/** State holds every report; nobody has more to correct. */
const MOST_REPORTS = 20;

/** Why a person's order cannot be followed now; undefined where it can. */
export function objectionTo(state: ManifestState, order: ManifestOrder, now: number): string | undefined {
  if (order.verb === 'reportScan') return objectionToScan(state, order.report, now);
  return state.phase === 'open' ? undefined : manifestRefusals.closed(state.date);
}

function objectionToScan(state: ManifestState, report: ScanReport, now: number): string | undefined {
  const { phase, date, form } = state;
  if (phase === 'empty' || phase === 'failed') return manifestRefusals.noForm(date);
  if (form === undefined) return manifestRefusals.notFormed(date);
  const known = objectionToMore(state, report);
  if (known !== undefined) return known;
  if (report.scannedAt <= form.madeAt - MINUTE_MS)
    return manifestRefusals.beforeForm(new Date(form.madeAt).toISOString());
  return report.scannedAt > now + MOST_AHEAD_MS ? manifestRefusals.inFuture : undefined;
}

/** What is complete is final; what is weak may be completed, or put right. */
function objectionToMore(state: ManifestState, report: ScanReport): string | undefined {
  const scan = scanOf(state);
  if (scan === undefined) return undefined;
  const at = new Date(scan.scannedAt).toISOString();
  if (evidenceOf(state) === 'complete') return manifestRefusals.reported(at);
  if (state.reports.length >= MOST_REPORTS) return manifestRefusals.tooManyReports(MOST_REPORTS);
  return isNews(state, report) ? undefined : manifestRefusals.nothingNew(at);
}

/** Follows a person's order, or refuses it with the reason. */
export function foldOrder(state: ManifestState, order: ManifestOrder, at: number): ManifestVerdict {
  const reason = objectionTo(state, order, at);
  if (reason !== undefined) return { accepted: false, reason, at };
  if (order.verb === 'closeManifest') {
    close(state, { at, by: order.actor });
    return { accepted: true, at };
  }
  state.phase = 'scanned';
  state.reports.push({ ...order.report, reportedAt: at });
  const evidence = evidenceOf(state);
  return { accepted: true, at, ...(evidence === undefined ? {} : { evidence }) };
}
