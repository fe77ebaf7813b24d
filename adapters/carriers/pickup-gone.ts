import { AdapterError } from '../../contracts/adapter-error';
import { ALREADY_CANCELLED } from '../../domain/pickup/already-cancelled';

/** Told instead of a refusal of a booking that the carrier does not have any more: cancelled before, or never known. */
export const pickupGone = (from: { provider: string; call: string }): AdapterError =>
  new AdapterError('stale', { ...from, code: ALREADY_CANCELLED });
