import { Buffer } from 'node:buffer';
import type { z } from 'zod';
import type { LabelFile, LabelProvider, Shipment } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import type { LabelFormat } from '../../../contracts/shop';
import { stateCodeOf } from '../us-states';
import { labelFormatOf, rateBody, shipBody } from './body';
import { callUps, type UpsAt } from './client';
import { failureOfReading, isNotFound, isVoidedAlready, PROVIDER } from './errors';
import { chargedCents, ratesOf } from './rates';
import { packageReferenceOf } from './reference';
import { Rated, Recovered, Shipped, Voided } from './wire';

const unpaid = (id: string): Shipment => ({ id, rates: [], isPaid: false, isVoided: false });

const paid = (id: string, trackingNumber: string, priceCents?: number): Shipment => ({
  ...unpaid(id),
  isPaid: true,
  label: { trackingNumber, carrier: 'UPS', ...(priceCents === undefined ? {} : { priceCents }) },
});

/**
 * UPS as a label provider. It keeps nothing before the purchase, has no idempotency key and charges each call; but it finds a
 * label again by the reference of its package, so that is a shipment's id, and it is looked for before every purchase.
 */
export const upsLabels = (at: UpsAt): LabelProvider => ({
  createShipment: async (request) => {
    const { RateResponse: answer } = await callUps(at, {
      ...{ call: 'rates', method: 'POST', path: '/rating/v2409/Shoptimeintransit' },
      body: rateBody(at, request),
      answer: Rated,
    });
    const id = packageReferenceOf(request.reference);
    return { ...unpaid(id), rates: ratesOf(answer.RatedShipment, stateCodeOf(request.to?.state ?? '')) };
  },
  readShipment: async (id) => {
    const number = await numberOf(at, id);
    return number === undefined ? unpaid(id) : paid(id, number);
  },
  buy: async ({ shipmentId: id, rateId, request }) => {
    const { ShipmentResults: made } = (
      await callUps(at, {
        ...{ call: 'buy', method: 'POST', path: '/shipments/v2409/ship', isWrite: true },
        body: shipBody(at, request, rateId),
        answer: Shipped,
      })
    ).ShipmentResponse;
    const number = made.PackageResults[0]?.TrackingNumber;
    if (number === undefined)
      throw new AdapterError('outcomeUnknown', { provider: PROVIDER, call: 'buy', code: 'no tracking number' });
    const priceCents = chargedCents({
      listed: made.ShipmentCharges?.TotalCharges,
      negotiated: made.NegotiatedRateCharges?.TotalCharge,
    });
    return paid(id, number, priceCents);
  },
  refund: async (id, known) => {
    const number = known ?? (await numberOf(at, id));
    return number === undefined ? unpaid(id) : { ...paid(id, number), isVoided: await voids(at, number) };
  },
  document: async ({ trackingNumber, format }) => documentOf(at, trackingNumber, format),
});

/**
 * The number of the label under a reference. Where two stand under it the first is ours and the other was never asked for: nothing
 * more is bought in any case.
 */
async function numberOf(at: UpsAt, reference: string): Promise<string | undefined> {
  const found = await recover(at, {
    ReferenceValues: { ReferenceNumber: { Value: reference }, ShipperNumber: at.account.accountNumber },
  });
  if (found === undefined) return undefined;
  const { LabelResults: results = [], TrackingCandidate: candidates = [] } = found;
  const number = results[0]?.TrackingNumber ?? candidates[0]?.TrackingNumber;
  // Something is there and is not told: to call it nothing would be to buy again.
  if (number === undefined)
    throw new AdapterError('retryLater', { provider: PROVIDER, call: 'recovery', code: 'no tracking number' });
  return number;
}

type Recovery = z.infer<typeof Recovered>['LabelRecoveryResponse'];

async function recover(at: UpsAt, which: object, format: 'PDF' | 'ZPL' = 'PDF'): Promise<Recovery | undefined> {
  try {
    const { LabelRecoveryResponse: recovery } = await callUps(at, {
      ...{ call: 'recovery', method: 'POST', path: '/labels/v1/recovery' },
      body: { LabelRecoveryRequest: { Request: {}, LabelSpecification: labelFormatOf(format), ...which } },
      answer: Recovered,
    });
    return recovery;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw failureOfReading(error, 'recovery');
  }
}

/** A shipment of one package has that package's number. */
async function voids(at: UpsAt, number: string): Promise<boolean> {
  try {
    const { VoidShipmentResponse: answer } = await callUps(at, {
      ...{ call: 'refund', method: 'DELETE', isWrite: true },
      path: `/shipments/v2409/void/cancel/${encodeURIComponent(number)}`,
      answer: Voided,
    });
    return answer.SummaryResult.Status.Code === '1';
  } catch (error) {
    if (isVoidedAlready(error)) return true;
    throw error;
  }
}

/** As it is recovered, which is free: a purchase gives no PDF (UPS Shipping API, LabelImageFormat). Pictures are PDF here. */
async function documentOf(at: UpsAt, trackingNumber: string, format: LabelFormat): Promise<LabelFile> {
  const isZpl = format === 'zpl';
  const found = await recover(at, { TrackingNumber: trackingNumber }, isZpl ? 'ZPL' : 'PDF');
  const image = found?.LabelResults?.[0]?.LabelImage?.GraphicImage;
  if (image === undefined)
    throw new AdapterError('retryLater', { provider: PROVIDER, call: 'recovery', code: 'no label image' });
  return { format: isZpl ? 'zpl' : 'pdf', bytes: new Uint8Array(Buffer.from(image, 'base64')) };
}
