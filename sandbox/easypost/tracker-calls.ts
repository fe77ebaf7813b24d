import { z } from 'zod';
import type { Answer } from '../answer';
import { nowOf } from '../clock';
import type { World } from '../world';
import type { EasyPostCall } from './gate';
import { appendScan, newTracker, type Tracker, trackerOfCode, type TrackerStatus } from './trackers';
import { carrierOf } from './tracking-number';
import { answer, NOT_FOUND, refusal } from './wire';

const Wanted = z.object({ tracker: z.object({ tracking_code: z.string(), carrier: z.string().nullish() }) });

/** EasyPost's published test numbers and what a tracker of each says at once. */
const TEST_CODES: Readonly<Record<string, TrackerStatus>> = {
  EZ1000000001: 'pre_transit',
  EZ2000000002: 'in_transit',
  EZ3000000003: 'out_for_delivery',
  EZ4000000004: 'delivered',
  EZ5000000005: 'return_to_sender',
  EZ6000000006: 'failure',
  EZ7000000007: 'unknown',
};

/** Follows a number; one that is followed already gives the tracker it has. */
export function createTracker(world: World, { shopId, body }: EasyPostCall): Answer {
  const wanted = Wanted.safeParse(body);
  if (!wanted.success)
    return refusal({ status: 422, code: 'PARAMETER.REQUIRED', message: 'Missing required parameter.' });
  const code = wanted.data.tracker.tracking_code;
  const known = trackerOfCode(world, shopId, code);
  if (known !== undefined) return answer(200, known);
  const carrier = code in TEST_CODES ? 'USPS' : carrierOf(code);
  if (carrier === undefined) {
    return refusal({ status: 422, code: 'TRACKER.CREATE.ERROR', message: 'The tracking number is not valid.' });
  }
  const at = nowOf(world, shopId);
  const beginning = { tracking_code: code, carrier, shipment_id: null, weight: null, est_delivery_date: null };
  const tracker = newTracker(world, beginning, at);
  world.state.trackers.put(shopId, tracker.id, tracker);
  const status = TEST_CODES[code];
  const scans = status === undefined ? (world.state.savingLabels.get(shopId, code)?.scans ?? []) : [{ status, at }];
  for (const scan of scans) {
    const latest = world.state.trackers.get(shopId, tracker.id) ?? tracker;
    appendScan(world, shopId, { tracker: latest, scan, orderId: null });
  }
  return answer(200, world.state.trackers.get(shopId, tracker.id));
}

/** Reads a tracker by its id or its tracking number. */
export function getTracker(world: World, { shopId, params }: EasyPostCall): Answer {
  const tracker = byIdOrCode(world, shopId, params['id'] ?? '');
  return tracker === undefined ? refusal(NOT_FOUND) : answer(200, tracker);
}

/** A tracker by its id or its number. */
export function byIdOrCode(world: World, shopId: string, idOrCode: string): Tracker | undefined {
  return world.state.trackers.get(shopId, idOrCode) ?? trackerOfCode(world, shopId, idOrCode);
}
