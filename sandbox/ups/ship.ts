import { z } from 'zod';
import { type Answer, json } from '../answer';
import { nowOf } from '../clock';
import { newTrackingNumber } from '../easypost/tracking-number';
import { enter } from '../ledger';
import { orderOfReference } from '../parcel-reference';
import type { World } from '../world';
import { accountOf, type UpsCall } from './gate';
import { isNegotiated, poundsOf, referencesOf, UpsParcels, wrongParts } from './parcel';
import { HEAVIEST_POUNDS, priceOf, type Service, serviceOf } from './services';
import { findShipment, hasMoved, keepShipment, labelOf, type UpsShipment } from './shipment';
import { LABEL_MADE } from './tracking';
import { money, NO_LABEL, refusal, success, type UpsError } from './wire';

const Format = z.looseObject({ LabelImageFormat: z.looseObject({ Code: z.string() }).optional() }).optional();

const Wish = z.object({
  ShipmentRequest: z.looseObject({ Shipment: UpsParcels, LabelSpecification: Format }),
});

/** Buys labels. Each call buys anew, whatever its references and its `transId` say. */
export function ship(world: World, { shopId, body }: UpsCall): Answer {
  const wish = Wish.safeParse(body);
  if (!wish.success) return refusal({ status: 400, code: '120002', message: wrongParts(wish.error) });
  const { Shipment: parcels, LabelSpecification } = wish.data.ShipmentRequest;
  if (parcels.Shipper.ShipperNumber !== accountOf(world, shopId)) return refusal(NOT_THE_SHIPPER);
  const service = serviceOf(parcels.Service?.Code);
  if (service === undefined) return refusal(NO_SERVICE);
  if (poundsOf(parcels).some((one) => one > HEAVIEST_POUNDS)) return refusal(TOO_HEAVY);
  const format = LabelSpecification?.LabelImageFormat?.Code ?? 'GIF';
  const shipment = newShipment({ parcels, service, format, at: nowOf(world, shopId) });
  keepShipment(world, shopId, shipment);
  enterLabel(world, shopId, { shipment, kind: 'labelBought' });
  return json(200, { ShipmentResponse: { Response: success(body), ShipmentResults: resultsOf(shipment) } });
}

type Bought = {
  readonly parcels: UpsParcels;
  readonly service: Service;
  readonly format: string;
  readonly at: number;
};

function newShipment({ parcels, service, format, at }: Bought): UpsShipment {
  const pounds = poundsOf(parcels);
  const { negotiated, published } = priceOf(service, pounds);
  const trackingNumbers = pounds.map(() => newTrackingNumber('UPS'));
  return {
    id: trackingNumbers[0] ?? '',
    trackingNumbers,
    references: referencesOf(parcels),
    serviceCode: service.code,
    boughtAt: at,
    priceCents: isNegotiated(parcels) ? negotiated : published,
    publishedCents: published,
    pounds: pounds.reduce((sum, one) => sum + one, 0),
    isNegotiated: isNegotiated(parcels),
    format,
    isVoided: false,
    scans: [{ ...LABEL_MADE, at }],
  };
}

function resultsOf(shipment: UpsShipment): unknown {
  const { priceCents, publishedCents, trackingNumbers } = shipment;
  return {
    Disclaimer: [],
    ShipmentCharges: {
      TransportationCharges: money(publishedCents),
      ServiceOptionsCharges: money(0),
      TotalCharges: money(publishedCents),
    },
    ...(shipment.isNegotiated ? { NegotiatedRateCharges: { TotalCharge: money(priceCents) } } : {}),
    BillingWeight: {
      UnitOfMeasurement: { Code: 'LBS', Description: 'Pounds' },
      Weight: shipment.pounds.toFixed(1).padStart(8, '0'),
    },
    ShipmentIdentificationNumber: shipment.id,
    PackageResults: trackingNumbers.map((trackingNumber) => ({
      TrackingNumber: trackingNumber,
      ServiceOptionsCharges: money(0),
      ShippingLabel: {
        ImageFormat: { Code: shipment.format, Description: shipment.format },
        GraphicImage: labelOf(shipment, trackingNumber).bytes.toString('base64'),
      },
    })),
  };
}

/** UPS publishes 28 days for a void by its interface, while no parcel was scanned. */
const VOID_DAYS_MS = 28 * 86_400_000;

/** Voids a shipment with all its parcels. The same code stands for `voided` and `already voided` (Shipping API, v2409). */
export function voidShipment(world: World, { shopId, params }: UpsCall): Answer {
  const shipment = findShipment(world, shopId, params['id'] ?? '');
  const isInTime = shipment !== undefined && nowOf(world, shopId) < shipment.boughtAt + VOID_DAYS_MS;
  if (!isInTime) return refusal(NOT_IN_TIME);
  if (hasMoved(shipment)) return refusal(PICKED_UP);
  if (!shipment.isVoided) {
    keepShipment(world, shopId, { ...shipment, isVoided: true });
    enterLabel(world, shopId, { shipment, kind: 'labelVoided' });
  }
  const Status = { Code: '1', Description: 'Voided' };
  const PackageLevelResults = shipment.trackingNumbers.map((TrackingNumber) => ({ TrackingNumber, Status }));
  const VoidShipmentResponse = { Response: success(undefined), SummaryResult: { Status }, PackageLevelResults };
  return json(200, { VoidShipmentResponse });
}

const Recovery = z.object({
  LabelRecoveryRequest: z.looseObject({
    LabelSpecification: Format,
    TrackingNumber: z.string().optional(),
    TrackingNumbers: z.array(z.string()).optional(),
    ReferenceValues: z
      .looseObject({ ReferenceNumber: z.looseObject({ Value: z.string() }), ShipperNumber: z.string() })
      .optional(),
  }),
});

/** Gives a label again, by a parcel's number or by a reference; voided ones are gone. Several of one reference are only named. */
export function recoverLabel(world: World, { shopId, body }: UpsCall): Answer {
  const wish = Recovery.safeParse(body);
  if (!wish.success) return refusal({ status: 400, code: '300002', message: wrongParts(wish.error) });
  const { TrackingNumber, TrackingNumbers, ReferenceValues, LabelSpecification } = wish.data.LabelRecoveryRequest;
  const number = TrackingNumber ?? TrackingNumbers?.[0];
  const found =
    number === undefined
      ? byReference(world, shopId, ReferenceValues)
      : [findShipment(world, shopId, number)].filter((one) => one !== undefined);
  const live = found.filter((one) => !one.isVoided);
  const [shipment] = live;
  if (shipment === undefined) return refusal(NO_LABEL);
  const format = LabelSpecification?.LabelImageFormat?.Code ?? shipment.format;
  const results = { ShipmentIdentificationNumber: shipment.id, LabelResults: labelResults(shipment, format) };
  const candidates = live.map((one) => ({ TrackingNumber: one.id }));
  const said = live.length === 1 ? results : { LabelResults: [], TrackingCandidate: candidates };
  return json(200, { LabelRecoveryResponse: { Response: success(body), ...said } });
}

type Referred = { readonly ReferenceNumber: { readonly Value: string }; readonly ShipperNumber: string };

function byReference(world: World, shopId: string, referred: Referred | undefined): UpsShipment[] {
  if (referred === undefined || referred.ShipperNumber !== accountOf(world, shopId)) return [];
  const { Value } = referred.ReferenceNumber;
  return world.state.upsShipments.of(shopId).filter(({ references }) => references.includes(Value));
}

function labelResults(shipment: UpsShipment, format: string): unknown[] {
  return shipment.trackingNumbers.map((TrackingNumber) => ({
    TrackingNumber,
    LabelImage: {
      LabelImageFormat: { Code: format },
      GraphicImage: labelOf(shipment, TrackingNumber, format).bytes.toString('base64'),
    },
  }));
}

const NOT_THE_SHIPPER: UpsError = { status: 400, code: '120100', message: 'Missing or invalid shipper number' };
const NO_SERVICE: UpsError = { status: 400, code: '120111', message: 'Missing or invalid service code' };
const TOO_HEAVY: UpsError = {
  status: 400,
  code: '121050',
  message: 'The maximum per package weight for that service has been exceeded.',
};
const NOT_IN_TIME: UpsError = {
  status: 400,
  code: '190102',
  message: 'No shipment found within the allowed void period',
};
const PICKED_UP: UpsError = {
  status: 400,
  code: '190117',
  message:
    'The Pickup Request associated with this shipment has already been completed. The shipment cannot be voided.',
};

type Entry = { readonly shipment: UpsShipment; readonly kind: 'labelBought' | 'labelVoided' };

function enterLabel(world: World, shopId: string, { shipment, kind }: Entry): void {
  const order = shipment.references.map(orderOfReference).find((one) => one !== null) ?? null;
  enter(world, shopId, { kind, ref: shipment.id, order, provider: 'ups', priceCents: shipment.priceCents });
}
