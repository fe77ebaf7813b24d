import { DateTime } from 'luxon';
import { z } from 'zod';
import type { CarrierPickup, PickupProvider, PickupWish } from '../../../activities/carrier-ports';
import { stateCodeOf } from '../us-states';
import { linesOf, poundsText } from './body';
import { callUps, type UpsAt } from './client';
import { failureOfReading, isNotFound } from './errors';
import { pickupReferenceOf } from './reference';
import { PickupCreated, PickupsPending } from './wire';

/** The pickup API counts its versions by itself. */
const VERSION = 'v2409';
const BY_REQUEST_NUMBER = '02';
const MOST = { company: 27, contact: 22, phone: 15, instructions: 57 } as const;

/** UPS on call: it costs, so a booking is looked for under our reference before another is made. */
export const upsPickups = (at: UpsAt): PickupProvider => ({
  find: async (wish) => {
    const pending = await pendingOf(at);
    const reference = pickupReferenceOf(wish.reference);
    const found = pending.find(({ ReferenceNumber }) => ReferenceNumber === reference);
    return found && bookedOf(found.PRN, wish);
  },
  book: async (wish) => {
    const { PickupCreationResponse: booked } = await callUps(at, {
      ...{ call: 'bookPickup', method: 'POST', path: `/pickupcreation/${VERSION}/pickup`, isWrite: true },
      body: pickupBody(at, wish),
      answer: PickupCreated,
    });
    return bookedOf(booked.PRN, wish, booked.RateResult?.GrandTotalOfAllCharge);
  },
  cancel: async ({ id }) => {
    await callUps(at, {
      ...{ call: 'cancelPickup', method: 'DELETE', path: `/shipments/${VERSION}/pickup/${BY_REQUEST_NUMBER}` },
      headers: { Prn: id },
      isWrite: true,
      answer: z.unknown(),
    });
  },
});

/** Where nothing is pending UPS refuses the question, in words for it alone: any other no does not mean that nothing is booked. */
async function pendingOf(at: UpsAt): Promise<{ PRN: string; ReferenceNumber?: string | undefined }[]> {
  try {
    const { PickupPendingStatusResponse: answer } = await callUps(at, {
      ...{ call: 'readPickups', method: 'GET', path: `/shipments/${VERSION}/pickup/oncall` },
      headers: { AccountNumber: at.account.accountNumber },
      answer: PickupsPending,
    });
    return answer.PendingStatus ?? [];
  } catch (error) {
    if (isNotFound(error)) return [];
    throw failureOfReading(error, 'readPickups');
  }
}

const bookedOf = (id: string, { date }: PickupWish, dollars?: number): CarrierPickup => ({
  ...{ id, status: 'booked', confirmation: id, date },
  ...(dollars === undefined ? {} : { priceCents: Math.round(dollars * 100) }),
});

function pickupBody({ account }: UpsAt, wish: PickupWish): object {
  const { date, from, until, zone, parcels, weightOz, instructions, reference } = wish;
  const timeOf = (at: number): string => DateTime.fromMillis(at, { zone }).toFormat('HHmm');
  return {
    PickupCreationRequest: {
      RatePickupIndicator: 'Y',
      Shipper: { Account: { AccountNumber: account.accountNumber, AccountCountryCode: 'US' } },
      PickupDateInfo: { PickupDate: date.replaceAll('-', ''), ReadyTime: timeOf(from), CloseTime: timeOf(until) },
      PickupAddress: addressBody(wish.address),
      // The ship-from's own address counts, not the one that the account has.
      AlternateAddressIndicator: 'Y',
      // Which service each parcel goes by is not known here; Ground stands for all of them.
      PickupPiece: [
        { ServiceCode: '003', Quantity: String(parcels.length), DestinationCountryCode: 'US', ContainerCode: '01' },
      ],
      TotalWeight: { Weight: poundsText(weightOz), UnitOfMeasurement: 'LBS' },
      OverweightIndicator: 'N',
      PaymentMethod: '01',
      ReferenceNumber: pickupReferenceOf(reference),
      ...(instructions === undefined ? {} : { SpecialInstruction: instructions.slice(0, MOST.instructions) }),
    },
  };
}

function addressBody(address: PickupWish['address']): object {
  const { name = '', company, street1, street2, city = '', state = '', zip = '', phone = '' } = address;
  return {
    CompanyName: (company ?? name).trim().slice(0, MOST.company),
    ContactName: name.trim().slice(0, MOST.contact),
    AddressLine: linesOf('bookPickup', street1, street2).join(' '),
    City: city.trim(),
    StateProvince: stateCodeOf(state),
    PostalCode: zip.replace(/\D/g, '').slice(0, 9),
    CountryCode: 'US',
    ResidentialIndicator: 'N',
    Phone: { Number: phone.replace(/\D/g, '').slice(0, MOST.phone) },
  };
}
