import type { TrackingReading, TrackingSource } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { askEasyPost, type EasyPostAt } from './client';
import { eventsOf } from './tracker';
import { Tracker, TrackerList } from './wire';

type Parcel = { trackingNumber: string; carrier: string };

/** Said of a number that no carrier of EasyPost's knows. */
const UNKNOWN_NUMBER = /^TRACKER\.|^NOT_FOUND$/;

/**
 * Scans as EasyPost knows them. A label that was bought through it is followed already; another number is followed from the
 * first asking on, which EasyPost charges for, and asked again gives the same tracker.
 */
export function easyPostTracking(at: EasyPostAt): TrackingSource {
  return {
    carriers: ['USPS', 'UPS', 'FedEx', 'DHLExpress', 'DHLeCommerce', 'OnTrac'],
    read: async (parcels) => {
      const readings: TrackingReading[] = [];
      // One after the other: EasyPost takes 5 calls a second on its lists.
      for (const parcel of parcels) readings.push(...(await readOne(at, parcel)));
      return readings;
    },
  };
}

async function readOne(at: EasyPostAt, parcel: Parcel): Promise<TrackingReading[]> {
  try {
    const tracker = (await findTracker(at, parcel)) ?? (await followed(at, parcel));
    if (tracker === undefined) return [];
    return [{ trackingNumber: parcel.trackingNumber, events: eventsOf(tracker) }];
  } catch (error) {
    const isUnknown = error instanceof AdapterError && error.outcome === 'refused' && UNKNOWN_NUMBER.test(error.code);
    if (isUnknown) return [];
    throw error;
  }
}

async function findTracker(at: EasyPostAt, { trackingNumber, carrier }: Parcel): Promise<Tracker | undefined> {
  const query = new URLSearchParams({ tracking_code: trackingNumber, page_size: '20' });
  const call = { call: 'listTrackers', method: 'GET', path: `/trackers?${query.toString()}` } as const;
  const { trackers } = await askEasyPost(at, call, TrackerList);
  const ours = trackers.filter(({ tracking_code: code }) => code === trackingNumber);
  return ours.find((tracker) => tracker.carrier === carrier) ?? ours[0];
}

/** Undefined where nothing may be written: it costs money, and who is followed already is to be read all the same. */
async function followed(at: EasyPostAt, { trackingNumber, carrier }: Parcel): Promise<Tracker | undefined> {
  if (!(await mayFollow(at))) return undefined;
  const body = { tracker: { tracking_code: trackingNumber, carrier } };
  return askEasyPost(at, { call: 'createTracker', method: 'POST', path: '/trackers', body }, Tracker);
}

async function mayFollow({ wire, shop }: EasyPostAt): Promise<boolean> {
  try {
    await wire.mayWrite?.(shop);
    return true;
  } catch {
    return false;
  }
}
