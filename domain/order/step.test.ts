import { HOUR, T0, facts, handle, bought, type Played, opened, labelled } from './played';

describe('an order on the buyer’s hold', () => {
  it('writes nothing', () => {
    expect(opened('onHold').started).toEqual([]);
  });

  it('asks for rates once the platform releases it', () => {
    expect(opened('onHold').noticed('awaitingShipment', 1).started).toEqual(['prepareLabel:1:1']);
  });

  it('looks at the platform again when the end of the hold was not announced', () => {
    expect(opened('onHold').woke(1).started).toEqual([]);
    expect(opened('onHold').woke(1.1).started).toEqual(['loadOrder']);
  });

  it('refuses to be packed', () => {
    expect(opened('onHold').ordered('markPacked').turn.verdicts).toMatchObject([{ accepted: false }]);
  });
});

describe('an order to pack', () => {
  it('buys the label that it prepared, and no second one', () => {
    const order = opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle });
    expect(order.started).toEqual(['buyLabel:1:1']);
    expect(order.woke(2).started).toEqual([]);
    expect(order.answered('buyLabel:1:1', bought).started).toEqual([]);
  });

  it('uploads the tracking number when it is packed', () => {
    expect(labelled().ordered('markPacked').started).toEqual(['uploadTracking:1']);
  });

  it('adopts a label that another tool made', () => {
    const order = opened('awaitingShipment').then({
      kind: 'answered',
      at: T0,
      command: 'prepareLabel:1:1',
      answer: { kind: 'orderChanged' },
    });
    const tracking = { number: '1Z', carrier: 'UPS' };
    order.answered('loadOrder', {
      kind: 'loaded',
      facts: facts('awaitingCollection', { tracking, statusAt: T0 + HOUR }),
    });
    expect(order.state.packages['1']?.label).toMatchObject({ status: 'adopted', trackingNumber: '1Z' });
    expect(order.state.phase).toBe('awaitingHandover');
    expect(order.started).toEqual([]);
  });

  it('buys the platform’s own label when the parcel is packed: it makes the order ready', () => {
    const order = opened('awaitingShipment', { shippingType: 'platform' });
    expect(order.started).toEqual(['prepareLabel:1:1']);
    order.answered('prepareLabel:1:1', { kind: 'prepared', handle: { ...handle, from: 'platform' } });
    expect(order.started).toEqual([]);
    expect(order.ordered('markPacked').started).toEqual(['buyLabel:1:1']);
    order.answered('buyLabel:1:1', bought, 2);
    expect(order.state.packages['1']?.upload.status).toBe('done');
    // A person makes its form; the number need not be uploaded.
    expect(order.started).toEqual(['joinManifest:1:1:1']);
  });

  it('fetches the file of a platform’s label by itself where it could not be had at once', () => {
    const order = opened('awaitingShipment', { shippingType: 'platform' })
      .answered('prepareLabel:1:1', { kind: 'prepared', handle: { ...handle, from: 'platform' } })
      .ordered('markPacked')
      .answered(
        'buyLabel:1:1',
        { kind: 'bought', trackingNumber: '9400', carrier: 'USPS', priceCents: 593, fileMissing: true },
        2,
      );
    expect(order.started).toEqual(['joinManifest:1:1:1', 'keepLabelFile:1:1']);
    order.answered('keepLabelFile:1:1', { kind: 'refused', reason: 'gone' }, 3);
    expect(order.started).toEqual([]);
    expect(order.state.attention).toMatchObject([{ kind: 'labelFileMissing' }]);
  });

  it('cannot be unpacked once the platform has sold its label: it counts the order as packed', () => {
    const order = opened('awaitingShipment', { shippingType: 'platform' })
      .answered('prepareLabel:1:1', { kind: 'prepared', handle: { ...handle, from: 'platform' } })
      .ordered('markPacked')
      .answered('buyLabel:1:1', bought, 2);
    expect(order.ordered('undoPacked', 30).turn.verdicts[0]?.accepted).toBe(false);
  });

  it('owes the platform nothing for its own label of an order that was cancelled meanwhile', () => {
    const order = opened('awaitingShipment', { shippingType: 'platform' })
      .answered('prepareLabel:1:1', { kind: 'prepared', handle: { ...handle, from: 'platform' } })
      .ordered('markPacked')
      .answered('buyLabel:1:1', { kind: 'abandoned' }, 2)
      .noticed('cancelled', 3);
    const cancelled = facts('cancelled', { shippingType: 'platform', cancelledBy: 'buyer', statusAt: T0 + 3 * HOUR });
    order.answered('loadOrder', { kind: 'loaded', facts: cancelled }, 3).told(3);
    expect(order.state.ended).toMatchObject({ outcome: 'buyerCancelled' });
  });

  it('touches nothing that the platform stores and sends itself', () => {
    const order = opened('awaitingShipment', { shippingType: 'platform', fulfilledBy: 'platform' });
    expect(order.started).toEqual([]);
    expect(order.ordered('markPacked').turn.verdicts[0]?.accepted).toBe(false);
  });

  it('waits for a person when a label is refused, and tries again under a new reference', () => {
    const order = opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'refused', reason: 'no' });
    expect(order.started).toEqual([]);
    expect(order.state.attention).toMatchObject([{ kind: 'labelRefused' }]);
    expect(order.ordered('releaseOrder').started).toEqual(['prepareLabel:1:2']);
  });

  it('does not repeat by itself a purchase that failed with an unknown outcome', () => {
    const order = opened('awaitingShipment')
      .answered('prepareLabel:1:1', { kind: 'prepared', handle })
      .answered('buyLabel:1:1', { kind: 'failed', type: 'outcomeUnknown', message: 'EasyPost buy: TimeoutError' });
    expect(order.started).toEqual([]);
    expect(order.ordered('releaseOrder').started).toEqual(['buyLabel:1:1']);
  });

  it('asks for new rates when the price is gone', () => {
    const order = opened('awaitingShipment')
      .answered('prepareLabel:1:1', { kind: 'prepared', handle })
      .answered('buyLabel:1:1', { kind: 'reRate' });
    expect(order.started).toEqual(['prepareLabel:1:2']);
  });
});

describe('while a purchase is being retried', () => {
  const buying = (): Played => opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle });

  it('a cancel gives the purchase up and voids what it may have bought', () => {
    const order = buying().noticed('cancelled', 3);
    expect(order.turn.abandon).toEqual(['buyLabel:1:1']);
    order.answered('buyLabel:1:1', { kind: 'abandoned' }, 3);
    expect(order.started).toEqual(['voidLabel:1:1']);
  });

  it('a hold gives it up, and a release takes it up again', () => {
    const order = buying().ordered('holdOrder');
    expect(order.turn.abandon).toEqual(['buyLabel:1:1']);
    expect(order.answered('buyLabel:1:1', { kind: 'abandoned' }).started).toEqual([]);
    expect(order.ordered('releaseOrder').started).toEqual(['buyLabel:1:1']);
  });

  it('a deadline asks for attention and a fresh reading, and the purchase goes on', () => {
    const order = buying().woke(72);
    expect(order.started).toEqual(['loadOrder']);
    expect(order.turn.abandon).toEqual([]);
    expect(order.state.attention.map(({ kind }) => kind)).toContain('deadlinePassed');
    expect(order.state.phase).toBe('toPack');
  });
});
