import { bought, facts, handle, HOUR, opened, T0, type Played } from './played';

const owner = (): Played =>
  opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle, members: ['9'] });
const member = (): Played => opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'shared', owner: '1' });
const heard = (order: Played, hour: number, number?: string): Played =>
  order.then({
    kind: 'shared',
    at: T0 + hour * HOUR,
    notice: {
      at: T0 + hour * HOUR,
      owner: '1',
      ...(number === undefined ? {} : { trackingNumber: number, carrier: 'USPS' }),
    },
  });
const words = (order: Played): unknown[] =>
  order.turn.start.flatMap(({ command }) => (command.kind === 'tellGroup' ? [command.word] : []));

const cancelled = facts('cancelled', { cancelledBy: 'buyer', statusAt: T0 + 2 * HOUR });
/** What the owner says, until nothing more is to be said. */
const toldBy = (order: Played, hour = 1): unknown[] => {
  const said = words(order);
  for (let turn = 0; turn < 5 && Object.keys(order.state.outstanding).includes('tellGroup'); turn += 1) {
    order.answered('tellGroup', { kind: 'told' }, hour);
    said.push(...words(order));
  }
  return said;
};
const asks = (order: Played, hour: number, who = '9'): Played =>
  order.then({ kind: 'asked', at: T0 + hour * HOUR, member: who });

describe('orders that go in one parcel', () => {
  it('the owner buys, and tells the others the number once', () => {
    const order = owner().answered('buyLabel:1:1', bought);
    expect(toldBy(order)).toEqual([{ trackingNumber: '9400', carrier: 'USPS' }]);
    expect(words(order.woke(2))).toEqual([]);
  });

  it('tells one that asks once more: it may not have been there yet', () => {
    const order = owner().answered('buyLabel:1:1', bought);
    toldBy(order);
    expect(toldBy(asks(order, 2))).toEqual([{ trackingNumber: '9400', carrier: 'USPS' }]);
  });

  it('another asks, buys nothing, and uploads the number as its own when it is packed', () => {
    const order = member();
    expect(order.started).toEqual(['askOwner:1:1']);
    expect(order.answered('askOwner:1:1', { kind: 'told' }).started).toEqual([]);
    expect(heard(order, 2, '9400').started).toEqual([]);
    expect(order.ordered('markPacked', 3).started).toEqual(['uploadTracking:1']);
    order.answered('uploadTracking:1', { kind: 'uploaded' }, 3);
    expect(order.state.phase).toBe('awaitingHandover');
    // The parcel is on a form once: with its owner.
    expect(order.started).toEqual([]);
  });

  it('goes alone where the owner is over', () => {
    const order = member().answered('askOwner:1:1', { kind: 'told', isOver: true });
    expect(order.turn.start.map(({ command }) => command)).toEqual([
      { kind: 'prepareLabel', package: '1', attempt: 2, alone: true },
    ]);
  });

  it.each([
    [
      'bought for itself alone',
      () => opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle }),
    ],
    ['is shipped by another tool', () => opened('awaitingCollection', { tracking: { number: '1Z', carrier: 'UPS' } })],
  ])('an owner that %s says so to whoever asks', (_what, order) => {
    expect(toldBy(asks(order(), 2), 2)).toEqual(['alone']);
  });

  it('each goes alone when the owner does not go, and is bought for by itself', () => {
    const order = owner().answered('buyLabel:1:1', bought);
    toldBy(order);
    order.noticed('cancelled', 2).answered('voidLabel:1:1', { kind: 'voided' }, 2);
    order.answered('loadOrder', { kind: 'loaded', facts: cancelled }, 2);
    expect(order.state.ended).toBeUndefined();
    toldBy(order, 2);
    expect(order.state.sharers).toEqual({ '9': 'alone' });
    expect(order.state.ended?.outcome).toBe('buyerCancelled');
    const other = heard(heard(member(), 2, '9400'), 3);
    expect(other.turn.start.map(({ command }) => command)).toEqual([
      { kind: 'prepareLabel', package: '1', attempt: 2, former: ['9400'], alone: true },
    ]);
  });

  it('nobody is sent alone once the carrier has the parcel', () => {
    const order = owner().answered('buyLabel:1:1', bought).ordered('markPacked');
    toldBy(order);
    order
      .answered('uploadTracking:1', { kind: 'uploaded' }, 2)
      .noticed('awaitingCollection', 2)
      .ordered('markHandedOver', 3);
    order.noticed('cancelled', 4);
    expect(toldBy(order, 4)).toEqual([]);
    const other = heard(member(), 2, '9400').ordered('markPacked', 3);
    other
      .answered('uploadTracking:1', { kind: 'uploaded' }, 3)
      .noticed('awaitingCollection', 3)
      .ordered('markHandedOver', 4);
    expect(heard(other, 5).started).toEqual([]);
    expect(other.state.packages['1']?.label.trackingNumber).toBe('9400');
  });

  it('hears the new number where the owner’s label was replaced, and has its own corrected', () => {
    const order = opened('awaitingShipment', { addressMark: 'key-a' }).answered('prepareLabel:1:1', {
      kind: 'prepared',
      handle: { ...handle, addressMark: 'key-a' },
      members: ['9'],
    });
    toldBy(order.answered('buyLabel:1:1', bought));
    order.reread(2, { facts: facts('awaitingShipment', { addressMark: 'key-b' }) });
    order.answered('voidLabel:1:1', { kind: 'voided' }, 2);
    const next = { ...handle, shipmentId: 'shp_2', addressMark: 'key-b' };
    order.answered('prepareLabel:1:2', { kind: 'prepared', handle: next, members: ['9'] }, 2);
    order.answered('buyLabel:1:2', { ...bought, trackingNumber: '9401' }, 2);
    expect(toldBy(order, 2)).toEqual([{ trackingNumber: '9401', carrier: 'USPS' }]);
    const other = heard(member(), 1, '9400')
      .ordered('markPacked', 2)
      .answered('uploadTracking:1', { kind: 'uploaded' }, 2);
    expect(heard(other, 3, '9401').started).toEqual(['correctTracking:1']);
  });

  it('leaves the parcel where its own address changes, for good', () => {
    const order = opened('awaitingShipment', { addressMark: 'key-a' }).answered('prepareLabel:1:1', {
      kind: 'shared',
      owner: '1',
    });
    order
      .answered('askOwner:1:1', { kind: 'told' })
      .reread(2, { facts: facts('awaitingShipment', { addressMark: 'key-b' }) });
    expect(order.started).toEqual(['prepareLabel:1:2']);
    order.answered('prepareLabel:1:2', { kind: 'prepared', handle: { ...handle, addressMark: 'key-b' } }, 2);
    order.answered('buyLabel:1:2', bought, 2).reread(3, { facts: facts('awaitingShipment', { addressMark: 'key-c' }) });
    order.answered('voidLabel:1:2', { kind: 'voided' }, 3);
    expect(order.turn.start.map(({ command }) => command)).toMatchObject([{ kind: 'prepareLabel', alone: true }]);
  });

  it('takes no word from an order that it does not go with', () => {
    const order = opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle });
    heard(order, 2, '9400').answered('buyLabel:1:1', bought, 3);
    expect(order.state.packages['1']?.label).toMatchObject({ status: 'bought', trackingNumber: '9400' });
    expect(order.state.packages['1']?.label.former).toBeUndefined();
  });

  it('is a person’s matter where the owner says nothing and a deadline is near', () => {
    const order = member().answered('askOwner:1:1', { kind: 'told' }).woke(69);
    expect(order.state.attention.map(({ kind }) => kind)).toContain('waitsForParcel');
    expect(order.started).toEqual(['askOwner:1:1']);
    order.answered('askOwner:1:1', { kind: 'told' }, 69);
    order.told(69).answered('loadOrder', { kind: 'loaded', facts: facts('awaitingShipment') }, 69);
    expect(order.ordered('releaseOrder', 69).started).toEqual(['prepareLabel:1:2']);
    // A word that comes after that is not for it any more.
    expect(heard(order, 70, '9400').state.packages['1']?.label.trackingNumber).toBeUndefined();
  });

  it('never asks the money of another order’s label back', () => {
    const order = heard(member(), 2, '9400').noticed('cancelled', 3);
    expect(order.started.filter((id) => id.startsWith('void'))).toEqual([]);
  });
});
