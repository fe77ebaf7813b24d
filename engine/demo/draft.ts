import { buyerOf, goodsOf } from './buyers';

/** An order in the platform's own words, as the sandbox takes it. */
export type Draft = Record<string, unknown> & { readonly id: string; readonly status: string };

/** How a demo order stands at the platform when it is placed. Ages are hours before the demo's instant. */
export interface Standing {
  readonly createdH: number;
  readonly status: string;
  /** Since when it has its status; from its creation on if left out. */
  readonly sinceH?: number;
  /** How many line items. */
  readonly items?: number;
  /** There where another tool made the label, before the order came to us. */
  readonly tracking?: string;
  /** What else stands in the order. */
  readonly more?: Readonly<Record<string, unknown>>;
}

const hourS = 3_600;

/** The platform's second so many hours after an instant in epoch ms; before it if negative. */
export const secondsAt = (at: number, hours: number): number => Math.floor(at / 1_000) + Math.round(hours * hourS);

/** Writes a demo order as the platform would tell it. Everybody in it is made up. */
export function draftOf(id: string, at: number, standing: Standing): Draft {
  const { createdH, status, sinceH = createdH, items = 1, tracking, more = {} } = standing;
  const createdAt = secondsAt(at, -createdH);
  const serial = Number(id.slice(-2));
  const lines = Array.from({ length: items }, (_, index) => ({
    id: `${id}${index + 1}`,
    product_id: `17293824768529215${String(serial).padStart(2, '0')}`,
    ...goodsOf(serial + index),
    display_status: status,
    ...(tracking === undefined ? {} : parcelOf(id, tracking)),
  }));
  return {
    id,
    status,
    order_type: '',
    fulfillment_type: 'FULFILLMENT_BY_SELLER',
    shipping_type: 'SELLER',
    delivery_type: 'HOME_DELIVERY',
    delivery_option_id: '7091146663229654785',
    delivery_option_name: 'Standard Shipping',
    create_time: createdAt,
    paid_time: createdAt,
    update_time: secondsAt(at, -sinceH),
    is_buyer_request_cancel: false,
    warehouse_id: '7068517275539719942',
    recipient_address: buyerOf(serial),
    payment: { currency: 'USD', total_amount: (18.9 * items + 6).toFixed(2) },
    line_items: lines,
    ...(tracking === undefined
      ? {}
      : { tracking_number: tracking, shipping_provider: usps, packages: [{ id: packageOf(id) }] }),
    ...more,
  };
}

const usps = 'USPS';

const packageOf = (id: string): string => `${id}0`;

const parcelOf = (id: string, tracking: string): object => ({
  package_id: packageOf(id),
  package_status: 'PROCESSING',
  tracking_number: tracking,
  shipping_provider_id: '7117858858072016686',
  shipping_provider_name: usps,
});

/** A USPS number of no real label, with a right check digit (USPS Publication 199, mod 10). */
export function trackingOf(serial: number): string {
  const body = `94001118990000000${String(serial).padStart(4, '0')}`;
  const fromRight = Array.from(body).reverse();
  const sum = fromRight.reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
