import { dayAfter, weekdayOf } from '../central-time';

/** A service as it is sold here. The prices are the sandbox's own. */
export type Service = {
  readonly code: string;
  readonly name: string;
  /** What the time in transit service calls it. */
  readonly level: string;
  readonly baseCents: number;
  readonly centsPerPound: number;
  readonly businessDays: number;
  /** By when of its day a parcel is there. */
  readonly by: string;
};

/** UPS's service codes of parcels within the United States. */
export const SERVICES: readonly Service[] = [
  { code: '03', name: 'UPS Ground', level: 'GND', ...prices(845, 55), businessDays: 4, by: '23:00:00' },
  { code: '12', name: 'UPS 3 Day Select', level: '3DS', ...prices(1_290, 120), businessDays: 3, by: '23:00:00' },
  { code: '02', name: 'UPS 2nd Day Air', level: '2DA', ...prices(1_780, 175), businessDays: 2, by: '23:00:00' },
  { code: '13', name: 'UPS Next Day Air Saver', level: '1DP', ...prices(3_890, 340), businessDays: 1, by: '15:00:00' },
  { code: '01', name: 'UPS Next Day Air', level: '1DA', ...prices(4_490, 360), businessDays: 1, by: '10:30:00' },
];

/** The heaviest parcel that UPS takes. */
export const HEAVIEST_POUNDS = 150;

/** The service of a code. */
export function serviceOf(code: string | undefined): Service | undefined {
  return SERVICES.find((service) => service.code === code);
}

/** What a service costs the account, and what it costs without one: both in integer cents. */
export function priceOf(service: Service, pounds: readonly number[]): { negotiated: number; published: number } {
  const negotiated = pounds.reduce((sum, one) => sum + service.baseCents + service.centsPerPound * Math.ceil(one), 0);
  return { negotiated, published: Math.round(negotiated * 1.35) };
}

/** The day on which a parcel that is picked up on a day is there: weekends do not count. */
export function arrivalOf(service: Service, day: string): string {
  let arrival = day;
  for (let left = service.businessDays; left > 0;) {
    arrival = dayAfter(arrival);
    if (weekdayOf(arrival) % 6 !== 0) left -= 1;
  }
  return arrival;
}

function prices(baseCents: number, centsPerPound: number): Pick<Service, 'baseCents' | 'centsPerPound'> {
  return { baseCents, centsPerPound };
}
