import { bought, handle, HOUR, labelled, opened, sent, T0, uploaded, type Played } from './played';
import type { LabelObjection, TrackingMeaning } from './state';

const label = (order: Played) => order.state.packages['1']?.label;
const wanted = (order: Played): unknown => order.turn.start.find(({ id }) => id.startsWith('prepareLabel'))?.command;
const kinds = (order: Played): string[] => order.state.attention.map(({ kind }) => kind);
const choice = { account: 'ups', service: 'Ground' };

const refused = (objection?: LabelObjection): Played =>
  opened('awaitingShipment').answered('prepareLabel:1:1', {
    kind: 'refused',
    reason: 'why',
    ...(objection === undefined ? {} : { objection }),
  });

describe('a label that a person chooses', () => {
  it('during the hold is what is asked for then', () => {
    const order = opened('onHold').ordered('chooseLabel', 0, { choice }).noticed('awaitingShipment', 1);
    expect(wanted(order)).toMatchObject({ attempt: 1, choice });
  });

  it('takes the place of one that was prepared, under a reference of its own', () => {
    const order = opened('awaitingShipment').ordered('chooseLabel', 1, { choice });
    expect(wanted(order)).toMatchObject({ kind: 'prepareLabel', attempt: 2, choice });
    // What was being asked for meanwhile says nothing any more.
    order.answered('prepareLabel:1:1', { kind: 'prepared', handle });
    expect(label(order)).toMatchObject({ status: 'none', attempt: 2 });
  });

  it('is refused while it is being bought, and after', () => {
    const order = opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle });
    expect(order.ordered('chooseLabel', 1, { choice }).turn.verdicts[0]?.accepted).toBe(false);
    order.answered('buyLabel:1:1', bought);
    expect(order.ordered('chooseLabel', 1, { choice }).turn.verdicts[0]?.reason).toMatch(/bought already/);
    expect(order.ordered('chooseLabel', 1).turn.verdicts[0]?.accepted).toBe(false);
  });

  it('is left to the rule again by a choice of nothing', () => {
    const order = opened('onHold').ordered('chooseLabel', 0, { choice }).ordered('chooseLabel', 0, { choice: {} });
    expect(label(order)).not.toHaveProperty('choice');
  });

  it('may be how it is handed over alone, which buys nothing anew', () => {
    const order = opened('onHold').ordered('chooseLabel', 0, { method: 'dropOff' });
    expect(order.state.handover).toEqual({ method: 'dropOff' });
    expect(label(order)?.attempt).toBe(1);
  });
});

describe('a label that is not bought by itself', () => {
  it.each(['price', 'drift', 'weight', 'address', 'hazmat'] as const)('for its %s is, once that is accepted', (why) => {
    const order = refused(why);
    expect(order.started).toEqual([]);
    expect(kinds(order)).toContain('labelRefused');
    order.ordered('releaseOrder');
    expect(wanted(order)).toMatchObject({ attempt: 2, accepted: [why] });
    order.answered('prepareLabel:1:2', { kind: 'refused', reason: 'more', objection: 'price', priceCents: 1_100 });
    const accepted = why === 'price' ? ['price'] : [why, 'price'];
    expect(wanted(order.ordered('releaseOrder'))).toMatchObject({ attempt: 3, accepted, acceptedCents: 1_100 });
  });

  it('stays so when a hold is lifted: that takes a word of its own', () => {
    const order = refused('address').ordered('holdOrder');
    expect(order.ordered('releaseOrder').started).toEqual([]);
    expect(kinds(order)).toContain('labelRefused');
    expect(wanted(order.ordered('releaseOrder'))).toMatchObject({ accepted: ['address'] });
  });

  it('is chosen anew with nothing accepted', () => {
    const order = refused('price').ordered('releaseOrder').ordered('chooseLabel', 2, { choice });
    expect(wanted(order)).toMatchObject({ attempt: 3, choice });
    expect(wanted(order)).not.toHaveProperty('accepted');
  });

  it('for no such reason is asked for again with nothing accepted', () => {
    expect(wanted(refused().ordered('releaseOrder'))).not.toHaveProperty('accepted');
  });

  it('because nobody can read back what came of it is a task, and bought anew only when a person has looked', () => {
    const order = opened('awaitingShipment')
      .answered('prepareLabel:1:1', { kind: 'prepared', handle })
      .answered('buyLabel:1:1', { kind: 'refused', reason: 'look there', objection: 'unclear' });
    expect(kinds(order)).toEqual(['purchaseUnclear']);
    expect(order.ordered('chooseLabel', 1, { choice }).turn.verdicts[0]?.accepted).toBe(false);
    expect(wanted(order.ordered('releaseOrder'))).toMatchObject({ attempt: 2 });
    expect(wanted(order)).not.toHaveProperty('accepted');
    expect(kinds(order)).toEqual([]);
  });

  it('is bought all the same where it only costs more than it was offered for, and said', () => {
    const order = opened('awaitingShipment')
      .answered('prepareLabel:1:1', { kind: 'prepared', handle })
      .answered('buyLabel:1:1', { ...bought, isDearer: true });
    expect(label(order)?.status).toBe('bought');
    expect(kinds(order)).toContain('labelDearer');
  });
});

describe('an acceptance at the origin', () => {
  const told = (order: Played, meaning: TrackingMeaning, hour = 5): Played =>
    order.then({
      kind: 'tracked',
      at: T0 + hour * HOUR,
      notice: { at: T0 + hour * HOUR, trackingNumber: '9400', meaning },
    });

  it('is the piece where it is on no form', () => {
    expect(told(uploaded(), 'originAccepted').state.phase).toBe('inTransit');
    expect(told(labelled(), 'originAccepted').state.packages['1']?.tracking.acceptedAt).toBe(T0 + 5 * HOUR);
  });

  it('proves nothing where the scan of its form may have left it', () => {
    const order = sent().answered(
      'joinManifest:1:1:1',
      {
        kind: 'joined',
        manifest: 'm',
        date: '2026-11-16',
        closesAt: T0 + 10 * HOUR,
        form: 'f',
        formedAt: T0 + 3 * HOUR,
      },
      3,
    );
    expect(told(order, 'originAccepted').state.packages['1']?.tracking).toEqual({
      meaning: 'originAccepted',
      at: T0 + 5 * HOUR,
      originAt: T0 + 5 * HOUR,
    });
    expect(told(order, 'accepted', 6).state.packages['1']?.tracking.acceptedAt).toBe(T0 + 6 * HOUR);
  });

  it('is enough to ask no money back: the carrier may have the piece', () => {
    const formed = { form: 'f', formedAt: T0 + 3 * HOUR } as const;
    const order = sent().answered(
      'joinManifest:1:1:1',
      { kind: 'joined', manifest: 'm', date: '2026-11-16', closesAt: T0 + 10 * HOUR, ...formed },
      3,
    );
    const cancelled = (one: Played): string[] => Object.keys(one.noticed('cancelled', 6).state.outstanding);
    expect(cancelled(told(order, 'originAccepted'))).not.toContain('voidLabel:1:1');
    expect(cancelled(uploaded())).toContain('voidLabel:1:1');
  });
});
