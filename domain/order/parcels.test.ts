import { bought, facts, handle, HOUR, opened, T0, type Played } from './played';
import type { PlatformParcel } from './facts';

const two = (): Played => opened('awaitingShipment', { itemIds: ['a', 'b'] });
const labels = (order: Played): string[] => Object.values(order.state.packages).map(({ label }) => label.status);
const refusal = (order: Played): string | undefined => order.turn.verdicts[0]?.reason;
const tracked = (number: string): Pick<Required<PlatformParcel>, 'tracking'> => ({
  tracking: { number, carrier: 'USPS' },
});

/** Split, and both labels bought. */
function splitAndBought(): Played {
  const order = two().ordered('splitOrder', 1, { parcels: [['a'], ['b']] });
  // The answer to what was asked for all its items says nothing about a part of them.
  order.answered('prepareLabel:1:1', { kind: 'prepared', handle: { ...handle, shipmentId: 'shp_all' } });
  order.answered('prepareLabel:1:2', { kind: 'prepared', handle });
  order.answered('prepareLabel:2:1', { kind: 'prepared', handle: { ...handle, shipmentId: 'shp_2' } });
  order.answered('buyLabel:1:2', { ...bought, trackingNumber: '9401' }, 2);
  return order.answered('buyLabel:2:1', { ...bought, trackingNumber: '9402' }, 2);
}

const halfShipped = facts('awaitingShipment', {
  itemIds: ['a', 'b'],
  parcels: [{ itemIds: ['a'], ...tracked('9401') }, { itemIds: ['b'] }],
  tracking: { number: '9401', carrier: 'USPS' },
});

describe('an order in several parcels', () => {
  it('has a label, an upload and a way of its own for each', () => {
    const order = splitAndBought();
    expect(labels(order)).toEqual(['bought', 'bought']);
    expect(order.ordered('markPacked', 3, { package: '1' }).started).toEqual(['uploadTracking:1']);
    order.answered('uploadTracking:1', { kind: 'uploaded' }, 3).reread(3, { facts: halfShipped });
    expect(order.state.phase).toBe('toPack');
    expect(order.ordered('markPacked', 4, { package: '2' }).started).toContain('uploadTracking:2');
    order.answered('uploadTracking:2', { kind: 'uploaded' }, 4);
    expect(order.state.phase).toBe('awaitingHandover');
  });

  it('is handed over only when each of its parcels is', () => {
    const order = splitAndBought().ordered('markPacked', 3);
    order.answered('uploadTracking:1', { kind: 'uploaded' }, 3).answered('uploadTracking:2', { kind: 'uploaded' }, 3);
    expect(order.ordered('markHandedOver', 4, { package: '1' }).state.phase).toBe('awaitingHandover');
    expect(order.ordered('markHandedOver', 5, { package: '2' }).state.phase).toBe('handedOver');
  });

  it('names every item once', () => {
    expect(refusal(two().ordered('splitOrder', 1, { parcels: [['a'], ['a', 'b']] }))).toMatch(/Name every item/);
    expect(refusal(two().ordered('splitOrder', 1, { parcels: [['a', 'b']] }))).toMatch(/Name every item/);
    expect(refusal(two().ordered('splitOrder', 1, { parcels: [['a'], []] }))).toMatch(/Name every item/);
    expect(refusal(two().ordered('splitOrder', 1))).toMatch(/Name every item/);
  });

  it('is refused a parcel that it does not have', () => {
    expect(refusal(two().ordered('markPacked', 1, { package: '__proto__' }))).toMatch(/no parcel/);
  });

  it('has a label that was bought for all items replaced', () => {
    const order = two()
      .answered('prepareLabel:1:1', { kind: 'prepared', handle })
      .answered('buyLabel:1:1', bought)
      .ordered('splitOrder', 2, { parcels: [['a'], ['b']] });
    expect(order.started.sort()).toEqual(['prepareLabel:2:1', 'voidLabel:1:1']);
    expect(order.answered('voidLabel:1:1', { kind: 'voided' }, 2).started).toEqual(['prepareLabel:1:2']);
  });

  it('is not split while a label for all of it is being bought', () => {
    const order = two().answered('prepareLabel:1:1', { kind: 'prepared', handle });
    expect(refusal(order.ordered('splitOrder', 1, { parcels: [['a'], ['b']] }))).toMatch(/being bought/);
  });

  it('lets go of items that were cancelled, and of a parcel that keeps none', () => {
    const order = splitAndBought();
    order.reread(3, { facts: facts('awaitingShipment', { itemIds: ['a'] }) });
    expect(order.started).toEqual(['voidLabel:2:1']);
    order.answered('voidLabel:2:1', { kind: 'voided' }, 3);
    expect(Object.keys(order.state.packages)).toEqual(['1']);
    expect(order.ordered('markPacked', 4).turn.start.map(({ command }) => command)).toMatchObject([{ itemIds: ['a'] }]);
    const whole = two().reread(1, { facts: facts('awaitingShipment', { itemIds: ['b'] }) });
    expect(whole.state.packages['1']?.itemIds).toEqual(['b']);
  });

  it('follows a split that was made elsewhere, and adopts the number of the part that left', () => {
    const order = two().answered('prepareLabel:1:1', { kind: 'orderChanged' });
    order.answered('loadOrder', { kind: 'loaded', facts: halfShipped });
    expect(Object.values(order.state.packages).map(({ itemIds }) => itemIds)).toEqual([['a'], ['b']]);
    expect(labels(order)).toEqual(['adopted', 'none']);
    order.woke(2).answered('loadOrder', { kind: 'loaded', facts: halfShipped }, 2);
    expect(order.started).toEqual(['prepareLabel:2:1']);
  });

  it('takes what was uploaded for one parcel for that one alone', () => {
    const order = splitAndBought().ordered('markPacked', 3, { package: '1' });
    order.answered('uploadTracking:1', { kind: 'uploaded' }, 3);
    order.reread(4, { facts: { ...halfShipped, statusAt: T0 + 3 * HOUR } });
    expect(labels(order)).toEqual(['bought', 'bought']);
    expect(order.state.attention).toEqual([]);
  });
});
