import type { CarrierAccount } from '../../../activities/carrier-ports';
import type { AccountAt } from '../provider';
import { checkUsps } from './client';
import { formsOf, uspsForms } from './forms';
import { uspsLabels } from './labels';
import { uspsPickups } from './pickups';
import { uspsTracking } from './tracking';

/** USPS itself, with the seller's own Enterprise Payment account. Source: USPS APIs v3, developers.usps.com. */
export const openUsps = (at: AccountAt<'usps'>): CarrierAccount => ({
  name: at.name,
  can: {
    provider: 'USPS',
    rates: true,
    labels: true,
    voids: true,
    forms: formsOf(at),
    pickups: true,
    tracking: 'polls',
    addressCheck: false,
    balance: false,
    labelFormats: ['pdf', 'png', 'zpl'],
    reconcile: 'repeat',
  },
  labels: uspsLabels(at),
  forms: uspsForms(at),
  pickups: uspsPickups(at),
  tracking: uspsTracking(at),
  check: () => checkUsps(at),
});
