import type { TrackingReading, TrackingSource } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import type { TrackingEvent } from '../../../domain/tracking/event';
import { meaningOfUps } from '../tracking/ups-codes';
import { callUps, type UpsAt } from './client';
import { isNotFound } from './errors';
import { Tracked, type Activity } from './wire';

/** UPS tells of one number a call: what was read stands, though a later call is turned away. */
export const upsTracking = (at: UpsAt): TrackingSource => ({
  carriers: ['UPS'],
  read: async (parcels) => {
    const readings: TrackingReading[] = [];
    for (const { trackingNumber } of parcels) {
      try {
        readings.push({ trackingNumber, events: await eventsOf(at, trackingNumber) });
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error;
        if (isNotFound(error)) continue;
        if (readings.length === 0) throw error;
        return readings;
      }
    }
    return readings;
  },
});

async function eventsOf(at: UpsAt, trackingNumber: string): Promise<TrackingEvent[]> {
  const { trackResponse } = await callUps(at, {
    ...{ call: 'tracking', method: 'GET' },
    path: `/track/v1/details/${encodeURIComponent(trackingNumber)}`,
    answer: Tracked,
  });
  const packages = trackResponse.shipment.flatMap((shipment) => shipment.package);
  // Asked for one number, UPS answers with its whole shipment.
  const own = packages.filter((one) => (one.trackingNumber ?? trackingNumber) === trackingNumber);
  return own.flatMap(({ activity }) => activity.flatMap(eventOf));
}

function eventOf(activity: Activity): TrackingEvent[] {
  const at = instantOf(activity);
  const { type = '', code = '' } = activity.status ?? {};
  const theirs = code === '' ? type : `${type} ${code}`;
  return at === undefined ? [] : [{ at, meaning: meaningOfUps({ type, code }), code: theirs }];
}

/** Greenwich time where UPS gives it, else local time with its offset; a local time alone is no instant. */
function instantOf({ gmtDate, gmtTime, date, time, gmtOffset }: Activity): number | undefined {
  const stamp = stampOf(gmtDate, gmtTime);
  if (stamp !== undefined) return Date.parse(`${stamp}Z`);
  const local = stampOf(date, time);
  const isOffset = /^[+-]\d{2}:\d{2}$/.test(gmtOffset ?? '');
  return local === undefined || !isOffset ? undefined : Date.parse(`${local}${gmtOffset ?? ''}`);
}

/** `20261124` and `174500` or `17:45:00`, as an ISO date and time. */
function stampOf(date = '', time = ''): string | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(date) ?? [];
  const [, hours, minutes, seconds] = /^(\d{2}):?(\d{2}):?(\d{2})$/.exec(time) ?? [];
  if (day === undefined || seconds === undefined) return undefined;
  return `${[year, month, day].join('-')}T${[hours, minutes, seconds].join(':')}`;
}
