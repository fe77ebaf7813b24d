import type { Form, FormProvider } from '../../../activities/carrier-ports';
import { fetchFile } from '../../http';
import { askEasyPost, type EasyPostAt } from './client';
import { ScanForm, ScanFormList } from './wire';

const FILE_DEADLINE_MS = 20_000;
/** More forms than any account makes between a cut-off and the look for its form. */
const MOST_PAGES = 20;

/**
 * EasyPost publishes no cut-off of its own. 20:00 at the ship-from is the earliest that a seller of USPS labels publishes (Pirate
 * Ship, Pitney Bowes), and well before USPS takes the labels of a day in by itself, at 00:30 Central.
 */
const CUTOFF_TIME = '20:00';

/**
 * EasyPost makes forms for USPS alone: others are refused with SCAN_FORM.CREATE.CARRIER_NOT_SUPPORTED. It publishes no maximum, and
 * a refusal names no shipment: who is bad is read from the labels, or found by asking for fewer.
 */
export const EASYPOST_FORMS = { carriers: ['USPS'], cutoffTime: CUTOFF_TIME, most: null } as const;

/** EasyPost's SCAN Forms as end-of-day forms. They have no key of ours: what an earlier attempt did is found by its parcels. */
export function easyPostForms(at: EasyPostAt): FormProvider {
  return {
    account: `${at.name}-${at.shop.id}`,
    carriers: EASYPOST_FORMS.carriers,
    cutoffTime: EASYPOST_FORMS.cutoffTime,
    most: EASYPOST_FORMS.most,
    findForm: async (parcels, since) => {
      const numbers = new Set(parcels.map(({ trackingNumber }) => trackingNumber));
      const found = await findScanForm(at, since, ({ tracking_codes: codes }) =>
        codes.some((code) => numbers.has(code)),
      );
      return found && mapForm(found);
    },
    createForm: async (parcels) => {
      const body = { scan_form: { shipments: parcels.map(({ shipmentId: id }) => ({ id })) } };
      return mapForm(
        await askEasyPost(at, { call: 'createForm', method: 'POST', path: '/scan_forms', body }, ScanForm),
      );
    },
    readForm: async (formId) => {
      const path = `/scan_forms/${encodeURIComponent(formId)}`;
      return mapForm(await askEasyPost(at, { call: 'readForm', method: 'GET', path }, ScanForm));
    },
  };
}

/** Looks through the forms made since an instant, newest first. */
async function findScanForm(
  at: EasyPostAt,
  since: number,
  isIt: (form: ScanForm) => boolean,
): Promise<ScanForm | undefined> {
  const query = new URLSearchParams({ page_size: '100', start_datetime: new Date(since).toISOString() });
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/scan_forms?${query.toString()}`;
    const { scan_forms: forms, has_more: hasMore } = await askEasyPost(
      at,
      { call: 'listForms', method: 'GET', path },
      ScanFormList,
    );
    const matches = forms.filter(isIt);
    // A form that failed holds nothing: the one that was made after all is meant.
    const found = matches.find(({ status }) => status !== 'failed') ?? matches[0];
    const last = forms.at(-1);
    if (found !== undefined || !hasMore || last === undefined) return found;
    query.set('before_id', last.id);
  }
  return undefined;
}

function mapForm({ id, status, tracking_codes: trackingNumbers, confirmation, form_url: url }: ScanForm): Form {
  return {
    id,
    status,
    number: confirmation ?? null,
    trackingNumbers,
    ...(status === 'created' && url
      ? { file: () => fetchFile({ provider: 'EasyPost', call: 'formFile', url, deadlineMs: FILE_DEADLINE_MS }) }
      : {}),
  };
}
