import { z } from 'zod';
import type { Answer } from '../answer';
import type { World } from '../world';
import type { EasyPostCall } from './gate';
import { BAD_LISTING, listed } from './listing';
import { byIdOrCode } from './tracker-calls';
import type { Tracker } from './trackers';
import { answer, NOT_FOUND, refusal } from './wire';

/** Lists trackers, newest first; of one number, of several, or of one carrier where that is asked for. */
export function listTrackers(world: World, { shopId, query }: EasyPostCall): Answer {
  const codes = [...codesIn(query, 'tracking_code'), ...codesIn(query, 'tracking_codes')];
  const carrier = query.get('carrier');
  const isWanted = (one: Tracker): boolean =>
    (codes.length === 0 || codes.includes(one.tracking_code)) && (carrier === null || one.carrier === carrier);
  const wanted = world.state.trackers.of(shopId).filter(isWanted);
  const page = listed(wanted, ({ created_at: at }) => Date.parse(at), query);
  if (page === undefined) return refusal(BAD_LISTING);
  return answer(200, { trackers: page.rows, has_more: page.has_more });
}

/** A key may be there more than once, or as a list in brackets. */
function codesIn(query: URLSearchParams, key: string): string[] {
  return [...query.getAll(key), ...query.getAll(`${key}[]`)].flatMap((value) => value.split(','));
}

const Batch = z.object({ tracking_codes: z.array(z.string()).min(1) });

/** The trackers of several numbers in one answer; numbers that nobody follows are left out. */
export function batchTrackers(world: World, { shopId, body }: EasyPostCall): Answer {
  const wanted = Batch.safeParse(body);
  if (!wanted.success)
    return refusal({ status: 422, code: 'PARAMETER.REQUIRED', message: 'Missing required parameter.' });
  const trackers = wanted.data.tracking_codes.flatMap((code) => byIdOrCode(world, shopId, code) ?? []);
  return answer(200, { trackers, has_more: false });
}

/** Stops following a number. */
export function deleteTracker(world: World, { shopId, params }: EasyPostCall): Answer {
  const tracker = byIdOrCode(world, shopId, params['id'] ?? '');
  if (tracker === undefined) return refusal(NOT_FOUND);
  world.state.trackers.remove(shopId, tracker.id);
  return answer(200, {});
}
