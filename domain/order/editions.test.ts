import { facts, HOUR, opened, T0, type Played } from './played';

/** An order as it was begun before it had neighbours: its histories must replay as they were. */
const first = (order: Played): Played => {
  order.turn = { ...order.turn, state: { ...order.state, edition: 1 } };
  return order;
};

describe('an order of the first edition', () => {
  it('buys nothing for an order that the platform ships', () => {
    const order = first(opened('onHold', { shippingType: 'platform' }));
    expect(order.noticed('awaitingShipment', 1).started).toEqual([]);
  });

  it('looks again at an unpaid order as it always did', () => {
    const order = first(opened('unpaid'));
    order.turn = { ...order.turn, state: { ...order.state, look: { fruitless: 0 } } };
    expect(order.woke(0).state.look.at).toBe(T0 + 15_000);
  });

  it('is packed once, and tells nobody', () => {
    const order = first(opened('awaitingCollection'));
    expect(order.ordered('markPacked', 2).turn.verdicts[0]?.accepted).toBe(false);
    expect(order.woke(167).turn.start.map(({ command }) => command.kind)).not.toContain('tellDesk');
  });

  it('voids a label though the parcel was said to be handed over', () => {
    const order = first(opened('awaitingCollection', { tracking: { number: '1', carrier: 'UPS' } }));
    const parcel = order.state.packages['1'];
    if (parcel === undefined) throw new Error('no parcel');
    const label = { status: 'bought', attempt: 1, trackingNumber: '1', handle: handleOf() } as const;
    const packages = { '1': { ...parcel, label, handedOverAt: T0 + HOUR } };
    order.turn = { ...order.turn, state: { ...order.state, packages } };
    order.noticed('cancelled', 3);
    order.answered('loadOrder', { kind: 'loaded', facts: facts('cancelled', { cancelledBy: 'platform' }) }, 3);
    expect(Object.keys(order.state.outstanding)).toContain('voidLabel:1:1');
  });
});

const handleOf = () => ({ shipmentId: 's', rateId: 'r', carrier: 'UPS', service: 'Ground', priceCents: 1 });
