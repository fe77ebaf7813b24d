import type { Rate } from '../../../activities/carrier-ports';
import { END_OF_DAY_MINUTES, latestArrival } from '../arrival';
import type { RatedShipment } from './wire';

/** Service codes within the United States, by the names that EasyPost gives the same services. Source: UPS Rating API, v2409. */
const SERVICES: Readonly<Record<string, string>> = {
  '01': 'NextDayAir',
  '02': '2ndDayAir',
  '03': 'Ground',
  '12': '3DaySelect',
  '13': 'NextDayAirSaver',
  '14': 'NextDayAirEarlyAM',
  '59': '2ndDayAirAM',
  '93': 'UPSGroundsaver',
};

const cents = (dollars: number): number => Math.round(dollars * 100);

/** What UPS charged: the account's price where it has one. */
export const chargedCents = (charges: {
  listed?: { MonetaryValue: number } | undefined;
  negotiated?: { MonetaryValue: number } | undefined;
}): number | undefined => {
  const charge = charges.negotiated ?? charges.listed;
  return charge === undefined ? undefined : cents(charge.MonetaryValue);
};

/** The services that we have a name for, in dollars. */
export const ratesOf = (rated: readonly RatedShipment[], state: string | undefined): Rate[] =>
  rated.flatMap((shipment) => {
    const { Code: id } = shipment.Service;
    const service = Object.hasOwn(SERVICES, id) ? SERVICES[id] : undefined;
    if (service === undefined || shipment.TotalCharges.CurrencyCode !== 'USD') return [];
    const listCents = cents(shipment.TotalCharges.MonetaryValue);
    const negotiated = shipment.NegotiatedRateCharges?.TotalCharge;
    const priceCents = negotiated === undefined ? listCents : cents(negotiated.MonetaryValue);
    return [{ id, carrier: 'UPS', service, priceCents, listCents, ...arrivalOf(shipment, state) }];
  });

function arrivalOf(
  { TimeInTransit }: RatedShipment,
  state: string | undefined,
): Pick<Rate, 'deliveryDays' | 'deliverBy'> {
  const estimated = TimeInTransit?.ServiceSummary?.EstimatedArrival;
  const deliverBy = instantOf(estimated?.Arrival, state);
  return {
    deliveryDays: estimated?.BusinessDaysInTransit ?? null,
    ...(deliverBy === undefined ? {} : { deliverBy }),
  };
}

/** `20261124` and `230000`, at the addressee's. */
function instantOf(
  arrival: { Date?: string | undefined; Time?: string | undefined } | undefined,
  state: string | undefined,
): number | undefined {
  const date = (arrival?.Date ?? '').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const [, hours, minutes] = /^(\d{2}):?(\d{2})/.exec(arrival?.Time ?? '') ?? [];
  const time = minutes === undefined ? END_OF_DAY_MINUTES : Number(hours) * 60 + Number(minutes);
  return latestArrival(date, time, state);
}
