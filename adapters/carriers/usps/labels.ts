import { Buffer } from 'node:buffer';
import type { LabelFile, LabelProvider, LabelPurchase, Shipment } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import type { LabelFormat } from '../../../contracts/shop';
import { addressBody, originBody } from './address';
import { callUsps, type UspsAt } from './client';
import { KEY_IS_TAKEN, PROVIDER, UspsRefusal } from './errors';
import { withImage } from './multipart';
import { poundsOf } from './parcel';
import { chosenRateOf, keyOfReference } from './rate-id';
import { cents, optionsBody, ratesOf } from './rates';
import { Cancelled, Label, Options, Reprinted } from './wire';

/** One JSON document with the image in it; without this USPS answers in parts. */
const WITH_IMAGE = 'application/vnd.usps.labels+json';

const IMAGE_TYPES: Record<LabelFormat, string> = { pdf: 'PDF', png: 'PNG', zpl: 'ZPL203DPI' };

/** Longest customer reference: order, package and attempt fit, the shop does not. */
const MOST_REFERENCE = 30;

/** Source: USPS API error inventory (April 2026). */
const CODES = { unknown: '160039', noRecord: '404', alreadyCancelled: '160186' };
/** Said of a key under which no label stands. */
const NOTHING_BOUGHT = [CODES.unknown, CODES.noRecord];

const unpaid = (id: string): Shipment => ({ id, rates: [], isPaid: false, isVoided: false });

/**
 * USPS as a label provider. It keeps no shipment before the purchase: a purchase is one call under a key, and the same key with the
 * same body gives the label that is there, at no further charge (USPS Labels API 3.9.13, X-Idempotency-Key).
 */
export function uspsLabels(at: UspsAt): LabelProvider {
  /** A label's image comes with its purchase; USPS prints it again three times at most. */
  const images = new Map<string, LabelFile>();
  return {
    createShipment: async (request) => {
      const { pricingOptions } = await callUsps(at, {
        call: 'rates',
        method: 'POST',
        path: '/shipments/v3/options/search',
        body: optionsBody(at, request),
        answer: Options,
      });
      return { ...unpaid(keyOfReference(request.reference)), rates: ratesOf(pricingOptions, request) };
    },
    // There is no free reading: whether it was bought is learned by buying it again.
    readShipment: (id) => Promise.resolve(unpaid(id)),
    buy: async (purchase) => {
      const label = await bought(at, purchase);
      const format = chosenRateOf(purchase.rateId)?.format;
      if (label.labelImage !== undefined && format !== undefined) {
        images.clear();
        images.set(label.trackingNumber, { format, bytes: bytesOf(label.labelImage) });
      }
      return paid(purchase.shipmentId, label);
    },
    refund: (id, trackingNumber) => refund(at, id, trackingNumber),
    document: async ({ trackingNumber, format }) => images.get(trackingNumber) ?? reprint(at, trackingNumber, format),
  };
}

const bytesOf = (image: string): Uint8Array => new Uint8Array(Buffer.from(image, 'base64'));

const paid = (id: string, { trackingNumber, postage, fees }: Label): Shipment => {
  const priceCents = postage === undefined ? undefined : cents(postage + fees.reduce((sum, fee) => sum + fee.price, 0));
  const label = { trackingNumber, carrier: 'USPS', ...(priceCents === undefined ? {} : { priceCents }) };
  return { ...unpaid(id), isPaid: true, label };
};

async function bought(at: UspsAt, purchase: LabelPurchase): Promise<Label> {
  const { shipmentId: key } = purchase;
  try {
    return await callUsps(at, {
      call: 'buy',
      method: 'POST',
      path: '/labels/v3/label',
      headers: { accept: WITH_IMAGE, 'x-idempotency-key': key },
      body: labelBody(purchase),
      isWrite: true,
      isPaid: true,
      answer: Label,
      read: (answer) => withImage(answer, 'labelImage'),
    });
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (error.outcome === 'reRate') return boughtOrReRated(at, key, error);
    if (error.code !== KEY_IS_TAKEN) throw error;
    return boughtBefore(at, key, error);
  }
}

/**
 * Its day is over. Nowhere is it published whether USPS looks at the key before it looks at the date: what an earlier call bought
 * whose answer was lost must not be bought again for another day.
 */
async function boughtOrReRated(at: UspsAt, key: string, reRate: AdapterError): Promise<Label> {
  try {
    return await labelOfKey(at, key);
  } catch (error) {
    if (error instanceof UspsRefusal && NOTHING_BOUGHT.includes(error.code)) throw reRate;
    throw new AdapterError('outcomeUnknown', { provider: PROVIDER, call: 'buy', code: reRate.code });
  }
}

/**
 * Under the key stands a label that was ordered in other words: the ship-from or the parcel was changed in between. It is paid
 * for, and it is asked for by its key; where that fails, what was bought stays unknown, and nothing else is bought.
 */
async function boughtBefore(at: UspsAt, key: string, taken: AdapterError): Promise<Label> {
  try {
    return await labelOfKey(at, key);
  } catch {
    throw taken;
  }
}

async function labelOfKey(at: UspsAt, key: string): Promise<Label> {
  const { labelMetadata, ...rest } = await callUsps(at, {
    call: 'readByKey',
    method: 'POST',
    path: '/labels/v3/label-reprint',
    headers: { accept: WITH_IMAGE, 'x-idempotency-key': key },
    body: {},
    isPaid: true,
    answer: Reprinted,
    read: (answer) => withImage(answer, 'labelImage'),
  });
  return Label.parse({ ...rest, ...labelMetadata });
}

function labelBody({ rateId, request }: LabelPurchase): object {
  const chosen = chosenRateOf(rateId);
  const { to, from, parcel } = request;
  if (chosen === undefined || to === undefined)
    throw new AdapterError('bug', { provider: PROVIDER, call: 'buy', code: 'no address or no rate' });
  const { format, ...rate } = chosen;
  const referenceNumber = request.reference.split(':').slice(-3).join(':').slice(0, MOST_REFERENCE);
  return {
    imageInfo: { imageType: IMAGE_TYPES[format], labelType: '4X6LABEL', receiptOption: 'NONE' },
    toAddress: addressBody(to),
    fromAddress: originBody(from),
    packageDescription: {
      ...rate,
      weightUOM: 'lb',
      weight: poundsOf(parcel.weightOz),
      dimensionsUOM: 'in',
      length: parcel.lengthIn,
      width: parcel.widthIn,
      height: parcel.heightIn,
      destinationEntryFacilityType: 'NONE',
      customerReference: [{ referenceNumber, printReferenceNumber: false }],
    },
  };
}

/** Cancelled before USPS sends its data on, and disputed afterwards: both ask the money back. Without a number, by the key. */
async function refund(at: UspsAt, key: string, trackingNumber: string | undefined): Promise<Shipment> {
  const which =
    trackingNumber === undefined
      ? { path: '/labels/v3/label', headers: { 'x-idempotency-key': key } }
      : { path: `/labels/v3/label/${encodeURIComponent(trackingNumber)}` };
  try {
    const answer = await callUsps(at, {
      ...{ call: 'refund', method: 'DELETE', ...which },
      ...{ isWrite: true, isPaid: true, answer: Cancelled },
    });
    const known = answer.trackingNumber ?? trackingNumber;
    const label = known === undefined ? {} : { label: { trackingNumber: known, carrier: 'USPS' } };
    // A dispute is decided later, and nobody can be asked how.
    const refund = answer.status === 'DISPUTED' ? 'disputed' : 'refunded';
    return { ...unpaid(key), isPaid: true, isVoided: true, refund, ...label };
  } catch (error) {
    const code = error instanceof UspsRefusal ? error.code : '';
    if (code === CODES.alreadyCancelled) return { ...unpaid(key), isPaid: true, isVoided: true };
    // Only under the key does "unknown" mean that nothing was bought: a number is of a label that was.
    if (trackingNumber === undefined && NOTHING_BOUGHT.includes(code)) return unpaid(key);
    throw error;
  }
}

async function reprint(at: UspsAt, trackingNumber: string, format: LabelFormat): Promise<LabelFile> {
  const { labelImage } = await callUsps(at, {
    call: 'reprint',
    method: 'POST',
    path: `/labels/v3/label-reprint/${encodeURIComponent(trackingNumber)}`,
    headers: { accept: WITH_IMAGE },
    body: { imageInfo: { imageType: IMAGE_TYPES[format], labelType: '4X6LABEL' } },
    isPaid: true,
    answer: Reprinted,
    read: (answer) => withImage(answer, 'labelImage'),
  });
  return { format, bytes: bytesOf(labelImage) };
}
