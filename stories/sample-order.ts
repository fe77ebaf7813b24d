import { randomInt } from 'node:crypto';

/** An 18-digit id such as the platform gives, never the same twice on one day. */
export const newId = (): string => `5764${String(Date.now()).slice(-9)}${String(randomInt(100_000)).padStart(5, '0')}`;

export type SampleOrder = Record<string, unknown> & { id: string };

/** One standard order with seller shipping, as the platform's order detail tells it. Everybody in it is made up. */
export function sampleOrder(wish: { createdAt: number; status?: string } & Record<string, unknown>): SampleOrder {
  const { createdAt, status = 'ON_HOLD', ...more } = wish;
  const seconds = Math.floor(createdAt / 1_000);
  return {
    id: newId(),
    status,
    order_type: '',
    fulfillment_type: 'FULFILLMENT_BY_SELLER',
    shipping_type: 'SELLER',
    delivery_type: 'HOME_DELIVERY',
    delivery_option_id: '7091146663229654785',
    delivery_option_name: 'Standard Shipping',
    create_time: seconds,
    paid_time: seconds,
    update_time: seconds,
    is_on_hold_order: status === 'ON_HOLD',
    is_buyer_request_cancel: false,
    warehouse_id: '7068517275539719942',
    recipient_address: {
      name: 'Elizabeth Swan',
      phone_number: '(+1)310-555-0142',
      region_code: 'US',
      postal_code: '90277',
      address_line1: '179 N Harbor Dr',
      address_line2: '',
      district_info: [
        { address_level: 'L0', address_level_name: 'Country', address_name: 'United States' },
        { address_level: 'L1', address_level_name: 'State', address_name: 'California' },
        { address_level: 'L3', address_level_name: 'City', address_name: 'Redondo Beach' },
      ],
    },
    payment: { currency: 'USD', total_amount: '24.90' },
    line_items: [
      {
        id: newId(),
        product_id: '1729382476852921560',
        sku_id: '1729382476852987096',
        seller_sku: 'MUG-BLUE',
        product_name: 'Blue mug',
        sale_price: '18.90',
        display_status: status,
      },
    ],
    ...more,
  };
}
