import type { TrackingReading, TrackingSource } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import type { TrackingEvent } from '../../../domain/tracking/event';
import { meaningOfUspsCode } from '../tracking/usps-codes';
import { callUsps, type UspsAt } from './client';
import { Tracking } from './wire';

/** It knows nothing of the number yet, or it is another mailer's: since April 2026 those are told under an agreement only. */
const UNTOLD = ['404', '-2147219283'];

/** USPS tells of one number a call, and counts the calls of an hour: what was read stands, though a later call is turned away. */
export const uspsTracking = (at: UspsAt): TrackingSource => ({
  carriers: ['USPS'],
  read: async (parcels) => {
    const readings: TrackingReading[] = [];
    for (const { trackingNumber } of parcels) {
      try {
        readings.push({ trackingNumber, events: await eventsOf(at, trackingNumber) });
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error;
        if (UNTOLD.includes(error.code)) continue;
        if (readings.length === 0) throw error;
        return readings;
      }
    }
    return readings;
  },
});

async function eventsOf(at: UspsAt, trackingNumber: string): Promise<TrackingEvent[]> {
  const { trackingEvents } = await callUsps(at, {
    call: 'tracking',
    method: 'GET',
    path: `/tracking/v3/tracking/${encodeURIComponent(trackingNumber)}?expand=DETAIL`,
    answer: Tracking,
  });
  return trackingEvents.flatMap(({ eventCode: code, GMTTimestamp }) => {
    const instant = instantOf(GMTTimestamp);
    return instant === undefined ? [] : [{ at: instant, meaning: meaningOfUspsCode(code), code }];
  });
}

/** Greenwich time, written with its zone or without one. */
function instantOf(stamp: string | undefined): number | undefined {
  if (stamp === undefined) return undefined;
  const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(stamp) ? stamp : `${stamp}Z`);
  return Number.isNaN(at) ? undefined : at;
}
