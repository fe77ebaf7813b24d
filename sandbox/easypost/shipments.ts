import { z } from 'zod';
import type { Answer } from '../answer';
import { nowOf } from '../clock';
import { prefixedId } from '../ids';
import type { World } from '../world';
import { renderedForm } from './forms';
import type { EasyPostCall } from './gate';
import { type Rate, type RateMessage, ratesFor, type Rating, type RatingTerms } from './rates';
import { answer, instant, NOT_FOUND, refusal } from './wire';

/** A shipment as it is kept: its tracker lives in a table of its own, its label's address depends on where we listen. */
export type Shipment = {
  readonly id: string;
  readonly reference: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The caller's addresses, parcel and options with the ids they were given. */
  readonly parts: Readonly<Record<string, unknown>>;
  readonly weightOunces: number;
  readonly rates: readonly Rate[];
  readonly messages: readonly RateMessage[];
  readonly labelFileType: LabelFileType;
  readonly postage: Postage | null;
  readonly refundStatus: 'submitted' | 'rejected' | null;
  /** The form it stands on, if it stands on one. */
  readonly formId?: string;
};

/** A label's file as the wire names its type. */
type LabelFileType = 'image/png' | 'application/pdf' | 'application/zpl';

/** Formats as a caller asks for them. */
const FILE_TYPES: Readonly<Record<string, LabelFileType>> = {
  PNG: 'image/png',
  PDF: 'application/pdf',
  ZPL: 'application/zpl',
};

const ENDINGS: Readonly<Record<LabelFileType, 'png' | 'pdf' | 'zpl'>> = {
  'image/png': 'png',
  'application/pdf': 'pdf',
  'application/zpl': 'zpl',
};

/** What a shipment has once it is bought. */
export type Postage = {
  readonly labelId: string;
  readonly boughtAt: number;
  readonly rate: Rate;
  readonly trackingCode: string;
  readonly trackerId: string;
  /** The formats beside its own that the label was asked for in. */
  readonly formats?: readonly string[];
  /** The fault that keeps the number from being shown, while there is one. */
  readonly hiddenBy?: string | undefined;
};

const Part = z.looseObject({});

const Wanted = z.object({
  shipment: z.looseObject({
    reference: z.string().nullish(),
    to_address: Part,
    from_address: Part,
    return_address: Part.nullish(),
    parcel: z.looseObject({ weight: z.coerce.number().positive() }),
    options: z.looseObject({ label_format: z.string().nullish() }).nullish(),
  }),
});

/** Creates a shipment and rates it. Nothing is bought. */
export function createShipment(world: World, { shopId, body }: EasyPostCall, rating: Rater = ratesFor): Answer {
  const wanted = Wanted.safeParse(body);
  if (!wanted.success) {
    return refusal({ status: 422, code: 'PARAMETER.REQUIRED', message: 'Missing required parameter.' });
  }
  const created = newShipment(world, shopId, { shipment: wanted.data.shipment, rating });
  return answer(201, rendered(world, shopId, created));
}

/** What is shipped, with the caller's own fields. */
type Wish = z.infer<typeof Wanted>['shipment'];

/** How a shipment is rated. */
type Rater = (shipmentId: string, weightOunces: number, terms: RatingTerms) => Rating;

/** Keeps a rated shipment that nothing is bought for. */
export function newShipment(
  world: World,
  shopId: string,
  { shipment, rating = ratesFor }: { shipment: Wish; rating?: Rater },
): Shipment {
  const id = prefixedId('shp');
  const at = nowOf(world, shopId);
  const created: Shipment = {
    id,
    reference: shipment.reference ?? null,
    createdAt: at,
    updatedAt: at,
    parts: partsOf(shipment, at),
    weightOunces: shipment.parcel.weight,
    ...rating(id, shipment.parcel.weight, termsOf(world, shopId, at)),
    labelFileType: FILE_TYPES[shipment.options?.label_format?.toUpperCase() ?? 'PNG'] ?? 'image/png',
    postage: null,
    refundStatus: null,
  };
  world.state.shipments.put(shopId, id, created);
  return created;
}

/** Reads a shipment by its id or its reference. */
export function getShipment(world: World, { shopId, params }: EasyPostCall): Answer {
  const shipment = findShipment(world, shopId, params['id'] ?? '');
  return shipment === undefined ? refusal(NOT_FOUND) : answer(200, rendered(world, shopId, shipment));
}

/** Has a bought label in a further format too; the shipment then says where that lies. */
export function convertLabel(world: World, { shopId, params, query }: EasyPostCall): Answer {
  const shipment = findShipment(world, shopId, params['id'] ?? '');
  if (shipment === undefined) return refusal(NOT_FOUND);
  const format = query.get('file_format')?.toUpperCase() ?? '';
  if (FILE_TYPES[format] === undefined)
    return refusal({ status: 422, code: 'PARAMETER.INVALID', message: 'file_format is not valid.' });
  if (shipment.postage === null)
    return refusal({ status: 422, code: 'SHIPMENT.POSTAGE.REQUIRED', message: 'The shipment has no postage label.' });
  const formats = [...new Set([...(shipment.postage.formats ?? []), format])];
  const converted = { ...shipment, postage: { ...shipment.postage, formats } };
  world.state.shipments.put(shopId, shipment.id, converted);
  return answer(200, rendered(world, shopId, converted));
}

/** What a shop's account is rated by. */
export function termsOf(world: World, shopId: string, at: number): RatingTerms {
  return { at, hasMoreCarriers: world.state.easypostAccounts.get(shopId, shopId)?.hasMoreCarriers === true };
}

/** A shipment by id, or the newest one with this reference: references need not be unique. */
export function findShipment(world: World, shopId: string, idOrReference: string): Shipment | undefined {
  const byId = world.state.shipments.get(shopId, idOrReference);
  return byId ?? world.state.shipments.of(shopId).findLast(({ reference }) => reference === idOrReference);
}

/** The order a shipment was made for, as its reference `shop:order:package:attempt` tells. */
export function orderOf(shipment: Shipment): string | null {
  return shipment.reference?.split(':')[1] ?? null;
}

/** A shipment as the wire shows it. */
export function rendered(world: World, shopId: string, shipment: Shipment): Record<string, unknown> {
  return {
    created_at: instant(shipment.createdAt),
    is_return: false,
    messages: shipment.messages,
    mode: 'test',
    reference: shipment.reference,
    status: 'unknown',
    tracking_code: null,
    updated_at: instant(shipment.updatedAt),
    batch_id: null,
    batch_status: null,
    batch_message: null,
    customs_info: null,
    insurance: null,
    order_id: null,
    ...shipment.parts,
    postage_label: null,
    rates: shipment.rates,
    refund_status: shipment.refundStatus,
    scan_form: shipment.formId === undefined ? null : renderedForm(world, shopId, shipment.formId),
    selected_rate: null,
    tracker: null,
    usps_zone: 4,
    forms: [],
    fees: [],
    id: shipment.id,
    object: 'Shipment',
    ...(shipment.postage === null ? {} : renderedPostage(world, shopId, { shipment, postage: shipment.postage })),
  };
}

type Bought = { readonly shipment: Shipment; readonly postage: Postage };

function renderedPostage(world: World, shopId: string, { shipment, postage }: Bought): Record<string, unknown> {
  // What has no number is not tracked yet.
  const isHidden = postage.hiddenBy !== undefined;
  const tracker = isHidden ? undefined : world.state.trackers.get(shopId, postage.trackerId);
  return {
    status: tracker?.status ?? 'unknown',
    tracking_code: isHidden ? null : postage.trackingCode,
    postage_label: labelOf(world, shopId, { shipment, postage }),
    selected_rate: postage.rate,
    tracker: tracker ?? null,
    fees: [fee('LabelFee', '0.00000'), fee('PostageFee', `${postage.rate.rate}000`)],
  };
}

function labelOf(world: World, shopId: string, { shipment, postage }: Bought): unknown {
  const at = instant(postage.boughtAt);
  const url = (ending: string): string => `${world.url}/labels/${shopId}/${shipment.id}.${ending}`;
  const urlIn = (format: 'PDF' | 'ZPL'): string | null =>
    FILE_TYPES[format] === shipment.labelFileType || postage.formats?.includes(format) === true
      ? url(format.toLowerCase())
      : null;
  return {
    object: 'PostageLabel',
    id: postage.labelId,
    created_at: at,
    updated_at: at,
    date_advance: 0,
    integrated_form: 'none',
    label_date: at,
    label_resolution: 300,
    label_size: '4x6',
    label_type: 'default',
    label_file_type: shipment.labelFileType,
    label_url: url(ENDINGS[shipment.labelFileType]),
    label_pdf_url: urlIn('PDF'),
    label_zpl_url: urlIn('ZPL'),
    label_epl2_url: null,
    label_file: null,
  };
}

function fee(type: string, amount: string): unknown {
  return { object: 'Fee', type, amount, charged: true, refunded: false };
}

function partsOf(shipment: Wish, at: number): Record<string, unknown> {
  const dates = { created_at: instant(at), updated_at: instant(at), mode: 'test' };
  const address = (given: object): unknown => ({
    ...{ id: prefixedId('adr'), object: 'Address', name: null, company: null, street2: null, phone: null, email: null },
    ...{ residential: null, verifications: {} },
    ...dates,
    ...given,
  });
  const [to, from] = [address(shipment.to_address), address(shipment.from_address)];
  return {
    to_address: to,
    from_address: from,
    return_address: shipment.return_address ? address(shipment.return_address) : from,
    buyer_address: to,
    parcel: { id: prefixedId('prcl'), object: 'Parcel', predefined_package: null, ...dates, ...shipment.parcel },
    options: { ...shipment.options, currency: 'USD', payment: { type: 'SENDER' }, date_advance: 0 },
  };
}
