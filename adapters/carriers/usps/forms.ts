import { Buffer } from 'node:buffer';
import type { Form, FormMailing, FormProvider } from '../../../activities/carrier-ports';
import { AdapterError, type AgainstParcel } from '../../../contracts/adapter-error';
import { originBody, zipOf } from './address';
import { callUsps, type UspsAt } from './client';
import { PROVIDER, UspsRefusal } from './errors';
import { withImage } from './multipart';
import { ScanForm, type UspsProblem } from './wire';

/**
 * USPS takes a label's data in by itself at 00:30 Central after its mailing date (USPS Labels API, manifest scheduling), and then no
 * form takes it (160398). That is 22:30 Pacific, 21:30 in Alaska, in Hawaii 19:30 in summer: the last whole hour before it.
 */
const CUTOFF_TIME = '20:00';
const CUTOFF_IN_HAWAII = '19:00';

/** USPS SCAN Forms API 3.1.14. */
const MOST_PARCELS = 40_000;

export const formsOf = ({ shop }: UspsAt): { carriers: readonly string[]; cutoffTime: string; most: number } => ({
  carriers: ['USPS'],
  cutoffTime: shop.shipFrom.zone === 'Pacific/Honolulu' ? CUTOFF_IN_HAWAII : CUTOFF_TIME,
  most: MOST_PARCELS,
});

type Parcels = Parameters<FormProvider['createForm']>[0];

/** What USPS has against single parcels; a form can be made of the others. Source: USPS API error inventory (April 2026). */
const AGAINST_ONE = [
  ...['160006', '160039', '160160', '160161', '160162', '160163', '160164', '160165', '160166', '160167'],
  ...['160397', '160398'],
];
const ON_A_FORM = '160040';
const EFN = /\befn\D{0,10}(\d{20,34})/i;
/** A tracking number in a sentence. */
const NUMBERS = /[0-9A-Z]{10,40}/gi;

/** USPS SCAN Forms. They have no key of ours and cannot be read: what a lost call did is learned from the next one's refusal. */
export function uspsForms(at: UspsAt): FormProvider {
  return {
    account: `${at.name}-${at.shop.id}`,
    ...formsOf(at),
    findForm: () => Promise.resolve(undefined),
    createForm: async (parcels, mailing) => {
      try {
        return await create(at, parcels, mailing);
      } catch (error) {
        if (!(error instanceof UspsRefusal)) throw error;
        throw refusalOf(error, againstOf(parcels, error.problems));
      }
    },
    // It was given with its making, once: a form that has an id is made.
    readForm: (id) => Promise.resolve({ id, status: 'created', number: id, trackingNumbers: [] }),
  };
}

/** The same refusal without its texts, and with the parcels that they name. */
const refusalOf = ({ code }: UspsRefusal, against: AgainstParcel[]): AdapterError =>
  new AdapterError('refused', { provider: PROVIDER, call: 'createForm', code, against });

const isAgainstOne = ({ code }: UspsProblem): boolean => code === ON_A_FORM || AGAINST_ONE.includes(code);

/** Nobody is named where anything else is said: then the request as a whole is refused, and asking without some cannot help. */
function againstOf(parcels: Parcels, problems: readonly UspsProblem[]): AgainstParcel[] {
  if (!problems.every(isAgainstOne)) return [];
  const ours = new Map(parcels.map(({ trackingNumber }) => [trackingNumber.toUpperCase(), trackingNumber]));
  const against = new Map<string, AgainstParcel>();
  for (const { code, detail } of problems) {
    const form = code === ON_A_FORM ? EFN.exec(detail)?.[1] : undefined;
    for (const [named] of detail.matchAll(NUMBERS)) {
      const trackingNumber = ours.get(named.toUpperCase());
      if (trackingNumber === undefined) continue;
      against.set(trackingNumber, { trackingNumber, code, ...(form === undefined ? {} : { formNumber: form }) });
    }
  }
  return [...against.values()];
}

async function create(at: UspsAt, parcels: Parcels, { from, date }: FormMailing): Promise<Form> {
  const made = await callUsps(at, {
    call: 'createForm',
    method: 'POST',
    path: '/scan-forms/v3/scan-form',
    headers: { accept: 'application/vnd.usps.labels+json' },
    body: {
      imageInfo: { imageType: 'PDF', labelType: '8.5X11LABEL' },
      mailingDate: date,
      // A parcel that was bought for an earlier day leaves on this one: with `false` it would be refused, and the whole form with it.
      overwriteMailingDate: true,
      entryFacilityZIPCode: zipOf(from['zip']),
      destinationEntryFacilityType: 'NONE',
      shipment: { trackingNumbers: parcels.map(({ trackingNumber }) => trackingNumber) },
      fromAddress: originBody(from),
    },
    isWrite: true,
    answer: ScanForm,
    read: (answer) => withImage(answer, 'SCANFormImage'),
  });
  const { manifestNumber: number, trackingNumbers, SCANFormImage: image } = made;
  return {
    ...{ id: number, status: 'created', number },
    trackingNumbers: trackingNumbers.length > 0 ? trackingNumbers : parcels.map((parcel) => parcel.trackingNumber),
    file: () => Promise.resolve(new Uint8Array(Buffer.from(image, 'base64'))),
  };
}
