import type { CarrierPickup, PickupProvider, PickupWish } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { pickupGone } from '../pickup-gone';
import { askEasyPost, type EasyPostAt } from './client';
import { cents, named } from './map';
import { Pickup, PickupList } from './wire';

/** More pickups than any account books between an attempt and the next. */
const MOST_PAGES = 5;

/**
 * Has the carrier called through EasyPost: a pickup is made under our reference, which is free, and then bought. Made for one
 * shipment it is for all that waits at the address; EasyPost takes one shipment or one batch, and batches are made elsewhere.
 */
export function easyPostPickups(at: EasyPostAt): PickupProvider {
  return {
    find: async (wish) => {
      const found = await findBooked(at, wish.reference);
      return found && mapPickup(found, wish.date);
    },
    book: async (wish) => {
      const made = await askEasyPost(
        at,
        { call: 'createPickup', method: 'POST', path: '/pickups', isFree: true, body: { pickup: pickupBody(wish) } },
        Pickup,
      );
      const rate = cheapestOf(made);
      const { carrier, service } = rate;
      const path = `/pickups/${made.id}/buy`;
      const call = { call: 'buyPickup', method: 'POST', path, body: { carrier, service } } as const;
      return { ...mapPickup(await askEasyPost(at, call, Pickup), wish.date), priceCents: cents(rate.rate) };
    },
    cancel: ({ id }) => cancel(at, id),
  };
}

const CANCEL = { provider: 'EasyPost', call: 'cancelPickup' } as const;
const GONE = /^(?:PICKUP\.)?NOT_FOUND$|^PICKUP\.(?:ALREADY_)?CANCELL?ED$/;

async function cancel(at: EasyPostAt, id: string): Promise<void> {
  const path = `/pickups/${encodeURIComponent(id)}/cancel`;
  try {
    const { status } = await askEasyPost(at, { call: CANCEL.call, method: 'POST', path }, Pickup);
    if (status !== 'canceled') throw new AdapterError('outcomeUnknown', { ...CANCEL, code: 'not cancelled' });
  } catch (error) {
    const isGone = error instanceof AdapterError && error.outcome === 'refused' && GONE.test(error.code);
    throw isGone ? pickupGone(CANCEL) : error;
  }
}

/** What was bought under a reference and still stands. One that was only made, or cancelled, is none. */
async function findBooked(at: EasyPostAt, reference: string): Promise<Pickup | undefined> {
  const query = new URLSearchParams({ page_size: '100' });
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/pickups?${query.toString()}`;
    const listed = await askEasyPost(at, { call: 'listPickups', method: 'GET', path }, PickupList);
    const found = listed.pickups.find((pickup) => pickup.reference === reference && pickup.status === 'scheduled');
    const last = listed.pickups.at(-1);
    if (found !== undefined || !listed.has_more || last === undefined) return found;
    query.set('before_id', last.id);
  }
  return undefined;
}

const pickupBody = (wish: PickupWish): Record<string, unknown> => ({
  reference: wish.reference,
  min_datetime: new Date(wish.from).toISOString(),
  max_datetime: new Date(wish.until).toISOString(),
  shipment: { id: wish.parcels[0]?.shipmentId },
  address: wish.address,
  is_account_address: false,
  ...(wish.instructions === undefined ? {} : { instructions: wish.instructions }),
});

function cheapestOf({ pickup_rates: rates, messages }: Pickup): Pickup['pickup_rates'][number] {
  const inDollars = rates.filter(({ currency }) => currency === 'USD');
  const [cheapest] = inDollars.sort((one, other) => cents(one.rate) - cents(other.rate));
  if (cheapest !== undefined) return cheapest;
  const code = messages?.[0] === undefined ? 'no carrier collects' : named(messages[0].type);
  throw new AdapterError('refused', { provider: 'EasyPost', call: 'createPickup', code });
}

const mapPickup = ({ id, status, confirmation }: Pickup, date: string): CarrierPickup => ({
  id,
  status: status === 'canceled' ? 'cancelled' : 'booked',
  confirmation: confirmation ?? '',
  date,
});
