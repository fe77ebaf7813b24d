import { z } from 'zod';
import { type Answer, json } from '../answer';
import { pay, payBack } from '../carrier-accounts';
import { centralTime, dayOf } from '../central-time';
import { nowOf } from '../clock';
import { newTrackingNumber } from '../easypost/tracking-number';
import { digits } from '../ids';
import { enter } from '../ledger';
import { orderOfReference } from '../parcel-reference';
import type { World } from '../world';
import { isMailable, isManifestedAlone } from './calendar';
import { isPayable, type UspsCall } from './gate';
import { barOf, findLabel, hasMoved, keepLabel, LabelRequest, labelOfKey, partsOf, type UspsLabel } from './label';
import { asAccepted } from './multipart';
import { priceOf } from './rates';
import { NO_FUNDS, refused, type UspsError } from './wire';

const API = '/labels/v3';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A form's labels are with the postal systems 15 minutes later: until then they are neither cancelled nor disputed. */
const FORM_SENT_MS = 15 * 60_000;

const MOST_REPRINTS = 3;

/** Buys a label; the same key with the same words gives the label that is there, at no charge. */
export function buyLabel(world: World, call: UspsCall): Answer {
  const { shopId } = call;
  if (!isPayable(world, call)) return NOT_PAYABLE;
  const request = LabelRequest.safeParse(call.body);
  if (!request.success) return no({ code: '010005', detail: paths(request.error) });
  const key = call.header('x-idempotency-key').toLowerCase();
  if (key !== '' && !UUID.test(key)) return no({ ...KEY, detail: 'The X-Idempotency-Key must be a UUID.' });
  const payload = JSON.stringify(call.body);
  const known = key === '' ? undefined : labelOfKey(world, shopId, key);
  if (known !== undefined && known.payload !== payload)
    return no({ ...KEY, detail: 'The X-Idempotency-Key has been used with another request.' });
  const bought = known ?? newLabel(world, shopId, { request: request.data, key, payload });
  return 'detail' in bought ? no(bought) : asAccepted(call.header('accept'), partsOf(bought));
}

/** A label to buy, with the key it is bought under, if under one. */
type Purchase = {
  readonly request: z.infer<typeof LabelRequest>;
  readonly key: string;
  readonly payload: string;
};

/** Buys a label, or says why not. */
export function newLabel(world: World, shopId: string, { request, key, payload }: Purchase): UspsLabel | UspsError {
  const { packageDescription, toAddress, fromAddress, imageInfo } = request;
  const at = nowOf(world, shopId);
  const mailingDate = dayOf(packageDescription.mailingDate);
  if (!isMailable(mailingDate, at))
    return { code: '160034', detail: 'The mailing date is in the past or too far ahead.', parameter: 'mailingDate' };
  const { mailClass, weight: pounds, inductionZIPCode } = packageDescription;
  const [originZip, destinationZip] = [inductionZIPCode ?? fromAddress.ZIPCode, toAddress.ZIPCode];
  const priceCents = priceOf({ mailClass, originZip, destinationZip, pounds });
  if (priceCents === undefined) return { code: '030003', detail: 'The weight exceeds 70 pounds.', parameter: 'weight' };
  if (!pay(world, shopId, { provider: 'usps', priceCents })) return NO_FUNDS;
  const reference = packageDescription.customerReference?.[0]?.referenceNumber ?? null;
  const label: UspsLabel = {
    trackingNumber: newTrackingNumber('USPS'),
    idempotencyKey: key === '' ? null : key,
    payload,
    reference,
    boughtAt: at,
    priceCents,
    mailClass,
    mailingDate,
    originZip,
    destinationZip,
    entryFacilityType: packageDescription.destinationEntryFacilityType,
    pounds,
    imageType: imageInfo.imageType,
    toAddress,
    bar: barOf(request),
    state: 'live',
    reprints: 0,
    scans: [{ code: 'GX', at }],
  };
  keepLabel(world, shopId, label);
  if (key !== '') world.state.uspsKeys.put(shopId, key, label.trackingNumber);
  enterLabel(world, shopId, { label, kind: 'labelBought' });
  return label;
}

/** Cancels a label by its number, or asks for the money of one that is manifested. */
export function cancelLabel(world: World, call: UspsCall): Answer {
  if (!isPayable(world, call)) return NOT_PAYABLE;
  return cancelled(world, call.shopId, findLabel(world, call.shopId, call.params['trackingNumber'] ?? ''));
}

/** The same by the key that the label was bought under. */
export function cancelByKey(world: World, call: UspsCall): Answer {
  if (!isPayable(world, call)) return NOT_PAYABLE;
  return cancelled(world, call.shopId, labelOfKey(world, call.shopId, call.header('x-idempotency-key').toLowerCase()));
}

function cancelled(world: World, shopId: string, label: UspsLabel | undefined): Answer {
  if (label === undefined) return no({ code: '160039', detail: 'The label was not found.' });
  const { trackingNumber } = label;
  if (label.state === 'canceled')
    return no({ code: '160186', detail: `Label ${trackingNumber} was already canceled.` });
  const now = nowOf(world, shopId);
  const today = dayOf(centralTime(now));
  if (hasMoved(label) || label.disputedOn === today)
    return no({ code: '160184', detail: `Label ${trackingNumber} cannot be canceled.` });
  if (label.formedAt !== undefined && now < label.formedAt + FORM_SENT_MS)
    return no({ code: '160174', detail: 'Labels on a SCAN Form cannot be canceled.' });
  const isSent = label.formedAt !== undefined || isManifestedAlone(label.mailingDate, now);
  if (!isSent) {
    keepLabel(world, shopId, { ...label, state: 'canceled' });
    payBack(world, shopId, { provider: 'usps', priceCents: label.priceCents });
    enterLabel(world, shopId, { label, kind: 'labelVoided' });
    return json(200, { trackingNumber, status: 'CANCELED' });
  }
  const disputeId = digits(6);
  keepLabel(world, shopId, { ...label, state: 'disputed', disputeId, disputedOn: today });
  if (label.state === 'live') enterLabel(world, shopId, { label, kind: 'labelVoided' });
  return json(200, { trackingNumber, status: 'DISPUTED', disputeId });
}

const Reprint = z.object({ imageInfo: z.looseObject({ imageType: z.string().optional() }).optional() });

/** Prints a label again, up to three times and up to its mailing date. */
export function reprintLabel(world: World, call: UspsCall): Answer {
  return reprinted(world, call, findLabel(world, call.shopId, call.params['trackingNumber'] ?? ''));
}

/** The same by the key that the label was bought under. */
export function reprintByKey(world: World, call: UspsCall): Answer {
  return reprinted(world, call, labelOfKey(world, call.shopId, call.header('x-idempotency-key').toLowerCase()));
}

function reprinted(world: World, call: UspsCall, label: UspsLabel | undefined): Answer {
  if (!isPayable(world, call)) return NOT_PAYABLE;
  if (label === undefined) return no({ code: '160039', detail: 'The label was not found.' });
  if (label.state !== 'live') return no({ code: '160397', detail: 'Canceled labels cannot be reprinted.' });
  if (isManifestedAlone(label.mailingDate, nowOf(world, call.shopId)))
    return no({ code: '160034', detail: 'Labels can be reprinted up to the mailing date.' });
  if (label.reprints >= MOST_REPRINTS) return no({ code: '160184', detail: 'The label was reprinted 3 times.' });
  const reprints = label.reprints + 1;
  keepLabel(world, call.shopId, { ...label, reprints });
  const wish = Reprint.safeParse(call.body);
  const parts = partsOf(label, wish.success ? wish.data.imageInfo?.imageType : undefined);
  const reprintInfo = { reprintNumber: reprints, reprintLimit: MOST_REPRINTS };
  // Unlike a purchase's, a reprint's metadata stand in an element of their own.
  return asAccepted(call.header('accept'), { ...parts, metadata: { labelMetadata: parts.metadata, reprintInfo } });
}

const KEY = { code: '010005', parameter: 'X-Idempotency-Key' };

const NOT_PAYABLE = refused(API, 401, {
  code: '401',
  detail: 'The payment authorization token is missing, invalid or expired.',
  parameter: 'X-Payment-Authorization-Token',
});

function no(error: UspsError): Answer {
  return refused(API, 400, error);
}

/** Where a request is wrong, and never what it said. */
function paths(error: z.ZodError): string {
  return `OASValidation: ${error.issues.map(({ path }) => path.join('.')).join(', ')} not valid`;
}

type Entry = { readonly label: UspsLabel; readonly kind: 'labelBought' | 'labelVoided' };

function enterLabel(world: World, shopId: string, { label, kind }: Entry): void {
  const { trackingNumber: ref, priceCents, reference } = label;
  enter(world, shopId, { kind, ref, order: orderOfReference(reference), provider: 'usps', priceCents });
}
