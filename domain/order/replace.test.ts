import {
  addressChanged,
  bought,
  facts,
  handle,
  HOUR,
  joined,
  labelled,
  listed,
  opened,
  T0,
  type Played,
} from './played';

const first = (order: Played) => order.state.packages['1'];
const kinds = (order: Played): string[] => order.state.attention.map(({ kind }) => kind);
const nextHandle = { ...handle, shipmentId: 'shp_2', addressMark: 'key-b' };
const marked = (): Played =>
  opened('awaitingShipment', { addressMark: 'key-a' }).answered('prepareLabel:1:1', {
    kind: 'prepared',
    handle: { ...handle, addressMark: 'key-a' },
  });
const elsewhere = facts('awaitingShipment', { addressMark: 'key-b' });

describe('an address that changes', () => {
  it('costs nothing while nothing was bought', () => {
    // The purchase that is under way finds the order changed.
    const order = marked().reread(1, { facts: elsewhere }).answered('buyLabel:1:1', { kind: 'orderChanged' });
    order.answered('loadOrder', { kind: 'loaded', facts: elsewhere }).woke(2);
    expect(order.started).toEqual(['loadOrder']);
    expect(order.answered('loadOrder', { kind: 'loaded', facts: elsewhere }, 2).started).toEqual(['prepareLabel:1:2']);
  });

  it('has the label voided and another bought, once, where the purchase was faster', () => {
    const order = marked().reread(1, { facts: elsewhere }).answered('buyLabel:1:1', bought);
    expect(order.started).toEqual(['voidLabel:1:1']);
    expect(order.answered('voidLabel:1:1', { kind: 'voided' }, 2).started).toEqual(['prepareLabel:1:2']);
    order.answered('prepareLabel:1:2', { kind: 'prepared', handle: nextHandle }, 2);
    expect(order.started).toEqual(['buyLabel:1:2']);
    order.answered('buyLabel:1:2', { ...bought, trackingNumber: '9401' }, 2);
    expect(first(order)?.label).toMatchObject({ status: 'bought', trackingNumber: '9401', former: ['9400'] });
    expect(order.reread(3, { facts: elsewhere }).started).toEqual([]);
  });

  it('has the number corrected that was uploaded, and the parcel labelled anew', () => {
    const order = addressChanged();
    expect(order.started).toEqual(['voidLabel:1:1']);
    order.answered('voidLabel:1:1', { kind: 'voided' }, 4);
    expect(order.started).toEqual(['prepareLabel:1:2']);
    expect(kinds(order)).toContain('reprintLabel');
    order.answered('prepareLabel:1:2', { kind: 'prepared', handle: nextHandle }, 4);
    order.answered('buyLabel:1:2', { ...bought, trackingNumber: '9401' }, 4);
    expect(order.started).toEqual(['correctTracking:1']);
    order.answered('correctTracking:1', { kind: 'uploaded' }, 4);
    expect(first(order)?.upload).toMatchObject({ status: 'done', number: '9401' });
    expect(order.told(4).started).toEqual(['joinManifest:1:2:2']);
    expect(kinds(order.ordered('markPacked', 5))).not.toContain('reprintLabel');
    expect(kinds(order)).not.toContain('otherTracking');
  });

  it('leaves a correction that the platform does not take to a person', () => {
    const order = addressChanged().answered('voidLabel:1:1', { kind: 'voided' }, 4);
    order.answered('prepareLabel:1:2', { kind: 'prepared', handle: nextHandle }, 4);
    order.answered('buyLabel:1:2', { ...bought, trackingNumber: '9401' }, 4);
    order.answered('correctTracking:1', { kind: 'refused', reason: '21011050' }, 4);
    expect(kinds(order)).toContain('correctByHand');
    expect(order.started.filter((id) => id.startsWith('correct'))).toEqual([]);
  });

  it('buys the next label too where the money of the first does not come back, and says so', () => {
    const order = addressChanged().answered('voidLabel:1:1', { kind: 'refused', reason: 'too late' }, 4);
    expect(order.started).toEqual(['prepareLabel:1:2']);
    expect(kinds(order)).toContain('voidRefused');
  });

  it('leaves the list of a form before its label is voided', () => {
    const order = listed();
    const label = first(order)?.label;
    if (label?.handle !== undefined) label.handle.addressMark = 'key-a';
    const tracking = { number: '9400', carrier: 'USPS' };
    order.reread(4, {
      facts: facts('awaitingCollection', { addressMark: 'key-b', tracking, statusAt: T0 + 3 * HOUR }),
    });
    expect(order.started).toEqual(['leaveManifest:1:1:1']);
    expect(order.answered('leaveManifest:1:1:1', { kind: 'left' }, 4).started).toEqual(['voidLabel:1:1']);
  });

  it('is a task, and nothing else, once the parcel was handed over', () => {
    const order = addressChangedLate();
    expect(order.started).toEqual([]);
    expect(kinds(order)).toContain('addressChangedTooLate');
    expect(first(order)?.label.status).toBe('bought');
  });

  it('is not asked back once the carrier has the parcel, and the number that travels stays', () => {
    const order = addressChanged().ordered('markHandedOver', 4);
    expect(order.turn.abandon).toEqual(['voidLabel:1:1']);
    expect(kinds(order)).toContain('addressChangedTooLate');
    order.answered('voidLabel:1:1', { kind: 'refused', reason: 'used' }, 4);
    expect(order.started.filter((id) => id.startsWith('prepare'))).toEqual([]);
    const voided = addressChanged().ordered('markHandedOver', 4).answered('voidLabel:1:1', { kind: 'voided' }, 4);
    expect(kinds(voided)).toContain('voidedOnTheWay');
    expect(first(voided)?.label).toMatchObject({ status: 'bought', trackingNumber: '9400' });
    expect(voided.started.filter((id) => id.startsWith('prepare'))).toEqual([]);
  });

  it('has an upload that was under way corrected, whatever number is there by then', () => {
    const order = marked().answered('buyLabel:1:1', bought).ordered('markPacked');
    order.reread(3, { facts: elsewhere });
    expect(order.turn.abandon).toEqual(['uploadTracking:1']);
    // It may have joined the day's form with its upload: it leaves that first.
    expect(order.started).not.toContain('voidLabel:1:1');
    order.answered('uploadTracking:1', { kind: 'uploaded', form: joined() }, 3);
    expect(order.started).toContain('leaveManifest:1:1:1');
    expect(order.answered('leaveManifest:1:1:1', { kind: 'left' }, 3).started).toContain('voidLabel:1:1');
    order.answered('voidLabel:1:1', { kind: 'voided' }, 3);
    expect(first(order)?.upload).toMatchObject({ status: 'done', number: '9400' });
    order.answered('prepareLabel:1:2', { kind: 'prepared', handle: nextHandle }, 3);
    order.answered('buyLabel:1:2', { ...bought, trackingNumber: '9401' }, 3);
    expect(order.started).toContain('correctTracking:1');
  });

  it('has the money that did not come back asked for again when a person says so', () => {
    const order = addressChanged().answered('voidLabel:1:1', { kind: 'refused', reason: 'not now' }, 4);
    expect(order.ordered('releaseOrder', 5).started).toContain('voidLabel:1:1');
    order.answered('voidLabel:1:1', { kind: 'voided' }, 5);
    expect(first(order)?.unrefunded).toEqual([]);
    expect(order.started.filter((id) => id.startsWith('void'))).toEqual([]);
  });

  it('is no change where the marks were made with two keys', () => {
    const order = marked().answered('buyLabel:1:1', bought);
    expect(order.reread(2, { facts: facts('awaitingShipment', { addressMark: 'new-a' }) }).started).toEqual([]);
  });

  it('is no change where a mark is missing', () => {
    expect(labelled().reread(2, { facts: elsewhere }).started).toEqual([]);
  });
});

function addressChangedLate(): Played {
  const order = marked().answered('buyLabel:1:1', bought).ordered('markPacked');
  order.answered('uploadTracking:1', { kind: 'uploaded' }, 2).answered('joinManifest:1:1:1', { kind: 'noForm' }, 2);
  order.noticed('awaitingCollection', 2).ordered('markHandedOver', 3);
  const tracking = { number: '9400', carrier: 'USPS' };
  return order.reread(4, {
    facts: facts('awaitingCollection', { addressMark: 'key-b', tracking, statusAt: T0 + 2 * HOUR }),
  });
}
