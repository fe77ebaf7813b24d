import { facts, HOUR, joined, labelled, listed, MANIFEST, plan, T0, type Played } from './played';
import type { OrderState } from './state';

/** Its label is bought, its parcel packed, and its number is being uploaded. */
const packed = (): Played => labelled().ordered('markPacked');

const manifestOf = ({ packages }: OrderState) => packages['1']?.manifest;

describe('a parcel that joins the form of its day', () => {
  it('joins with the upload of its number, in one step', () => {
    const order = packed();
    expect(order.turn.start.map(({ command }) => command)).toMatchObject([
      { kind: 'uploadTracking', join: { turn: 1, shipmentId: 'shp_1' } },
    ]);
    order.answered('uploadTracking:1', { kind: 'uploaded', form: joined() }, 3);
    expect(order.started).toEqual([]);
    expect(manifestOf(order.state)).toMatchObject({ status: 'joined', id: MANIFEST });
    expect(manifestOf(order.state)?.isUnsure).toBeUndefined();
  });

  it('does not join with an upload of before its packing', () => {
    const early = labelled();
    early.state.plan = { ...plan, uploadOn: 'bought' };
    expect(early.woke(2).turn.start.map(({ command }) => command)).toMatchObject([{ kind: 'uploadTracking' }]);
    expect(early.turn.start[0]?.command).not.toHaveProperty('join');
  });

  it('looks whether it joined when the upload was given up with the order, leaves, and is voided then only', () => {
    const order = packed().noticed('cancelled', 3);
    expect(order.turn.abandon).toEqual(['uploadTracking:1']);
    expect(order.started).toEqual(['loadOrder']);
    order.answered('uploadTracking:1', { kind: 'abandoned' }, 3);
    expect(order.turn.start.map(({ command }) => command)).toMatchObject([{ kind: 'joinManifest', isLook: true }]);
    expect(Object.keys(order.state.outstanding)).not.toContain('voidLabel:1:1');
    order.answered('joinManifest:1:1:1', joined(), 3);
    expect(order.started).toEqual(['leaveManifest:1:1:1']);
    expect(order.answered('leaveManifest:1:1:1', { kind: 'left' }, 3).started).toEqual(['voidLabel:1:1']);
  });

  it('is voided at once where it looked and had not joined', () => {
    const order = packed().noticed('cancelled', 3).answered('uploadTracking:1', { kind: 'abandoned' }, 3);
    expect(order.answered('joinManifest:1:1:1', { kind: 'left' }, 3).started).toEqual(['voidLabel:1:1']);
    expect(manifestOf(order.state)?.isUnsure).toBeUndefined();
  });

  it('looks again later where it could not, and is not over before it knows', () => {
    const order = packed().noticed('cancelled', 3).answered('uploadTracking:1', { kind: 'abandoned' }, 3);
    order.answered('loadOrder', { kind: 'loaded', facts: facts('cancelled', { cancelledBy: 'buyer' }) }, 3);
    order.answered('joinManifest:1:1:1', { kind: 'failed', type: 'x', message: 'x' }, 3).told(3);
    expect(Object.keys(order.state.outstanding)).not.toContain('voidLabel:1:1');
    expect(order.state.ended).toBeUndefined();
    expect(order.woke(4).started).toContain('joinManifest:1:1:1');
  });

  it('leaves where it was held while the manifest was silent', () => {
    const order = listed().ordered('holdOrder', 4);
    order.answered('leaveManifest:1:1:1', { kind: 'failed', type: 'x', message: 'x' }, 4).told(4);
    order.then({ kind: 'woke', at: T0 + 12 * HOUR });
    expect(order.turn.start.map(({ command }) => command)).toMatchObject([{ kind: 'joinManifest', isLook: true }]);
    expect(order.answered('joinManifest:1:1:1', joined(), 12).started).toEqual(['leaveManifest:1:1:1']);
  });
});
