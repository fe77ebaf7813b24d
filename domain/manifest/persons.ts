import { manifestRefusals } from '../../words/manifest';
import { close } from './agenda';
import type { ManifestOrder, ManifestVerdict, ScanReport } from './event';
import type { ManifestState } from './state';

/** Clocks differ by seconds, people's by minutes. */
const MOST_AHEAD_MS = 10 * 60_000;
/** People say whole minutes: 15:00 is said of a form that was made at 15:00:40. */
const MINUTE_MS = 60_000;

/** Why a person's order cannot be followed now; undefined where it can. */
export function objectionTo(state: ManifestState, order: ManifestOrder, now: number): string | undefined {
  if (order.verb === 'reportScan') return objectionToScan(state, order.report, now);
  return state.phase === 'open' ? undefined : manifestRefusals.closed(state.date);
}

function objectionToScan({ phase, date, form, scan }: ManifestState, report: ScanReport, now: number) {
  if (phase === 'empty' || phase === 'failed') return manifestRefusals.noForm(date);
  if (form === undefined) return manifestRefusals.notFormed(date);
  if (scan !== undefined) return manifestRefusals.reported(new Date(scan.scannedAt).toISOString());
  if (report.scannedAt <= form.madeAt - MINUTE_MS)
    return manifestRefusals.beforeForm(new Date(form.madeAt).toISOString());
  return report.scannedAt > now + MOST_AHEAD_MS ? manifestRefusals.inFuture : undefined;
}

/** Follows a person's order, or refuses it with the reason. */
export function foldOrder(state: ManifestState, order: ManifestOrder, at: number): ManifestVerdict {
  const reason = objectionTo(state, order, at);
  if (reason !== undefined) return { accepted: false, reason, at };
  if (order.verb === 'closeManifest') {
    close(state, { at, by: order.actor });
  } else {
    state.phase = 'scanned';
    state.scan = { ...order.report, reportedAt: at };
  }
  return { accepted: true, at };
}
