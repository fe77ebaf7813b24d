import { createHash } from 'node:crypto';
import type { Form, FormProvider } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { ON_A_FORM_UNNAMED } from '../../../words/forms';
import { fetchFile } from '../../http';
import { askShipSaving, PROVIDER, type ShipSavingAt } from './client';
import { ScanForm } from './wire';

const FILE_DEADLINE_MS = 20_000;

/** ShipSaving publishes no cut-off and no maximum: the earliest hour that a seller of USPS labels publishes. */
export const SHIPSAVING_FORMS = { carriers: ['USPS'], cutoffTime: '20:00', most: null } as const;

/**
 * ShipSaving's USPS SCAN Forms. It answers with the form's file and nothing else: no number, no list of forms, no reading of one.
 * So what an earlier attempt made cannot be found: it is told by what a second attempt is refused for, and a person takes the form
 * from the account.
 */
export function shipSavingForms(at: ShipSavingAt): FormProvider {
  return {
    account: `${at.name}-${at.shop.id}`,
    carriers: SHIPSAVING_FORMS.carriers,
    cutoffTime: SHIPSAVING_FORMS.cutoffTime,
    most: SHIPSAVING_FORMS.most,
    findForm: () => Promise.resolve(undefined),
    createForm: async (parcels) => {
      const numbers = parcels.map(({ trackingNumber }) => trackingNumber);
      const body = { tracking_codes: numbers };
      const path = '/api/shipments/scan-forms/create';
      try {
        const { url } = await askShipSaving(at, { call: 'createForm', method: 'POST', path, body }, ScanForm);
        const file = { provider: PROVIDER, call: 'formFile', url, deadlineMs: FILE_DEADLINE_MS };
        return { ...made(idOf(numbers), numbers), file: () => fetchFile(file) };
      } catch (error) {
        throw isOnForm(error) ? onForm(numbers) : error;
      }
    },
    readForm: (formId) => Promise.resolve(made(formId, [])),
  };
}

const isOnForm = (error: unknown): boolean =>
  error instanceof AdapterError && error.outcome === 'refused' && error.code === ON_A_FORM_UNNAMED;

/** Some of them are on a form, and it says neither which nor on which: all may be, on the one that an earlier call of ours made. */
const onForm = (numbers: readonly string[]): AdapterError =>
  new AdapterError('refused', {
    provider: PROVIDER,
    call: 'createForm',
    code: ON_A_FORM_UNNAMED,
    against: numbers.map((trackingNumber) => ({
      trackingNumber,
      code: ON_A_FORM_UNNAMED,
      formNumber: idOf(numbers),
    })),
  });

/** It is there as soon as it is answered. */
const made = (id: string, trackingNumbers: string[]): Form => ({
  id,
  status: 'created',
  number: null,
  trackingNumbers,
});

/** A form has no name there; a label stands on one form only, so its labels name it. */
const idOf = (numbers: readonly string[]): string =>
  `ss_${createHash('sha256')
    .update([...numbers].sort().join(' '))
    .digest('hex')
    .slice(0, 20)}`;
