import type { Shipment as OurShipment } from '../../../activities/ports';
import type { Shipment } from './wire';

const cents = (amount: string): number => Math.round(Number(amount) * 100);

/** A refund that was rejected leaves a label that is paid for; `not_applicable` is one that was never charged. */
const VOIDED = ['submitted', 'refunded', 'not_applicable'];

export function mapShipment(shipment: Shipment): OurShipment {
  const { tracking_code: trackingNumber, selected_rate: rate } = shipment;
  // Either proves the purchase: the label may be rendered later than it is paid for.
  const isPaid = Boolean(shipment.postage_label) || Boolean(rate);
  return {
    id: shipment.id,
    rates: shipment.rates
      .filter(({ currency }) => currency === 'USD')
      .map(({ id, carrier, service, rate: price, delivery_days: days }) => ({
        id,
        carrier,
        service,
        priceCents: cents(price),
        deliveryDays: days ?? null,
      })),
    isPaid,
    ...(shipment.scan_form ? { formId: shipment.scan_form.id } : {}),
    isVoided: VOIDED.includes(shipment.refund_status ?? ''),
    ...(isPaid && trackingNumber && rate
      ? { label: { trackingNumber, carrier: rate.carrier, priceCents: cents(rate.rate) } }
      : {}),
  };
}
