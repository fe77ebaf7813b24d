import { nextWake } from './agenda';
import type { OrderEvent } from './event';
import { HOUR, T0, plan, facts, Played, opened, labelled, uploaded } from './played';
import { deadlineViews } from './view';

describe('notices', () => {
  it('are folded in by their own time: a late one changes nothing', () => {
    const order = uploaded().noticed('inTransit', 5).noticed('awaitingCollection', 3);
    expect(order.state.facts?.status).toBe('inTransit');
    expect(order.started).toEqual([]);
  });

  it('of one second stand in the order of the platform’s own machine', () => {
    expect(uploaded().noticed('inTransit', 5).noticed('awaitingCollection', 5).state.facts?.status).toBe('inTransit');
  });

  it('that are newer and lead back are not believed unread', () => {
    const order = uploaded().noticed('inTransit', 5).noticed('awaitingShipment', 6);
    expect(order.state.facts?.status).toBe('inTransit');
    expect(order.started).toEqual(['loadOrder']);
  });

  it('twice are once', () => {
    const once = uploaded().noticed('inTransit', 5).state;
    const twice = uploaded().noticed('inTransit', 5).noticed('inTransit', 5).state;
    expect({ ...twice, heard: 0 }).toEqual({ ...once, heard: 0 });
  });

  it('that come before the first reading count as far as they are newer', () => {
    const read = (statusAt: number): Played =>
      new Played()
        .then({ kind: 'opened', at: T0 })
        .noticed('awaitingShipment', 1)
        .answered('loadOrder', { kind: 'loaded', facts: facts('onHold', { statusAt }), plan });
    expect(read(T0).started).toEqual(['prepareLabel:1:1']);
    expect(read(T0 + 2 * HOUR).started).toEqual([]);
  });
});

describe('deadlines', () => {
  it('are met by the fact’s own time, strictly before the instant', () => {
    const met = (hour: number): unknown =>
      deadlineViews(
        labelled().ordered('markPacked', 71).answered('uploadTracking:1', { kind: 'uploaded' }, hour).state,
      ).find(({ name }) => name === 'shipBy')?.met;
    expect([met(71.9), met(72)]).toEqual([true, false]);
  });

  it('that pass never cancel: the order can still be shipped', () => {
    const order = labelled()
      .woke(72)
      .answered('loadOrder', { kind: 'loaded', facts: facts('awaitingShipment') }, 72);
    // Overdue, the platform is looked at first; then the order is sent all the same.
    expect(order.ordered('markPacked', 73).started).toEqual(['loadOrder']);
    order.answered('loadOrder', { kind: 'loaded', facts: facts('awaitingShipment') }, 73);
    expect(order.started).toEqual(['uploadTracking:1']);
  });

  it('are warned of before they come, once', () => {
    const order = labelled().woke(68);
    expect(order.state.attention.map(({ about }) => about)).toEqual(['shipBy', 'autoCancelUnpacked']);
    expect(nextWake(order.state)?.at).toBe(T0 + 72 * HOUR);
  });

  it('follow the platform’s own instant where it gives one', () => {
    const platformTimes = { shipBy: T0 + 96 * HOUR };
    const order = opened('awaitingShipment', { platformTimes }).woke(72);
    const passed = order.state.attention.filter(({ kind }) => kind === 'deadlinePassed');
    expect(passed.map(({ about }) => about)).toEqual(['autoCancelUnpacked']);
  });

  it('follow the platform’s instant that comes or moves later', () => {
    const order = opened('onHold').woke(1.1);
    const platformTimes = { shipBy: T0 + 24 * HOUR };
    const statusAt = T0 + HOUR;
    order.answered('loadOrder', { kind: 'loaded', facts: facts('awaitingShipment', { platformTimes, statusAt }) }, 1.1);
    expect(order.woke(24).state.attention).toMatchObject([{ kind: 'deadlinePassed', about: 'shipBy' }]);
  });

  it('are moot once the order is cancelled', () => {
    const order = opened('onHold')
      .noticed('cancelled', 1)
      .answered('loadOrder', {
        kind: 'loaded',
        facts: facts('cancelled', { cancelledBy: 'buyer', statusAt: T0 + HOUR }),
      });
    expect(deadlineViews(order.state).map(({ met }) => met)).toEqual([null, null, null]);
  });
});

describe('the end', () => {
  it('keeps the dossier and is over when the platform completes the order', () => {
    const order = uploaded().noticed('delivered', 50).noticed('completed', 60);
    expect(order.started).toEqual(['saveDossier']);
    expect(order.answered('saveDossier', { kind: 'saved' }, 60).state.ended).toMatchObject({
      outcome: 'delivered',
      dossierSaved: true,
    });
  });

  it('says who cancelled, and voids the label first', () => {
    const order = labelled().noticed('cancelled', 3);
    expect(order.started).toEqual(['loadOrder', 'voidLabel:1:1']);
    order.answered('voidLabel:1:1', { kind: 'voided' }, 3);
    order.answered(
      'loadOrder',
      { kind: 'loaded', facts: facts('cancelled', { cancelledBy: 'buyer', statusAt: T0 + 3 * HOUR }) },
      3,
    );
    expect(order.state.ended?.outcome).toBe('buyerCancelled');
  });

  it('keeps a label that the carrier has already scanned', () => {
    const order = uploaded()
      .then({
        kind: 'tracked',
        at: T0 + 3 * HOUR,
        notice: { at: T0 + 3 * HOUR, trackingNumber: '9400', meaning: 'inTransit' },
      })
      .noticed('cancelled', 4);
    expect(order.started).not.toContain('voidLabel:1:1');
  });

  it('comes by itself 15 days after a delivery that is never completed', () => {
    expect(
      uploaded()
        .noticed('delivered', 50)
        .woke(50 + 15 * 24).state.phase,
    ).toBe('closed');
  });

  it('does not follow from a dossier that exists: the order was over before', () => {
    const order = new Played().then({ kind: 'opened', at: T0 }).answered('loadOrder', { kind: 'alreadyClosed' }, 0);
    expect(order.started).toEqual([]);
    expect(order.state.ended).toMatchObject({ outcome: 'alreadyClosed', dossierSaved: true });
  });
});

describe('the carrier', () => {
  const scanned = (meaning: 'inTransit' | 'delivered' | 'labelCreated', hour: number): OrderEvent => ({
    kind: 'tracked',
    at: T0 + hour * HOUR,
    notice: { at: T0 + hour * HOUR, trackingNumber: '9400', meaning },
  });

  it('moves the order by its first scan, not by the label', () => {
    expect(uploaded().then(scanned('labelCreated', 3)).state.phase).toBe('awaitingHandover');
    expect(uploaded().then(scanned('inTransit', 3)).state.phase).toBe('inTransit');
  });

  it('never takes a delivery back', () => {
    const order = uploaded().then(scanned('delivered', 9)).then(scanned('inTransit', 4));
    expect(order.state.packages['1']?.tracking).toMatchObject({ meaning: 'delivered', acceptedAt: T0 + 4 * HOUR });
    expect(order.state.phase).toBe('delivered');
  });
});
