import { z } from 'zod';
import type { CarrierPickup, PickupProvider, PickupWish } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { addressBody, nameBody } from './address';
import { callUsps, type UspsAt } from './client';
import { PROVIDER } from './errors';
import { poundsOf } from './parcel';
import { Pickup } from './wire';

const PATH = '/pickup/v3/carrier-pickup';
const pathOf = ({ id }: CarrierPickup): string => `${PATH}/${encodeURIComponent(id)}`;

/** The version comes in a header; a reading answers a list of one. */
const WithVersion = z.object({ etag: z.string().optional(), pickup: z.union([Pickup, z.array(Pickup).min(1)]) });

/** USPS's carrier collects for nothing, with the day's mail: it takes no hours, and no reference by which a booking is found. */
export const uspsPickups = (at: UspsAt): PickupProvider => ({
  book: async (wish) =>
    bookedOf(wish, await write(at, { call: 'bookPickup', method: 'POST', path: PATH, body: pickupBody(wish) })),
  change: async (pickup, wish) => {
    const body = { pickupDate: wish.date, carrierPickupRequest: pickupBody(wish) };
    const headers = { 'if-match': await versionOf(at, pickup) };
    return bookedOf(
      wish,
      await write(at, { call: 'changePickup', method: 'PUT', path: pathOf(pickup), body, headers }),
    );
  },
  cancel: async (pickup) => {
    const headers = { 'if-match': await versionOf(at, pickup) };
    await callUsps(at, {
      ...{ call: 'cancelPickup', method: 'DELETE', path: pathOf(pickup), headers },
      isWrite: true,
      answer: z.unknown(),
    });
  },
});

type Write = { call: string; method: 'POST' | 'PUT'; path: string; body: object; headers?: Record<string, string> };

const write = (at: UspsAt, asked: Write): Promise<z.infer<typeof WithVersion>> =>
  callUsps(at, {
    ...asked,
    isWrite: true,
    answer: WithVersion,
    read: ({ json, etag }) => ({ pickup: json, ...(etag === undefined ? {} : { etag }) }),
  });

/** A version is good for an hour and for one change, so it is read right before. */
async function versionOf(at: UspsAt, pickup: CarrierPickup): Promise<string> {
  const { etag } = await callUsps(at, {
    ...{ call: 'readPickup', method: 'GET', path: pathOf(pickup) },
    answer: WithVersion,
    read: (answer) => ({ pickup: answer.json, ...(answer.etag === undefined ? {} : { etag: answer.etag }) }),
  });
  const version = etag ?? pickup.version;
  if (version !== undefined) return version;
  throw new AdapterError('bug', { provider: PROVIDER, call: 'readPickup', code: 'no version' });
}

function bookedOf(wish: PickupWish, { pickup, etag }: z.infer<typeof WithVersion>): CarrierPickup {
  const { confirmationNumber, pickupDate } = Array.isArray(pickup) ? (pickup[0] as z.infer<typeof Pickup>) : pickup;
  return {
    ...{ id: confirmationNumber, status: 'booked', confirmation: confirmationNumber },
    date: pickupDate?.slice(0, 10) ?? wish.date,
    priceCents: 0,
    ...(etag === undefined ? {} : { version: etag }),
  };
}

function pickupBody({ date, address, parcels, weightOz, instructions }: PickupWish): object {
  const { name = '', company, ...place } = address;
  return {
    pickupDate: date,
    pickupAddress: { ...nameBody(company ?? name), address: addressBody(place), contact: [contactOf(address)] },
    // Which class each parcel goes by is not known here; this one is collected everywhere that any is.
    packages: [{ packageType: 'USPS_GROUND_ADVANTAGE', packageCount: parcels.length }],
    estimatedWeight: poundsOf(weightOz),
    pickupLocation:
      instructions === undefined
        ? { packageLocation: 'OFFICE' }
        : { packageLocation: 'OTHER', specialInstructions: instructions },
  };
}

/** USPS wants one way to reach the ship-from. */
function contactOf({ phone = '', email }: PickupWish['address']): object {
  const digits = phone.replace(/\D/g, '').slice(-10);
  if (digits.length === 10) return { cellNumber: digits };
  if (email !== undefined) return { email };
  throw new AdapterError('bug', { provider: PROVIDER, call: 'bookPickup', code: 'ship-from without a phone' });
}
