import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformOrder } from '../../activities/ports';
import { WireOrder } from '../../contracts/platform-order';
import { cancellationOf } from './endings';
import { mapOrder } from './map';

/** An order of one kind in the shape of the generated SDK's order detail, with fields that we do not know. */
const wire = (kind: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(__dirname, 'fixtures', `${kind}.json`), 'utf8')) as Record<string, unknown>;

const mapped = (order: Record<string, unknown>): PlatformOrder => mapOrder(WireOrder.parse(order));
const factsOf = (kind: string, more: Record<string, unknown> = {}): PlatformOrder['facts'] =>
  mapped({ ...wire(kind), ...more }).facts;

const item = (n: number): string => `57708651212375512${n}`;

describe('an order of the platform', () => {
  it('of the usual kind is told in our words, and nothing more', () => {
    expect(mapped(wire('seller-shipping'))).toEqual({
      facts: {
        createdAt: 1795500000000,
        status: 'awaitingShipment',
        statusAt: 1795503700000,
        orderType: 'standard',
        shippingType: 'seller',
        fulfilledBy: 'seller',
        cancelRequested: false,
        itemIds: [item(1), item(2)],
        platformTimes: {
          shipBy: 1795700000000,
          collectBy: 1795800000000,
          autoCancelUnpacked: 1795900000000,
          deliverBy: 1796000000000,
        },
      },
      deliveryOptionId: '7129720299146184490',
      recipient: {
        name: 'A Buyer',
        phone: '(+1)2025550123',
        street1: '1 Test St',
        street2: '',
        city: 'Reno',
        state: 'NV',
        zip: '89501',
        country: 'US',
      },
      items: [
        {
          id: item(1),
          sku: 'MUG',
          title: 'Mug',
          skuId: '1729000000000000002',
          productId: '1729000000000000001',
        },
        {
          id: item(2),
          sku: 'MUG',
          title: 'Mug',
          skuId: '1729000000000000002',
          productId: '1729000000000000001',
        },
      ],
    });
  });

  it('lists what is in it: what is still to be had, by the best name that there is', () => {
    const lines = [
      { id: '1', seller_sku: '', sku_id: '11', product_id: '21', product_name: 'Tee', sku_name: 'Red, M' },
      { id: '2', seller_sku: 'CAP', display_status: 'CANCELLED' },
      { id: '3', seller_sku: null, sku_id: null, product_id: '23' },
      { id: '4' },
    ];
    expect(mapped({ ...wire('seller-shipping'), line_items: lines }).items).toEqual([
      { id: '1', sku: '11', title: 'Tee, Red, M', skuId: '11', productId: '21' },
      { id: '3', sku: '23', title: '', productId: '23' },
      { id: '4', sku: '4', title: '' },
    ]);
  });

  it.each<[string, Partial<PlatformOrder['facts']>]>([
    [
      'unpaid-on-hold',
      { status: 'onHold', platformTimes: expect.objectContaining({ autoCancelUnpacked: 1795999000000 }) as object },
    ],
    ['pre-order', { status: 'onHold', orderType: 'pre-sale', releaseAt: 1797000000000 }],
    ['made-to-order', { orderType: 'made-to-order', handling: { days: 7, counts: 'businessDays' } }],
    ['back-order', { orderType: 'back-order', handling: { days: 10, counts: 'calendarDays' } }],
    ['lottery-replacement', { orderType: 'standard', madeFor: 'replacement' }],
    ['sample', { madeFor: 'sample' }],
    ['exchange', { madeFor: 'exchange' }],
    [
      'platform-shipping',
      { shippingType: 'platform', fulfilledBy: 'seller', combineGroup: '4711', cancelRequested: true },
    ],
    ['fulfilled-by-platform', { shippingType: 'platform', fulfilledBy: 'platform' }],
    [
      'split',
      {
        status: 'awaitingShipment',
        tracking: { number: '1Z1', carrier: 'UPS' },
        parcels: [
          { itemIds: [item(1)], tracking: { number: '1Z1', carrier: 'UPS' } },
          { itemIds: [item(2)], tracking: { number: '1Z2', carrier: 'UPS' } },
          { itemIds: [item(3)] },
        ],
      },
    ],
    ['partly-cancelled', { itemIds: [item(1), item(3)], tracking: { number: '1Z1', carrier: 'UPS' } }],
    ['cancelled-by-buyer', { status: 'cancelled', cancelledBy: 'buyer', itemIds: [item(1), item(2)] }],
    ['lost', { status: 'cancelled', cancelledBy: 'platform', cancelledFor: 'lost' }],
    ['returned-to-shipper', { status: 'cancelled', cancelledBy: 'platform', cancelledFor: 'returned' }],
    ['refunded', { status: 'completed', refunded: true }],
    ['completed', { status: 'completed' }],
  ])('of the kind %s', (kind, facts) => {
    expect(factsOf(kind)).toMatchObject(facts);
  });

  it.each([
    ['seller-shipping', ['madeFor', 'combineGroup', 'parcels', 'refunded', 'tracking', 'releaseAt', 'handling']],
    ['partly-cancelled', ['parcels', 'refunded']],
    ['completed', ['refunded', 'cancelledBy', 'parcels']],
    ['fulfilled-by-platform', ['combineGroup']],
  ])('of the kind %s says nothing of %j', (kind, absent) => {
    expect(Object.keys(factsOf(kind)).filter((name) => absent.includes(name))).toEqual([]);
  });

  it.each(['platform-shipping', 'fulfilled-by-platform', 'pre-order', 'unpaid-on-hold'])(
    'of the kind %s has no address for a label of ours',
    (kind) => {
      expect(mapped(wire(kind)).recipient).toBeUndefined();
    },
  );

  it('never has its address in its facts', () => {
    for (const kind of ['seller-shipping', 'platform-shipping', 'split']) {
      expect(JSON.stringify(factsOf(kind))).not.toMatch(/Buyer|Test St|Reno|2025550123|89501|A\*\*\*/);
    }
  });

  it('may leave out what it has nothing to say of, or call it null', () => {
    const { id, create_time, update_time, status, line_items } = wire('seller-shipping');
    const bare = mapped({ id, create_time, update_time, status, line_items });
    expect(bare.facts).toMatchObject({ shippingType: 'seller', platformTimes: {} });
    const nulls = Object.fromEntries(Object.keys(wire('seller-shipping')).map((key) => [key, null]));
    expect(mapped({ ...nulls, id, create_time, update_time, status, line_items }).facts).toEqual(bare.facts);
  });
});

describe('the one instant of cancelling', () => {
  const timesOf = (more: Record<string, unknown>): object =>
    factsOf('seller-shipping', { cancel_order_sla_time: 1796100000, shipping_due_time: 0, ...more }).platformTimes;

  it.each([
    ['AWAITING_SHIPMENT', 'autoCancelUnpacked'],
    ['PARTIALLY_SHIPPING', 'autoCancelUnpacked'],
    ['AWAITING_COLLECTION', 'autoCancelUncollected'],
  ])('of an order in %s is %s', (status, name) => {
    expect(timesOf({ status })).toMatchObject({ [name]: 1796100000000 });
  });

  it.each(['IN_TRANSIT', 'DELIVERED', 'CANCELLED'])('is nothing any more in %s', (status) => {
    expect(Object.keys(timesOf({ status })).filter((name) => name.startsWith('autoCancel'))).toEqual([]);
  });

  it('gives way to the instant of the very step', () => {
    expect(timesOf({ shipping_due_time: 1796000001 })).toMatchObject({ autoCancelUnpacked: 1796000001000 });
    const collecting = { status: 'AWAITING_COLLECTION', collection_due_time: 1796000002 };
    expect(timesOf(collecting)).toMatchObject({ autoCancelUncollected: 1796000002000 });
  });
});

describe('a cancellation', () => {
  const by = (more: Record<string, unknown>): object =>
    cancellationOf(WireOrder.parse({ ...wire('cancelled-by-buyer'), cancellation_initiator: '', ...more }));

  it.each([
    'system_cancel_order_reason_shipping_timeout',
    'system_cancel_order_untracked',
    'system_cancel_order_exceed_edt_not_arrive',
    'system_cancel_unpaid_time_out',
    'system_cancel_order_reason_potential_fraud',
    'operator_cancel_risk_control_block',
    'package_damaged',
    'package_cancel',
    'platform_cancel',
    'threepl_breach',
  ])('for %s is the platform’s, and nothing came back', (cancel_reason) => {
    expect(by({ cancel_reason })).toEqual({ cancelledBy: 'platform' });
    expect(by({ cancel_reason, cancellation_initiator: 'SYSTEM' })).toEqual({ cancelledBy: 'platform' });
  });

  it.each([
    [{ cancellation_initiator: 'SELLER', cancel_reason: 'seller_cancel_reason_out_of_stock' }, 'seller'],
    [{ cancel_reason: 'seller_cancel_reason_out_of_stock' }, 'seller'],
    [{ line_items: [{ id: '1', cancel_user: 'BUYER' }] }, 'buyer'],
    [{ line_items: [{ id: '1', cancel_user: 'OPERATOR' }] }, 'platform'],
    [{ cancel_reason: null }, 'platform'],
  ])('told as %j is the %s’s', (more, cancelledBy) => {
    expect(by(more)).toEqual({ cancelledBy });
  });
});
