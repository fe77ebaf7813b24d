import type { AppealNews } from '../appeal/appeal';
import { nextWake } from './agenda';
import type { Command } from './command';
import { facts, HOUR, listed, MANIFEST, opened, plan, sent, T0, type Played } from './played';
import type { TrackingMeaning } from './state';

type Told = Extract<Command, { kind: 'tellAppeal' }>;

const toCase = (order: Played): Told[] =>
  order.turn.start.flatMap(({ command }) => (command.kind === 'tellAppeal' ? [command] : []));
const newsIn = (order: Played): AppealNews['kind'][] =>
  toCase(order).flatMap(({ news }) => news.map(({ kind }) => kind));

const scan = (order: Played, meaning: TrackingMeaning, hour: number): Played => {
  const at = T0 + hour * HOUR;
  return order.then({ kind: 'tracked', at, notice: { at, trackingNumber: '9400', meaning } });
};

const formed = (order = listed()): Played => {
  const at = T0 + 10 * HOUR;
  return order.then({
    kind: 'manifested',
    at,
    notice: { package: '1', manifest: MANIFEST, what: 'formed', at, form: 'sf_1' },
  });
};

const reported = (order: Played, hour: number): Played => {
  const at = T0 + hour * HOUR;
  return order.then({ kind: 'manifested', at, notice: { package: '1', manifest: MANIFEST, what: 'scanned', at } });
};

const appealOf = ({ state }: Played) => state.packages['1']?.appeal;

describe('a form whose scan nobody reported', () => {
  it('starts no clock by being made', () => {
    expect(nextWake(formed().state)?.kind).not.toBe('stall');
  });

  it('starts the clock with the carrier’s first acceptance of a piece on it', () => {
    const order = scan(formed(), 'originAccepted', 12);
    expect(nextWake(order.state)).toMatchObject({ kind: 'stall', at: T0 + 60 * HOUR });
    expect(newsIn(order.woke(60))).toEqual(['opened']);
    const [opening] = toCase(order)[0]?.news ?? [];
    expect(opening).toMatchObject({ opening: { scannedAt: T0 + 12 * HOUR, scanBy: 'carrier' } });
  });

  it('goes by the report once there is one', () => {
    const order = reported(scan(formed(), 'originAccepted', 12), 14);
    expect(nextWake(order.state)).toMatchObject({ kind: 'stall', at: T0 + 62 * HOUR });
  });

  it('knows no such clock in an order that was begun before', () => {
    const order = scan(formed(), 'originAccepted', 12);
    order.turn = { ...order.turn, state: { ...order.state, edition: 4 } };
    expect(nextWake(order.woke(13).state)?.kind).not.toBe('stall');
  });
});

describe('the case of a form', () => {
  const stalled = (): Played => reported(formed(), 11).woke(59);

  it('is told with the form that it is of', () => {
    expect(toCase(stalled())).toMatchObject([{ package: '1', form: { manifest: MANIFEST, formId: 'sf_1' } }]);
  });

  it('is a parcel’s own in an order that was begun before', () => {
    const order = reported(formed(), 11);
    order.turn = { ...order.turn, state: { ...order.state, edition: 4 } };
    expect(toCase(order.woke(59))[0]?.form).toBeUndefined();
  });

  it('that goes on without the parcel is followed by another, which is told all', () => {
    const order = stalled().answered('tellAppeal:1:0', { kind: 'told', caseKey: 'form-sf_1-1' }, 59).told(59);
    expect(appealOf(order)).toMatchObject({ caseKey: 'form-sf_1-1' });
    const at = T0 + 100 * HOUR;
    const notice = { caseKey: 'form-sf_1-1', package: '1', at, status: 'nextCase' } as const;
    expect(newsIn(order.then({ kind: 'appealed', at, notice }))).toEqual(['opened']);
    expect(appealOf(order)).toMatchObject({ status: 'opening', former: ['form-sf_1-1'] });
    // What the case that it left says later is not about it.
    order.then({ kind: 'appealed', at, notice: { ...notice, status: 'won' } });
    expect(appealOf(order)?.status).toBe('opening');
  });

  it('knows no parcel by a name that is none', () => {
    const order = stalled();
    const notice = { caseKey: 'form-sf_1-1', package: '__proto__', at: T0, status: 'won' } as const;
    expect(order.then({ kind: 'appealed', at: T0 + 60 * HOUR, notice }).state.timeline.at(-1)?.what).not.toBe(
      'appeal.won',
    );
  });
});

describe('a parcel that is lost on its way', () => {
  const DAY = 24 * HOUR;
  const moving = (): Played => {
    const order = scan(reported(formed(), 11), 'accepted', 20).noticed('inTransit', 20);
    order.turn = { ...order.turn, state: { ...order.state, plan: { ...plan, lostMs: 10 * DAY } } };
    return order;
  };

  it('has a case 10 days after the last that was heard of it, and not before', () => {
    const order = scan(moving(), 'inTransit', 24);
    const heard = (heardHour: number, hour: number): Played =>
      order.answered(
        'loadOrder',
        {
          kind: 'loaded',
          facts: facts('inTransit', { statusAt: T0 + 20 * HOUR }),
          heardAt: { 9400: T0 + heardHour * HOUR },
        },
        hour,
      );
    // Looked up 10 days after it was first seen; a scan that said nothing new was heard since.
    expect(order.woke(20 + 240).turn.start).toMatchObject([{ command: { kind: 'loadOrder', heard: ['9400'] } }]);
    expect(newsIn(heard(44, 260))).toEqual([]);
    expect(nextWake(order.state)).toMatchObject({ kind: 'lost', at: T0 + (44 + 240) * HOUR });
    order.woke(44 + 240);
    expect(newsIn(heard(44, 284))).toEqual(['opened', 'limitBroken']);
    expect(appealOf(order)).toMatchObject({ cause: 'lost' });
    expect(toCase(order)[0]?.form).toBeUndefined();
    expect(newsIn(scan(order.told(285), 'outForDelivery', 290))).toEqual(['moved']);
  });

  it('has none where it arrived, or where the rules say nothing of it', () => {
    expect(nextWake(scan(moving(), 'delivered', 50).state)?.kind).not.toBe('lost');
    const order = moving();
    order.turn = { ...order.turn, state: { ...order.state, plan } };
    expect(nextWake(order.state)?.kind).not.toBe('lost');
  });
});

describe('a parcel that nobody came for', () => {
  const waiting = (method: 'pickup' | 'dropOff'): Played =>
    sent()
      .answered('joinManifest:1:1:1', { kind: 'noForm' }, 3)
      .noticed('awaitingCollection', 3)
      .ordered('rescheduleHandover', 4, { method });

  it('has a case when a limit breaks, never for a target', () => {
    const order = waiting('pickup').woke(167).told(167);
    expect(appealOf(order)).toBeUndefined();
    expect(newsIn(order.woke(168))).toEqual(['opened', 'limitBroken']);
    expect(appealOf(order)).toMatchObject({ cause: 'notCollected' });
  });

  it('has none while it is on a form: of that the report is asked, and its scan may be told later', () => {
    const order = formed().ordered('rescheduleHandover', 11, { method: 'pickup' }).told(11).woke(168);
    expect(appealOf(order)).toBeUndefined();
    expect(newsIn(reported(order.told(168), 12))).toEqual([]);
    expect(newsIn(order.woke(169))).toEqual(['opened', 'limitBroken']);
    expect(appealOf(order)?.cause).toBeUndefined();
  });

  it('has one where the platform cancels for it', () => {
    const order = waiting('pickup').noticed('cancelled', 30);
    const cancelled = facts('cancelled', { cancelledBy: 'platform', statusAt: T0 + 30 * HOUR });
    order.answered('loadOrder', { kind: 'loaded', facts: cancelled }, 30);
    expect(newsIn(order)).toEqual(['opened', 'limitBroken']);
  });

  it('has none where the seller was to bring it, or had not packed it', () => {
    expect(appealOf(waiting('dropOff').woke(168))).toBeUndefined();
    const order = opened('awaitingShipment').ordered('rescheduleHandover', 4, { method: 'pickup' });
    expect(appealOf(order.woke(168))).toBeUndefined();
  });
});
