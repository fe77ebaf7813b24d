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

describe('orders that go in one parcel', () => {
  it('the owner buys, and tells the others the number once', () => {
    const order = owner().answered('buyLabel:1:1', bought);
    expect(words(order)).toEqual([{ trackingNumber: '9400', carrier: 'USPS' }]);
    expect(order.answered('tellGroup:1:1', { kind: 'told' }).started).toEqual([]);
  });

  it('another buys nothing, and uploads the number as its own when it is packed', () => {
    const order = member();
    expect(order.started).toEqual([]);
    expect(heard(order, 2, '9400').started).toEqual([]);
    expect(order.ordered('markPacked', 3).started).toEqual(['uploadTracking:1']);
    order.answered('uploadTracking:1', { kind: 'uploaded' }, 3);
    expect(order.state.phase).toBe('awaitingHandover');
    // The parcel is on a form once: with its owner.
    expect(order.started).toEqual([]);
  });

  it('each goes alone when the owner does not go', () => {
    const order = owner().answered('buyLabel:1:1', bought).answered('tellGroup:1:1', { kind: 'told' });
    order.noticed('cancelled', 2).answered('voidLabel:1:1', { kind: 'voided' }, 2);
    order.answered(
      'loadOrder',
      { kind: 'loaded', facts: facts('cancelled', { cancelledBy: 'buyer', statusAt: T0 + 2 * HOUR }) },
      2,
    );
    expect(order.state.packages['1']?.label.members?.told).toBe('9400');
    expect(Object.keys(order.state.outstanding)).toContain('tellGroup:1:1');
    const other = heard(heard(member(), 2, '9400'), 3);
    expect(other.turn.start.map(({ command }) => command)).toEqual([
      { kind: 'prepareLabel', package: '1', attempt: 2, former: ['9400'], alone: true },
    ]);
  });

  it('takes no word from an order that it does not go with', () => {
    const order = opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle });
    heard(order, 2, '9400').answered('buyLabel:1:1', bought, 3);
    expect(order.state.packages['1']?.label).toMatchObject({ status: 'bought', trackingNumber: '9400' });
    expect(order.state.packages['1']?.label.former).toBeUndefined();
  });

  it('is a person’s matter where the owner says nothing and a deadline is near', () => {
    const order = member().woke(69);
    expect(order.state.attention.map(({ kind }) => kind)).toContain('waitsForParcel');
    expect(
      order.told(69).answered('loadOrder', { kind: 'loaded', facts: facts('awaitingShipment') }, 69).started,
    ).toEqual([]);
    expect(order.ordered('releaseOrder', 69).started).toEqual(['prepareLabel:1:2']);
    // A word that comes after that is not for it any more.
    expect(heard(order, 70, '9400').state.packages['1']?.label.trackingNumber).toBeUndefined();
  });

  it('never asks the money of another order’s label back', () => {
    const order = heard(member(), 2, '9400').noticed('cancelled', 3);
    expect(order.started.filter((id) => id.startsWith('void'))).toEqual([]);
  });
});
