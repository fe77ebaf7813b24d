import { z } from 'zod';
import { type Answer, json } from '../answer';
import { centralTime, dayAfter, dayOf } from '../central-time';
import { nowOf } from '../clock';
import type { World } from '../world';
import type { UspsCall } from './gate';
import { refused } from './wire';

/** The mail classes that are sold here. The prices are the sandbox's own: the real ones change every half-year. */
export const MAIL_CLASSES = ['USPS_GROUND_ADVANTAGE', 'PRIORITY_MAIL', 'PRIORITY_MAIL_EXPRESS'] as const;

export type MailClass = (typeof MAIL_CLASSES)[number];

type Tariff = {
  readonly baseCents: number;
  readonly centsPerPound: number;
  readonly centsPerZone: number;
  readonly days: (zone: number) => number;
  readonly name: string;
  readonly sku: string;
};

const TARIFFS: Readonly<Record<MailClass, Tariff>> = {
  USPS_GROUND_ADVANTAGE: {
    baseCents: 360,
    centsPerPound: 60,
    centsPerZone: 24,
    days: (zone) => (zone < 5 ? 3 : 5),
    name: 'USPS Ground Advantage',
    sku: 'DUXP0XXXXC',
  },
  PRIORITY_MAIL: {
    baseCents: 680,
    centsPerPound: 90,
    centsPerZone: 40,
    days: (zone) => (zone < 5 ? 2 : 3),
    name: 'Priority Mail',
    sku: 'DPXX0XXXXC',
  },
  PRIORITY_MAIL_EXPRESS: {
    baseCents: 2_700,
    centsPerPound: 310,
    centsPerZone: 90,
    days: () => 1,
    name: 'Priority Mail Express',
    sku: 'DEXX0XXXXC',
  },
};

const HEAVIEST_POUNDS = 70;

/** A parcel as it is priced. */
export type Priced = {
  readonly mailClass: MailClass;
  readonly originZip: string;
  readonly destinationZip: string;
  readonly pounds: number;
};

/** What a parcel costs in integer cents; `undefined` where it is too heavy for the mail. */
export function priceOf({ mailClass, originZip, destinationZip, pounds }: Priced): number | undefined {
  if (pounds > HEAVIEST_POUNDS) return undefined;
  const { baseCents, centsPerPound, centsPerZone } = TARIFFS[mailClass];
  return baseCents + centsPerPound * Math.ceil(pounds) + centsPerZone * zoneOf(originZip, destinationZip);
}

/** The postal zone between two ZIP codes, 1 to 8, by the distance of their first digits: near enough for a sandbox. */
export function zoneOf(originZip: string, destinationZip: string): number {
  const apart = Math.abs(Number(originZip.slice(0, 1)) - Number(destinationZip.slice(0, 1)));
  return Math.min(8, 1 + apart);
}

/** The number of a mail class's contract line, for a parcel of this weight. */
export function skuOf(mailClass: MailClass, zone: number): string {
  return `${TARIFFS[mailClass].sku}${zone}0010`;
}

/** The day on which a parcel is to be there. */
export function commitmentOf(
  mailClass: MailClass,
  { zone, mailingDate }: { readonly zone: number; readonly mailingDate: string },
): { name: string; scheduleDeliveryDate: string; guaranteedDelivery: boolean } {
  const days = TARIFFS[mailClass].days(zone);
  const name = `${days} Day${days === 1 ? '' : 's'}`;
  const scheduleDeliveryDate = dayAfter(mailingDate, days);
  return { name, scheduleDeliveryDate, guaranteedDelivery: mailClass === 'PRIORITY_MAIL_EXPRESS' };
}

const zip = z.string().regex(/^\d{5}(?:[-\s]\d{4})?$/);

const Search = z.object({
  originZIPCode: zip,
  destinationZIPCode: zip,
  packageDescription: z.looseObject({
    weight: z.number().nonnegative(),
    length: z.number().nonnegative(),
    height: z.number().nonnegative(),
    width: z.number().nonnegative(),
    mailClass: z.string(),
    mailingDate: z.string().optional(),
  }),
  pricingOptions: z
    .array(z.looseObject({ priceType: z.enum(['RETAIL', 'COMMERCIAL', 'CONTRACT']).default('COMMERCIAL') }))
    .min(1),
});

type Wanted = z.infer<typeof Search>;
type Pricing = Wanted['pricingOptions'][number];

/** Prices and days of every mail class that takes a parcel. */
export function searchOptions(world: World, { shopId, body }: UspsCall): Answer {
  const wanted = Search.safeParse(body);
  if (!wanted.success)
    return refused('/shipments/v3', 400, { code: '010005', detail: 'OASValidation: the request is not valid.' });
  const { originZIPCode, destinationZIPCode, pricingOptions, packageDescription } = wanted.data;
  const mailingDate = dayOf(packageDescription.mailingDate ?? centralTime(nowOf(world, shopId)));
  return json(200, {
    originZIPCode,
    destinationZIPCode,
    pricingOptions: pricingOptions.map((pricing) => ({
      ...pricing,
      shippingOptions: MAIL_CLASSES.filter((one) => ['ALL', one].includes(packageDescription.mailClass)).flatMap(
        (mailClass) => optionOf(wanted.data, { mailClass, mailingDate, pricing }),
      ),
    })),
  });
}

type Asked = { readonly mailClass: MailClass; readonly mailingDate: string; readonly pricing: Pricing };

function optionOf(wanted: Wanted, { mailClass, mailingDate, pricing }: Asked): unknown[] {
  const { originZIPCode: originZip, destinationZIPCode: destinationZip } = wanted;
  const pounds = wanted.packageDescription.weight;
  const commercialCents = priceOf({ mailClass, originZip, destinationZip, pounds });
  if (commercialCents === undefined) return [];
  const price = (pricing.priceType === 'RETAIL' ? Math.round(commercialCents * 1.4) : commercialCents) / 100;
  const zone = zoneOf(originZip, destinationZip);
  const rate = {
    description: `${TARIFFS[mailClass].name} Machinable Single-piece`,
    startDate: dayAfter(mailingDate, -30),
    endDate: '',
    SKU: skuOf(mailClass, zone),
    price,
    zone: `0${zone}`,
    weight: pounds,
    dimensionalWeight: 0,
    priceType: pricing.priceType,
    fees: [],
    productName: TARIFFS[mailClass].name,
    productDefinition: '',
    processingCategory: 'MACHINABLE',
    rateIndicator: 'SP',
    destinationEntryFacilityType: 'NONE',
    mailClass,
  };
  const commitment = commitmentOf(mailClass, { zone, mailingDate });
  const rateOption = { commitment, totalPrice: price, totalBasePrice: price, rates: [rate], extraServices: [] };
  return [{ mailClass, rateOptions: [rateOption] }];
}
