import type { Recipient, ShipmentRequest } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { stateCodeOf } from '../us-states';
import type { UpsAt } from './client';
import { PROVIDER } from './errors';
import { packageReferenceOf } from './reference';

/** Lengths of the fields. Source: UPS Shipping and Rating APIs, v2409. */
const MOST = { name: 35, line: 35, lines: 3, city: 30, phone: 15 } as const;
const OUNCES_PER_POUND = 16;

type Party = Partial<Recipient> & { company?: string };

/** UPS prices by tenths of a pound, begun ones in full. */
export const poundsText = (ounces: number): string => (Math.ceil((ounces / OUNCES_PER_POUND) * 10) / 10).toFixed(1);

/** Sides in whole inches: the label's fields have three digits. */
const inchesText = (inches: number): string => String(Math.ceil(inches));

/**
 * A street in lines of 35, broken between words. Where the parts need more than three lines they are run together.
 * @throws AdapterError `refused` where it fits in no way: a parcel that is sent to half an address comes back.
 */
export function linesOf(call: string, ...streets: (string | undefined)[]): string[] {
  const parts = streets.map((street) => (street ?? '').trim()).filter((street) => street !== '');
  const fits = (lines: string[]): boolean =>
    lines.length <= MOST.lines && lines.every(({ length }) => length <= MOST.line);
  const lines = [parts.flatMap(broken), broken(parts.join(' '))].find(fits);
  return lines ?? tooLong(call, 'street');
}

function broken(street: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of street.split(/\s+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > MOST.line && line !== '') lines.push(line);
    line = longer.length > MOST.line ? word : longer;
  }
  return line === '' ? lines : [...lines, line];
}

function tooLong(call: string, field: 'street' | 'city'): never {
  throw new AdapterError('refused', { provider: PROVIDER, call, code: `${field} too long` });
}

const addressBody = (call: string, { street1, street2, city = '', state = '', zip = '', country }: Party): object => ({
  AddressLine: linesOf(call, street1, street2),
  City: city.trim().length > MOST.city ? tooLong(call, 'city') : city.trim(),
  StateProvinceCode: stateCodeOf(state),
  PostalCode: zip.replace(/\D/g, '').slice(0, 9),
  CountryCode: country?.trim().toUpperCase().slice(0, 2) || 'US',
});

function partyBody(party: Party): object {
  const name = (party.company ?? party.name ?? '').trim().slice(0, MOST.name).trim();
  const number = (party.phone ?? '').replace(/\D/g, '').slice(0, MOST.phone);
  return {
    Name: name,
    AttentionName: (party.name ?? name).trim().slice(0, MOST.name).trim(),
    ...(number === '' ? {} : { Phone: { Number: number } }),
    Address: addressBody('buy', party),
  };
}

/** Buyers are at home: without the mark UPS adds the surcharge later, to the bill. */
const homeOf = (call: string, to: Recipient): object => ({
  ...addressBody(call, to),
  ResidentialAddressIndicator: 'Y',
});

const packageBody = ({ parcel }: ShipmentRequest, packaging: object): object => ({
  ...packaging,
  Dimensions: {
    UnitOfMeasurement: { Code: 'IN', Description: 'Inches' },
    Length: inchesText(parcel.lengthIn),
    Width: inchesText(parcel.widthIn),
    Height: inchesText(parcel.heightIn),
  },
  PackageWeight: {
    UnitOfMeasurement: { Code: 'LBS', Description: 'Pounds' },
    Weight: poundsText(parcel.weightOz),
  },
});

/** Packaging of the seller's own. */
const OWN_PACKAGING = { Code: '02', Description: 'Package' };

const billTo = ({ account }: UpsAt): object => ({
  ShipmentCharge: [{ Type: '01', BillShipper: { AccountNumber: account.accountNumber } }],
});

/** @throws AdapterError `bug` where there is no address: the platform keeps it to itself and ships. */
function recipientOf({ to }: ShipmentRequest, call: string): Recipient {
  if (to === undefined) throw new AdapterError('bug', { provider: PROVIDER, call, code: 'no address' });
  return to;
}

/** All services with their days, at the account's prices. The buyer's name is not needed for a price. */
export function rateBody(at: UpsAt, request: ShipmentRequest): object {
  const { from, mailingDate } = request;
  const shipper = { Name: partyName(from), Address: addressBody('rates', from) };
  return {
    RateRequest: {
      Request: { RequestOption: 'Shoptimeintransit', SubVersion: '2409' },
      Shipment: {
        Shipper: { ...shipper, ShipperNumber: at.account.accountNumber },
        ShipTo: { Address: homeOf('rates', recipientOf(request, 'rates')) },
        ShipFrom: shipper,
        PaymentDetails: billTo(at),
        Package: [packageBody(request, { PackagingType: OWN_PACKAGING })],
        ShipmentRatingOptions: { NegotiatedRatesIndicator: 'Y' },
        DeliveryTimeInformation: {
          // A package that is no document.
          PackageBillType: '03',
          ...(mailingDate === undefined ? {} : { Pickup: { Date: mailingDate.replaceAll('-', '') } }),
        },
      },
    },
  };
}

const partyName = ({ name, company }: Party): string => (company ?? name ?? '').trim().slice(0, MOST.name).trim();

/** One label by one service, under our reference in its package: within the United States a shipment itself may have none. */
export function shipBody(at: UpsAt, request: ShipmentRequest, service: string): object {
  const to = recipientOf(request, 'buy');
  const from = partyBody(request.from);
  return {
    ShipmentRequest: {
      Request: { RequestOption: 'nonvalidate', SubVersion: '2409' },
      Shipment: {
        Shipper: { ...from, ShipperNumber: at.account.accountNumber },
        ShipTo: { ...partyBody(to), Address: homeOf('buy', to) },
        ShipFrom: from,
        PaymentInformation: billTo(at),
        ShipmentRatingOptions: { NegotiatedRatesIndicator: 'Y' },
        Service: { Code: service },
        Package: [
          {
            ...packageBody(request, { Packaging: OWN_PACKAGING }),
            ReferenceNumber: [{ Value: packageReferenceOf(request.reference) }],
          },
        ],
      },
      LabelSpecification: labelFormatOf(request.format === 'zpl' ? 'ZPL' : 'GIF'),
    },
  };
}

/** A 4 by 6 inch label. UPS wants a browser's name with every picture. */
export const labelFormatOf = (code: 'GIF' | 'PDF' | 'ZPL'): object => ({
  LabelImageFormat: { Code: code },
  HTTPUserAgent: 'Mozilla/4.5',
  LabelStockSize: { Height: '6', Width: '4' },
});
