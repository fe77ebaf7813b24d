import type { WireLineItem } from '../../contracts/platform-order';
import { aboutOf, checkContents, onePackageOf, shipmentIdOf } from './parcel-about';

const items = (...packages: (string | null)[]): WireLineItem[] =>
  packages.map((package_id, n) => ({ id: `1${n}`, package_id }));

describe('the id of a shipment', () => {
  it.each([
    [{ orderId: '5' }, '5', { orderIds: ['5'] }],
    [{ orderId: '5', itemIds: [], withOrders: [] }, '5', { orderIds: ['5'] }],
    [{ orderId: '5', itemIds: ['51'] }, '5/51', { orderIds: ['5'], itemIds: ['51'] }],
    [{ orderId: '5', itemIds: ['51', '52'] }, '5/51+52', { orderIds: ['5'], itemIds: ['51', '52'] }],
    [{ orderId: '5', withOrders: ['6', '7'] }, '5&6&7', { orderIds: ['5', '6', '7'] }],
  ])('of %j is %s, and says it again', (request, id, about) => {
    expect(shipmentIdOf(request)).toBe(id);
    expect(aboutOf(id)).toEqual(about);
  });
});

describe('a read-back', () => {
  it('finds the one package of the items, or that there is none', () => {
    expect(onePackageOf(items('9', '9'))).toBe('9');
    expect(onePackageOf(items(null, '', null))).toBeUndefined();
  });

  it.each([[items('9', '8')], [items('9', null)]])('stops where they are in several: %j', (several) => {
    expect(() => onePackageOf(several)).toThrow('TikTok Shop readShipment');
  });

  const some = { orderIds: ['5'] as [string], itemIds: ['10', '11'] };
  it.each([
    ['all of them and one more', some, { order_line_item_ids: ['10', '11', '12'], orders: [] }],
    [
      'another order too',
      { orderIds: ['5'] as [string] },
      { order_line_item_ids: [], orders: [{ id: '5' }, { id: '6' }] },
    ],
    [
      'one order only',
      { orderIds: ['5', '6'] as [string, string] },
      { order_line_item_ids: [], orders: [{ id: '5' }] },
    ],
  ])('does not take a package with %s', (_what, about, contents) => {
    expect(() => {
      checkContents(about, items('9', '9'), contents);
    }).toThrow('TikTok Shop readShipment');
  });

  it.each([
    ['just these items', some, { order_line_item_ids: ['11', '10'], orders: [{ id: '5' }] }],
    ['nothing told of it', some, { order_line_item_ids: [], orders: [] }],
    [
      'a whole order and what was cancelled since',
      { orderIds: ['5'] as [string] },
      { order_line_item_ids: ['10', '11', '12'], orders: [] },
    ],
  ])('takes a package with %s', (_what, about, contents) => {
    expect(() => {
      checkContents(about, items('9', '9'), contents);
    }).not.toThrow();
  });
});
