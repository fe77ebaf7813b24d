import type { CarrierAccount } from '../../../activities/carrier-ports';
import type { AccountAt } from '../provider';
import { checkUps } from './client';
import { upsLabels } from './labels';
import { upsPickups } from './pickups';
import { upsTracking } from './tracking';

/**
 * What UPS offers with the seller's own account. Its end-of-day report is no form that a clerk scans. Source: UPS REST APIs,
 * developer.ups.com.
 */
const CAN: CarrierAccount['can'] = {
  provider: 'UPS',
  rates: true,
  labels: true,
  voids: true,
  pickups: true,
  tracking: 'polls',
  addressCheck: false,
  balance: false,
  labelFormats: ['pdf', 'zpl'],
  reconcile: 'read',
  isRepeatCharged: true,
};

export const openUps = (at: AccountAt<'ups'>): CarrierAccount => ({
  name: at.name,
  can: CAN,
  labels: upsLabels(at),
  pickups: upsPickups(at),
  tracking: upsTracking(at),
  check: () => checkUps(at),
});
