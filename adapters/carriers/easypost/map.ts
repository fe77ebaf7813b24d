import type { Rate, Shipment as OurShipment } from '../../../activities/carrier-ports';
import type { Shipment } from './wire';

/** A decimal string of dollars in integer cents. */
export const cents = (amount: string): number => Math.round(Number(amount) * 100);

/** A refund that was rejected leaves a label that is paid for; `not_applicable` is one that was never charged. */
const VOIDED = ['submitted', 'refunded', 'not_applicable'];

/** A shipment in our words. */
export function mapShipment(shipment: Shipment): OurShipment {
  const { tracking_code: trackingNumber, selected_rate: rate, messages } = shipment;
  // Either proves the purchase: the label may be rendered later than it is paid for.
  const isPaid = Boolean(shipment.postage_label) || Boolean(rate);
  const unrated = (messages ?? []).map(({ carrier, type }) => ({ carrier: named(carrier), code: named(type) }));
  return {
    id: shipment.id,
    rates: shipment.rates.filter(({ currency }) => currency === 'USD').map(mapRate),
    ...(unrated.length === 0 ? {} : { unrated }),
    isPaid,
    ...(shipment.scan_form ? { formId: shipment.scan_form.id } : {}),
    isVoided: VOIDED.includes(shipment.refund_status ?? ''),
    ...refundOf(shipment),
    ...(isPaid && trackingNumber && rate
      ? { label: { trackingNumber, carrier: rate.carrier, priceCents: cents(rate.rate) } }
      : {}),
  };
}

const REFUND_WORDS: Readonly<Record<string, NonNullable<OurShipment['refund']>>> = {
  submitted: 'submitted',
  refunded: 'refunded',
  // One that was never charged has nothing to come back.
  not_applicable: 'refunded',
  rejected: 'rejected',
};

function refundOf({ refund_status: status }: Shipment): Pick<OurShipment, 'refund'> {
  const word = status && Object.hasOwn(REFUND_WORDS, status) ? REFUND_WORDS[status] : undefined;
  return word === undefined ? {} : { refund: word };
}

/** A carrier's name or a code, and no text: that may repeat an address. */
export const named = (word: string | null | undefined): string =>
  /^[A-Za-z0-9_.-]{1,60}$/.test(word ?? '') ? (word ?? '') : 'unnamed';

function mapRate(rate: Shipment['rates'][number]): Rate {
  const list = rate.list_rate ?? rate.retail_rate;
  const deliverBy = lastMomentOf(rate.delivery_date);
  return {
    id: rate.id,
    carrier: rate.carrier,
    service: rate.service,
    priceCents: cents(rate.rate),
    ...(list ? { listCents: cents(list) } : {}),
    deliveryDays: rate.delivery_days ?? null,
    ...(deliverBy === undefined ? {} : { deliverBy }),
  };
}

const DATE_ALONE = /T00:00:00(\.0+)?Z$/;
/** From midnight UTC to the end of that day on the Pacific coast, in standard time: a promise is read as late as it can be meant. */
const DAY_IN_THE_WEST_MS = 32 * 3_600_000;

/** EasyPost writes a day as its midnight in UTC, which lies before that day has begun anywhere in the US. */
function lastMomentOf(date: string | null | undefined): number | undefined {
  const at = Date.parse(date ?? '');
  if (!Number.isFinite(at)) return undefined;
  return DATE_ALONE.test(date ?? '') ? at + DAY_IN_THE_WEST_MS : at;
}
