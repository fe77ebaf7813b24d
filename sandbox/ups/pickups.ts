import { z } from 'zod';
import { type Answer, json } from '../answer';
import { centralTime, dayOf } from '../central-time';
import { nowOf } from '../clock';
import { digits } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import { accountOf, type UpsCall } from './gate';
import { wrongParts } from './parcel';
import { money, refusal, success, type UpsError } from './wire';

/** A pickup as it is kept, under its request number. */
export type UpsPickup = {
  readonly prn: string;
  /** As YYYYMMDD. */
  readonly date: string;
  readonly reference: string | null;
  readonly isCancelled: boolean;
};

const Wish = z.object({
  PickupCreationRequest: z.looseObject({
    Shipper: z
      .looseObject({ Account: z.looseObject({ AccountNumber: z.string(), AccountCountryCode: z.string() }) })
      .optional(),
    PickupDateInfo: z.looseObject({
      CloseTime: z.string().regex(/^\d{4}$/),
      ReadyTime: z.string().regex(/^\d{4}$/),
      PickupDate: z.string().regex(/^\d{8}$/),
    }),
    PickupAddress: z.looseObject({ PostalCode: z.string().optional(), CountryCode: z.string() }),
    PickupPiece: z.array(z.looseObject({ ServiceCode: z.string(), Quantity: z.string() })).min(1),
    PaymentMethod: z.string(),
    ReferenceNumber: z.string().max(35).optional(),
  }),
});

/** What a driver's call costs the account here. */
const PRICE_CENTS = 950;

/** Books a pickup on call. Each call books anew. */
export function bookPickup(world: World, { shopId, body }: UpsCall): Answer {
  const wish = Wish.safeParse(body);
  if (!wish.success) return refusal({ status: 400, code: '9500501', message: wrongParts(wish.error) });
  const { Shipper, PickupDateInfo, ReferenceNumber } = wish.data.PickupCreationRequest;
  const account = Shipper?.Account.AccountNumber;
  if (account !== undefined && account !== accountOf(world, shopId)) return refusal(NOT_THE_ACCOUNT);
  const today = dayOf(centralTime(nowOf(world, shopId))).replaceAll('-', '');
  const { PickupDate, ReadyTime, CloseTime } = PickupDateInfo;
  if (PickupDate < today || ReadyTime >= CloseTime) return refusal(BAD_DATE);
  const pickup = { prn: `29${digits(9)}`, date: PickupDate, reference: ReferenceNumber ?? null, isCancelled: false };
  world.state.upsPickups.put(shopId, pickup.prn, pickup);
  enter(world, shopId, {
    kind: 'pickupBooked',
    ref: pickup.prn,
    order: null,
    provider: 'ups',
    priceCents: PRICE_CENTS,
  });
  const total = money(PRICE_CENTS);
  const PickupCreationResponse = {
    Response: success(body),
    PRN: pickup.prn,
    RateStatus: { Code: '01', Description: 'Rate available' },
    RateResult: { RateType: 'SD', CurrencyCode: total.CurrencyCode, GrandTotalOfAllCharge: total.MonetaryValue },
  };
  return json(200, { PickupCreationResponse });
}

/** Cancels a pickup by its request number, which stands in a header. */
export function cancelPickup(world: World, call: UpsCall): Answer {
  const { shopId } = call;
  const prn = call.header('prn');
  const pickup = world.state.upsPickups.get(shopId, prn);
  if (call.params['cancelBy'] !== '02') return refusal(BAD_CANCEL);
  if (pickup === undefined || pickup.isCancelled) return refusal(NO_PICKUP);
  world.state.upsPickups.put(shopId, prn, { ...pickup, isCancelled: true });
  enter(world, shopId, { kind: 'pickupCancelled', ref: prn, order: null, provider: 'ups' });
  return json(200, { PickupCancelResponse: { Response: success(undefined), PickupType: '01' } });
}

/** The pickups that are still to come, with the references that they were booked under. */
export function readPending(world: World, call: UpsCall): Answer {
  const { shopId } = call;
  if (call.header('accountnumber') !== accountOf(world, shopId)) return refusal(NOT_THE_ACCOUNT);
  const today = dayOf(centralTime(nowOf(world, shopId))).replaceAll('-', '');
  const pending = world.state.upsPickups.of(shopId).filter(({ isCancelled, date }) => !isCancelled && date >= today);
  const PendingStatus = pending.map(({ prn, date, reference }) => ({
    PickupType: '01',
    ServiceDate: date,
    PRN: prn,
    OnCallStatusCode: '002',
    PickupStatusMessage: 'Dispatched to driver',
    BillingCode: '01',
    ...(reference === null ? {} : { ReferenceNumber: reference }),
  }));
  return json(200, { PickupPendingStatusResponse: { Response: success(undefined), PendingStatus } });
}

const NOT_THE_ACCOUNT: UpsError = { status: 400, code: '9500510', message: 'The account number is invalid.' };
const BAD_DATE: UpsError = { status: 400, code: '9500520', message: 'The pickup date or time is invalid.' };
const BAD_CANCEL: UpsError = { status: 400, code: '9500560', message: 'The cancel-by code is invalid.' };
const NO_PICKUP: UpsError = { status: 400, code: '9510117', message: 'The pickup request was not found.' };
