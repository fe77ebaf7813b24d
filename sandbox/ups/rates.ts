import { z } from 'zod';
import { type Answer, json } from '../answer';
import { centralTime, dayOf } from '../central-time';
import { nowOf } from '../clock';
import type { World } from '../world';
import type { UpsCall } from './gate';
import { isNegotiated, poundsOf, UpsParcels, wrongParts } from './parcel';
import { arrivalOf, HEAVIEST_POUNDS, priceOf, type Service, SERVICES, serviceOf } from './services';
import { money, refusal, success, type UpsError } from './wire';

const Wish = z.object({ RateRequest: z.looseObject({ Shipment: UpsParcels }) });

const WITH_ONE: readonly string[] = ['rate', 'ratetimeintransit'];
const WITH_ALL: readonly string[] = ['shop', 'shoptimeintransit'];

/** Prices of one service or of all; the options whose names end so tell the days too. */
export function rate(world: World, { shopId, params, body }: UpsCall): Answer {
  const option = (params['option'] ?? '').toLowerCase();
  if (![...WITH_ONE, ...WITH_ALL].includes(option)) return refusal(BAD_OPTION);
  const wish = Wish.safeParse(body);
  if (!wish.success) return refusal({ status: 400, code: '110002', message: wrongParts(wish.error) });
  const shipment = wish.data.RateRequest.Shipment;
  if (poundsOf(shipment).some((one) => one > HEAVIEST_POUNDS)) return refusal(TOO_HEAVY);
  const services = servicesOf(shipment, option);
  if (services.length === 0) return refusal(NO_SERVICE);
  const day = pickupDayOf(shipment) ?? dayOf(centralTime(nowOf(world, shopId)));
  const RatedShipment = services.map((service) => ({
    ...ratedOf(service, shipment),
    ...(option.endsWith('timeintransit') ? transitOf(service, day) : {}),
  }));
  return json(200, { RateResponse: { Response: success(body), RatedShipment } });
}

function servicesOf({ Service: asked }: UpsParcels, option: string): readonly Service[] {
  if (WITH_ALL.includes(option)) return SERVICES;
  const one = serviceOf(asked?.Code ?? '03');
  return one === undefined ? [] : [one];
}

function pickupDayOf({ DeliveryTimeInformation }: UpsParcels): string | undefined {
  const day = DeliveryTimeInformation?.Pickup?.Date;
  return day === undefined ? undefined : dashed(day);
}

function ratedOf(service: Service, shipment: UpsParcels): Record<string, unknown> {
  const pounds = poundsOf(shipment);
  const { negotiated, published } = priceOf(service, pounds);
  const total = pounds.reduce((sum, one) => sum + one, 0);
  const BillingWeight = {
    UnitOfMeasurement: { Code: 'LBS', Description: 'Pounds' },
    Weight: String(Math.ceil(total)),
  };
  return {
    Service: { Code: service.code, Description: service.name },
    RatedShipmentAlert: [{ Code: '110971', Description: 'Your invoice may vary from the displayed reference rates' }],
    BillingWeight,
    TransportationCharges: money(published),
    BaseServiceCharge: money(published),
    ServiceOptionsCharges: money(0),
    TotalCharges: money(published),
    ...(isNegotiated(shipment) ? { NegotiatedRateCharges: { TotalCharge: money(negotiated) } } : {}),
    GuaranteedDelivery: { BusinessDaysInTransit: String(service.businessDays) },
    RatedPackage: pounds.map((one) => {
      const price = money(priceOf(service, [one]).published);
      const charges = { TransportationCharges: price, ServiceOptionsCharges: money(0), TotalCharges: price };
      return { ...charges, Weight: one.toFixed(1), BillingWeight };
    }),
  };
}

function transitOf(service: Service, day: string): Record<string, unknown> {
  const arrival = arrivalOf(service, day);
  const Arrival = { Date: bare(arrival), Time: service.by.replaceAll(':', '') };
  const EstimatedArrival = {
    Arrival,
    BusinessDaysInTransit: String(service.businessDays),
    Pickup: { Date: bare(day), Time: '170000' },
    DayOfWeek: weekday(arrival),
    CustomerCenterCutoff: '160000',
    TotalTransitDays: String(daysBetween(day, arrival)),
  };
  const ServiceSummary = { Service: { Description: service.name }, EstimatedArrival };
  return { TimeInTransit: { PickupDate: bare(day), PackageBillType: '03', ServiceSummary } };
}

const Transit = z.looseObject({
  originCountryCode: z.string().length(2),
  originPostalCode: z.string(),
  destinationPostalCode: z.string(),
  shipDate: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
});

/** The days of every service between two places. */
export function timeInTransit(world: World, { shopId, body }: UpsCall): Answer {
  const wish = Transit.safeParse(body);
  if (!wish.success) return refusal({ status: 400, code: '270032', message: wrongParts(wish.error) });
  const { originCountryCode, originPostalCode, destinationPostalCode } = wish.data;
  const shipDate = wish.data.shipDate ?? dayOf(centralTime(nowOf(world, shopId)));
  const services = SERVICES.map((service) => {
    const deliveryDate = arrivalOf(service, shipDate);
    return {
      serviceLevel: service.level,
      serviceLevelDescription: service.name,
      shipDate,
      deliveryDate,
      commitTime: service.by,
      deliveryTime: service.by,
      deliveryDayOfWeek: weekday(deliveryDate),
      nextDayPickupIndicator: '0',
      saturdayPickupIndicator: '0',
      guaranteeIndicator: service.code === '03' ? '0' : '1',
      totalTransitDays: daysBetween(shipDate, deliveryDate),
      businessTransitDays: service.businessDays,
      restDaysCount: 0,
      holidayCount: 0,
      delayCount: 0,
      pickupDate: shipDate,
      pickupTime: '17:00:00',
      cstccutoffTime: '16:00:00',
    };
  });
  const emsResponse = {
    shipDate,
    shipTime: '10:00:00',
    serviceLevel: 'A',
    billType: '03',
    residentialIndicator: '02',
    destinationCountryName: 'UNITED STATES',
    destinationCountryCode: 'US',
    destinationPostalCode,
    originCountryName: 'UNITED STATES',
    originCountryCode,
    originPostalCode,
    guaranteeSuspended: false,
    numberOfServices: services.length,
    services,
  };
  return json(200, { emsResponse });
}

const BAD_OPTION: UpsError = { status: 400, code: '110003', message: 'The request option is invalid.' };
const TOO_HEAVY: UpsError = {
  status: 400,
  code: '111035',
  message: 'The maximum per package weight for the selected service from the selected country is 150.00 pounds.',
};
const NO_SERVICE: UpsError = {
  status: 400,
  code: '111210',
  message: 'The requested service is unavailable between the selected locations.',
};

/** `20260206` as `2026-02-06`. */
function dashed(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

function bare(day: string): string {
  return day.replaceAll('-', '');
}

function weekday(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' }).toUpperCase();
}

function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);
}
