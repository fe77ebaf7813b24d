import type { ManifestNotice } from '../manifest/manifest';
import type { Answer, OrderEvent } from './event';
import {
  bought,
  facts,
  handle,
  HOUR,
  joined,
  labelled,
  listed,
  MANIFEST,
  opened,
  plan,
  T0,
  type Played,
} from './played';
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
    expect(order.answered('joinManifest:1:1:1', { kind: 'notThere' }, 3).started).toEqual(['voidLabel:1:1']);
    // Whoever comes late in that turn finds itself out.
    expect(manifestOf(order.state)).toEqual({ status: 'none', turn: 2 });
  });

  it('looks again later where it could not, and is not over before it knows', () => {
    const order = packed().noticed('cancelled', 3).answered('uploadTracking:1', { kind: 'abandoned' }, 3);
    order.answered('loadOrder', { kind: 'loaded', facts: facts('cancelled', { cancelledBy: 'buyer' }) }, 3);
    order.answered('joinManifest:1:1:1', { kind: 'failed', type: 'x', message: 'x' }, 3).told(3);
    expect(Object.keys(order.state.outstanding)).not.toContain('voidLabel:1:1');
    expect(order.state.ended).toBeUndefined();
    expect(order.woke(4).started).toContain('joinManifest:1:1:1');
  });

  it('goes through with a leaving that nobody answered, though it is released meanwhile', () => {
    const order = listed().ordered('holdOrder', 4);
    order.answered('leaveManifest:1:1:1', lost, 4).told(4).ordered('releaseOrder', 4.1).told(4.1);
    expect(order.woke(5).started).toEqual(['leaveManifest:1:1:1']);
    expect(order.answered('leaveManifest:1:1:1', { kind: 'left' }, 5).started).toEqual(['joinManifest:1:1:2']);
  });

  it('leaves where it joined while the carrier took it in, or its number was refused', () => {
    const scanned = packed().then(scan(3));
    scanned.answered('uploadTracking:1', { kind: 'uploaded', form: joined() }, 3);
    expect(scanned.started).toEqual(['leaveManifest:1:1:1']);
    const refused = packed().answered('uploadTracking:1', { kind: 'refused', reason: 'no' }, 3).told(3);
    expect(Object.values(refused.state.outstanding)).toMatchObject([{ kind: 'joinManifest', isLook: true }]);
    expect(refused.answered('joinManifest:1:1:1', joined(), 3).started).toEqual(['leaveManifest:1:1:1']);
    expect(manifestOf(refused.answered('leaveManifest:1:1:1', { kind: 'left' }, 3).state)).toEqual({
      ...{ status: 'none', turn: 2, id: MANIFEST, date: '2026-11-16' },
    });
  });
});

const lost: Answer = { kind: 'failed', type: 'x', message: 'x' };

const scan = (hour: number): OrderEvent => {
  const at = T0 + hour * HOUR;
  return { kind: 'tracked', at, notice: { at, trackingNumber: '9400', meaning: 'accepted' } };
};

const says = (order: Played, what: ManifestNotice['what'], hour: number): Played => {
  const at = T0 + hour * HOUR;
  return order.then({ kind: 'manifested', at, notice: { package: '1', manifest: MANIFEST, what, at, form: 'sf_1' } });
};

/** The manifest was silent, and asking it failed. */
const unsure = (): Played => {
  const order = listed().told(3).woke(12);
  expect(order.started).toEqual(['joinManifest:1:1:1']);
  return order.answered('joinManifest:1:1:1', lost, 12).told(12);
};

/** All that it asks for comes back well, until it rests. */
function comesToRest(order: Played, hour: number, more: Parameters<typeof facts>[1]): Played {
  for (let turns = 0; turns < 30; turns += 1) {
    const [id] = Object.keys(order.state.outstanding);
    if (id === undefined) return order;
    order.answered(id, answerTo(id, more), hour);
  }
  return order;
}

function answerTo(id: string, more: Parameters<typeof facts>[1]): Answer {
  if (id.startsWith('load')) return { kind: 'loaded', facts: facts('cancelled', { cancelledBy: 'buyer', ...more }) };
  if (id.startsWith('void')) return { kind: 'voided' };
  if (id.startsWith('leave')) return { kind: 'left' };
  return id.startsWith('save') ? { kind: 'saved' } : { kind: 'told' };
}

describe('a manifest that speaks before its joining is answered', () => {
  it.each(['formed', 'scanned', 'leftOff'] as const)('is heard (%s), and the order comes to its end', (what) => {
    const order = says(unsure(), what, 12.1).told(12.1);
    expect(manifestOf(order.state)).toMatchObject({ status: what });
    expect(manifestOf(order.state)?.isUnsure).toBeUndefined();
    comesToRest(order.noticed('cancelled', 40), 40, {}).woke(4_000);
    if (what !== 'scanned') expect(order.state.packages['1']?.label.status).toBe('voided');
    if (what !== 'scanned') expect(order.state.ended).toBeDefined();
  });

  it('is heard of the upload that joined, and its scan counts', () => {
    const order = says(says(packed(), 'formed', 3), 'scanned', 4);
    expect(order.state.packages['1']).toMatchObject({ manifest: { status: 'scanned' }, handedOverAt: T0 + 4 * HOUR });
    order.answered('uploadTracking:1', { kind: 'uploaded', form: joined({ form: 'sf_1', formedAt: T0 }) }, 5);
    expect(manifestOf(order.state)).toMatchObject({ status: 'scanned', scannedAt: T0 + 4 * HOUR });
  });

  it('is not taken back by an answer that was on its way', () => {
    const order = says(listed().told(3).woke(12), 'formed', 12);
    order.answered('joinManifest:1:1:1', joined(), 12.1);
    expect(manifestOf(order.state)).toMatchObject({ status: 'formed', form: 'sf_1' });
    const late = says(listed().told(3).woke(12), 'late', 12);
    late.answered('joinManifest:1:1:1', joined(), 12.1);
    expect(manifestOf(late.state)).toMatchObject({ status: 'none', after: '2026-11-16' });
    expect(late.woke(12.2).started).toContain('joinManifest:1:1:1');
  });

  it('says nothing new where it repeats that it went without it', () => {
    const order = says(listed().told(3), 'late', 10).told(10);
    expect(manifestOf(says(order, 'late', 10.1).state)).toMatchObject({ status: 'none', isUnsure: true });
  });
});

describe('an order that is cancelled in the moment of its packing', () => {
  it.each([['seller'], ['buyer']] as const)('by the %s is not over while it pauses before its void', (cancelledBy) => {
    const order = packed();
    if (cancelledBy === 'seller') {
      order
        .ordered('cancelOrder', 2)
        .noticed('awaitingCollection', 3)
        .answered('cancelOnPlatform', { kind: 'cancelled' }, 3);
      order.answered('uploadTracking:1', { kind: 'uploaded', form: joined() }, 3).noticed('cancelled', 3);
    } else order.noticed('cancelled', 3).answered('uploadTracking:1', { kind: 'orderChanged' }, 3);
    const { statusAt } = order.state.facts ?? { statusAt: T0 };
    order.answered('loadOrder', { kind: 'loaded', facts: facts('cancelled', { cancelledBy, statusAt }) }, 3);
    for (const id of Object.keys(order.state.outstanding)) {
      if (id.startsWith('leave')) order.answered(id, { kind: 'left' }, 3);
      if (id.startsWith('join')) order.answered(id, { kind: 'notThere' }, 3);
    }
    order.told(3);
    expect(order.state.ended).toBeUndefined();
    comesToRest(order.woke(3.1), 3.1, { cancelledBy });
    expect(order.state.packages['1']?.label.status).toBe('voided');
    expect(order.state.ended?.outcome).toBe(`${cancelledBy}Cancelled`);
  });
});

describe('a form that keeps the number of a label whose place another took', () => {
  it('has it struck off: that stays to be done', () => {
    const order = opened('awaitingShipment', { addressMark: 'key-a' })
      .answered('prepareLabel:1:1', { kind: 'prepared', handle: { ...handle, addressMark: 'key-a' } })
      .answered('buyLabel:1:1', bought)
      .ordered('markPacked')
      .answered('uploadTracking:1', { kind: 'uploaded', form: joined() }, 3);
    says(order, 'formed', 4).reread(5, { facts: facts('awaitingShipment', { addressMark: 'key-b' }) });
    order.answered('voidLabel:1:1', { kind: 'voided' }, 5).told(5);
    expect(order.state.packages['1']?.label).toMatchObject({ attempt: 2 });
    const toPull = order.state.attention.filter(({ kind }) => kind === 'pullFromForm');
    expect(toPull).toMatchObject([{ about: '9400' }]);
  });
});
