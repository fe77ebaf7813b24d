import type { TrackingEvent } from '../../../domain/tracking/event';
import { meaningOfEasyPost } from '../tracking/easypost-words';
import type { Tracker } from './wire';

type Detail = Tracker['tracking_details'][number];
type Line = Partial<Pick<Detail, 'message' | 'status' | 'status_detail' | 'source' | 'carrier_code'>>;

/**
 * Everything that a tracker tells, in the order of its times: EasyPost promises none, and carriers add late lines. A tracker
 * without lines is dated by its own change.
 */
export function eventsOf(tracker: Tracker): TrackingEvent[] {
  const details = [...tracker.tracking_details].sort((one, other) => atOf(one) - atOf(other));
  const last = details.at(-1);
  const { status, status_detail } = tracker;
  if (last === undefined) return [eventOf(tracker, Date.parse(tracker.updated_at), { status, status_detail })];
  return details.map((detail) => eventOf(tracker, atOf(detail), detail === last ? asNewest(tracker, detail) : detail));
}

const atOf = ({ datetime }: Detail): number => Date.parse(datetime);

/** Where the newest line says nothing of its own, it is what the tracker stands at. */
const asNewest = (tracker: Tracker, detail: Detail): Line => ({
  ...detail,
  status: detail.status ?? tracker.status,
  status_detail: detail.status_detail ?? tracker.status_detail,
});

function eventOf({ carrier }: Tracker, at: number, line: Line): TrackingEvent {
  const { status, status_detail: statusDetail, message, source, carrier_code: carrierCode } = line;
  const meaning = meaningOfEasyPost({
    ...{ statusDetail, message, carrierCode },
    status: status ?? '',
    source: source ?? carrier,
  });
  const code = codeOf(carrierCode) ?? codeOf(statusDetail);
  return { at, meaning, ...(code === undefined ? {} : { code }) };
}

/** A code, never a text: that may name a place, or who signed. */
const codeOf = (code: string | null | undefined): string | undefined =>
  /^[A-Za-z0-9_]{1,40}$/.test(code ?? '') ? (code ?? undefined) : undefined;
