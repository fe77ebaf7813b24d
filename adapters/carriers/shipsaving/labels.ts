import type {
  LabelFile,
  LabelProvider,
  Rate as OurRate,
  Shipment,
  ShipmentRequest,
} from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { fetchFile } from '../../http';
import {
  askShipSaving,
  PROVIDER,
  UNKNOWN_ORDER,
  VOIDED_ALREADY,
  type ShipSavingAt,
  type ShipSavingCall,
} from './client';
import { orderBody, ratesBody } from './request';
import { isMarked, orderNumberOf, shipmentIdOf } from './shipment-id';
import { LabelList, OrderCreated, Purchased, RateList, Voided, type Label, type Rate } from './wire';

const FILE_DEADLINE_MS = 20_000;

/**
 * ShipSaving as a label provider. It knows no key that makes a purchase harmless when it is made again, and buys by a GET: so our
 * reference is the number of an order in the store, by which alone a purchase is found again, and `buy` is one call that no layer
 * repeats. A shipment's id is that number with a mark of the store.
 */
export function shipSavingLabels(at: ShipSavingAt): LabelProvider {
  return {
    createShipment: async (request) => ({
      ...{ id: shipmentIdOf(at, request.reference), isPaid: false, isVoided: false },
      rates: (await ratesOf(at, request)).map(mapRate),
    }),
    readShipment: async (id) => shipmentOf(id, await labelsOf(at, id)),
    buy: async ({ shipmentId: id, rateId }) => {
      // A rate of another store buys where the label would not be found again.
      orderNumberOf(at, id, 'buy');
      const call: ShipSavingCall = {
        ...{ call: 'buy', method: 'GET', path: '/api/rates/buy', spends: true },
        query: { rate_id: rateId },
      };
      const { tracking_code: trackingNumber, carrier, rate } = await askShipSaving(at, call, Purchased);
      return { ...bare(id), isPaid: true, label: { trackingNumber, carrier, priceCents: cents(rate) } };
    },
    refund: (id, trackingNumber) => refund(at, id, trackingNumber),
    document: ({ shipmentId, trackingNumber }) => documentOf(at, shipmentId, trackingNumber),
  };
}

const bare = (id: string): Shipment => ({ id, rates: [], isPaid: false, isVoided: false });

/** A number of dollars in integer cents. */
const cents = (dollars: number): number => Math.round(dollars * 100);

const mapRate = (rate: Rate): OurRate => ({
  id: rate.rate_id,
  carrier: rate.carrier,
  service: rate.service,
  priceCents: cents(rate.rate),
  ...(typeof rate.published_rate === 'number' ? { listCents: cents(rate.published_rate) } : {}),
  deliveryDays: rate.delivery_days ?? null,
});

/**
 * Its publication says of an order's number that the order must be there before. One that is taken without is not made: it would lie
 * in the store for everybody to ship.
 */
async function ratesOf(at: ShipSavingAt, request: ShipmentRequest): Promise<Rate[]> {
  const list = async (): Promise<Rate[]> => {
    const body = ratesBody(at, request);
    const call = { call: 'listRates', method: 'POST', path: '/api/rates/list', isFree: true, body } as const;
    return (await askShipSaving(at, call, RateList)).rates;
  };
  try {
    return await list();
  } catch (error) {
    if (!isUnknownOrder(error)) throw error;
    const body = orderBody(at, request);
    await askShipSaving(at, { call: 'createOrder', method: 'POST', path: '/api/orders/create', body }, OrderCreated);
    return list();
  }
}

const isUnknownOrder = (error: unknown): boolean =>
  error instanceof AdapterError && error.outcome === 'refused' && error.code === UNKNOWN_ORDER;

/**
 * All labels of an order; none where ShipSaving says that it knows no such order, because it tells only of those with a label, and
 * the store is known to be the one that the order was put in. Any other no is not taken for "nothing was bought": it is asked again.
 */
async function labelsOf(at: ShipSavingAt, id: string): Promise<Label[]> {
  const query = { store_name: at.account.storeName, order_number: orderNumberOf(at, id, 'readShipment') };
  try {
    return await askShipSaving(
      at,
      { call: 'readShipment', method: 'GET', path: '/api/shipments/get', query },
      LabelList,
    );
  } catch (error) {
    if (isUnknownOrder(error) && isMarked(id)) return [];
    if (!(error instanceof AdapterError) || error.outcome !== 'refused') throw error;
    throw new AdapterError('retryLater', { provider: PROVIDER, call: 'readShipment', code: error.code });
  }
}

/** What is published names no mark of a void: where there is one, it is a word under `label_status`. */
const isVoided = ({ label_status: status }: Label): boolean => /void|cancel|refund/i.test(status ?? '');

/**
 * More than one label that was not given back, under one number, means that somebody bought a second one. The first is ours; the
 * others are for a person to give back, and none is a reason to buy again.
 */
function shipmentOf(id: string, labels: readonly Label[]): Shipment {
  const standing = labels.find((label) => !isVoided(label));
  const [first] = standing === undefined ? labels : [standing];
  if (first === undefined) return bare(id);
  const price = typeof first.rate === 'number' ? { priceCents: cents(first.rate) } : {};
  const label = { trackingNumber: first.tracking_code, carrier: first.carrier, ...price };
  return { ...bare(id), isPaid: true, isVoided: standing === undefined, label };
}

async function refund(at: ShipSavingAt, id: string, known?: string): Promise<Shipment> {
  const number = known ?? shipmentOf(id, await labelsOf(at, id)).label?.trackingNumber;
  if (number === undefined) return bare(id);
  try {
    const body = { tracking_code: number };
    await askShipSaving(at, { call: 'refund', method: 'POST', path: '/api/shipments/void', body }, Voided);
  } catch (error) {
    if (!(error instanceof AdapterError) || error.outcome !== 'refused') throw error;
    // Perhaps an earlier attempt gave it back, whose answer was lost. That a list does not name it says so only with its own words.
    const listed = (await labelsOf(at, id)).find(({ tracking_code: code }) => code === number);
    const isGone = listed === undefined ? error.code === VOIDED_ALREADY : isVoided(listed);
    if (!isGone) throw error;
  }
  return { ...bare(id), isPaid: true, isVoided: true };
}

/**
 * The label as a file, as it was made: in the format that was asked for with its rates.
 * @throws AdapterError `retryLater` while there is none.
 */
async function documentOf(at: ShipSavingAt, id: string, trackingNumber: string): Promise<LabelFile> {
  const labels = await labelsOf(at, id);
  const label =
    labels.find(({ tracking_code: code }) => code === trackingNumber) ?? labels.find((one) => !isVoided(one));
  const url = label?.label_urls?.[0];
  if (url === undefined)
    throw new AdapterError('retryLater', { provider: PROVIDER, call: 'labelFile', code: 'no file yet' });
  const bytes = await fetchFile({ provider: PROVIDER, call: 'labelFile', url, deadlineMs: FILE_DEADLINE_MS });
  return { format: isPdf(bytes) ? 'pdf' : 'png', bytes };
}

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 4)).toString('latin1') === '%PDF';
