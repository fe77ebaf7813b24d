import { z } from 'zod';
import type { CarrierAccount } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { easyPostAddresses } from './addresses';
import { askEasyPost, type EasyPostAt } from './client';
import { EASYPOST_FORMS, easyPostForms } from './forms';
import { easyPostLabels } from './labels';
import { cents } from './map';
import { easyPostPickups } from './pickups';
import { easyPostTracking } from './tracking';
import { Owner } from './wire';

/** What EasyPost offers, and through it the carriers that an account has there. Source: EasyPost API reference, version 2. */
const CAN: CarrierAccount['can'] = {
  provider: 'EasyPost',
  rates: true,
  labels: true,
  voids: true,
  forms: EASYPOST_FORMS,
  pickups: true,
  tracking: 'both',
  addressCheck: true,
  balance: true,
  labelFormats: ['pdf', 'png', 'zpl'],
  reconcile: 'read',
};

/** One EasyPost account with all that can be done through it. */
export const openEasyPost = (at: EasyPostAt): CarrierAccount => ({
  name: at.name,
  can: CAN,
  labels: easyPostLabels(at),
  forms: easyPostForms(at),
  pickups: easyPostPickups(at),
  tracking: easyPostTracking(at),
  addresses: easyPostAddresses(at),
  balance: () => balanceOf(at),
  check: () => checkKeys(at),
});

/** The cheapest thing that an account lists. */
async function checkKeys(at: EasyPostAt): Promise<void> {
  await askEasyPost(at, { call: 'listForms', method: 'GET', path: '/scan_forms?page_size=1' }, z.looseObject({}));
}

const READ_BALANCE = { call: 'readBalance', method: 'GET', path: '/users' } as const;

/**
 * The wallet of the account's owner. EasyPost tells it to a production key alone: that another key is turned away here does not
 * mean that it is turned away elsewhere.
 */
async function balanceOf(at: EasyPostAt): Promise<number> {
  try {
    return cents((await askEasyPost(at, READ_BALANCE, Owner)).balance);
  } catch (error) {
    if (!(error instanceof AdapterError) || error.outcome !== 'auth') throw error;
    throw new AdapterError('refused', { provider: 'EasyPost', call: READ_BALANCE.call, code: error.code });
  }
}
