import type { Command } from './command';
import type { DeskNews } from './desk';
import { nextWake } from './agenda';
import { facts, HOUR, joined, labelled, listed, MANIFEST, sent, T0, uploaded, type Played } from './played';
import type { OrderState } from './state';

const told = (order: Played, what: 'late' | 'formed' | 'scanned' | 'leftOff', hour: number): Played => {
  const at = T0 + hour * HOUR;
  return order.then({ kind: 'manifested', at, notice: { package: '1', manifest: MANIFEST, what, at, form: 'sf_1' } });
};

const scanned = (): Played => told(told(listed(), 'formed', 10), 'scanned', 11);

const manifestOf = ({ packages }: OrderState) => packages['1']?.manifest;
const appealOf = ({ packages }: OrderState) => packages['1']?.appeal;

/** What the desk is being told. */
const tellings = (order: Played): DeskNews[] =>
  order.turn.start.flatMap(({ command }) => (command.kind === 'tellDesk' ? [command.news] : []));

const newsToCase = (order: Played): string[] =>
  order.turn.start.flatMap(({ command }: { command: Command }) =>
    command.kind === 'tellAppeal' ? command.news.map(({ kind }) => kind) : [],
  );

describe('an order and the form of its day', () => {
  it('joins once its number is uploaded: the platform’s notice of it may be lost', () => {
    expect(labelled().started).toEqual([]);
    expect(sent().started).toEqual(['joinManifest:1:1:1']);
  });

  it('goes with the next form when it was too late for one', () => {
    const order = told(listed(), 'late', 10);
    expect(order.started).toEqual(['joinManifest:1:1:1']);
    expect(manifestOf(order.state)).toMatchObject({ status: 'none', after: '2026-11-16' });
  });

  it('leaves the list before its label is voided', () => {
    const order = listed().noticed('cancelled', 4);
    expect(order.started.slice(0, 2)).toEqual(['leaveManifest:1:1:1', 'loadOrder']);
    expect(order.started).not.toContain('voidLabel:1:1');
    expect(order.answered('leaveManifest:1:1:1', { kind: 'left' }, 4).started).toContain('voidLabel:1:1');
  });

  it('leaves on a hold and joins again as another member when released', () => {
    const order = listed().ordered('holdOrder', 4).answered('leaveManifest:1:1:1', { kind: 'left' }, 4);
    expect(order.started).toEqual([]);
    expect(order.ordered('releaseOrder', 5).started).toEqual(['joinManifest:1:1:2']);
  });

  it('asks a manifest that says nothing', () => {
    const order = listed();
    expect(nextWake(order.state)).toMatchObject({ kind: 'askManifest', at: T0 + 12 * HOUR });
    expect(order.woke(12).started).toEqual(['joinManifest:1:1:1']);
    order.answered('joinManifest:1:1:1', joined({ form: 'sf_1', formedAt: T0 + 10 * HOUR }), 12);
    expect(manifestOf(order.state)).toMatchObject({ status: 'formed', form: 'sf_1' });
  });

  it('is handed over when the form was scanned: that is no acceptance', () => {
    const { state } = scanned();
    expect(state.phase).toBe('handedOver');
    expect(state.packages['1']).toMatchObject({ handedOverAt: T0 + 11 * HOUR, tracking: { meaning: 'none' } });
    expect(state.met.autoCancelUncollected).toBeUndefined();
  });

  it('needs no form with a carrier that has none', () => {
    const order = uploaded().noticed('awaitingCollection', 3);
    expect(order.started).toEqual([]);
  });

  it('hears nothing from a manifest that is not its own', () => {
    const order = listed();
    const at = T0 + 5 * HOUR;
    order.then({ kind: 'manifested', at, notice: { package: '1', manifest: 'manifest:b', what: 'scanned', at } });
    expect(manifestOf(order.state)?.status).toBe('joined');
  });

  it('tells again later what could not be told, and the desk of it meanwhile', () => {
    const order = sent().noticed('awaitingCollection', 3);
    order.answered('joinManifest:1:1:1', { kind: 'failed', type: 'x', message: 'x' }, 3);
    expect(order.started).toEqual([]);
    expect(order.turn.start.map(({ command }) => command.kind)).toEqual(['tellDesk']);
    order.told(3);
    expect(nextWake(order.state)).toMatchObject({ kind: 'tellAgain' });
    expect(order.woke(4).started).toEqual(['joinManifest:1:1:1']);
  });
});

describe('a parcel that is kept back', () => {
  it('stays where it came too late to leave, and joins no other form', () => {
    const order = listed().ordered('holdOrder', 4).answered('leaveManifest:1:1:1', { kind: 'stays' }, 4);
    expect(order.ordered('releaseOrder', 5).started).toEqual([]);
    expect(manifestOf(told(order, 'formed', 6).state)?.status).toBe('formed');
  });

  it('is voided only when it is known whether it is on the form that was being made', () => {
    const order = listed().noticed('cancelled', 4).answered('leaveManifest:1:1:1', { kind: 'stays' }, 4);
    const cancelled = facts('cancelled', { cancelledBy: 'buyer', statusAt: T0 + 4 * HOUR });
    order.answered('loadOrder', { kind: 'loaded', facts: cancelled }, 4).told(4);
    expect(Object.keys(order.state.outstanding)).not.toContain('voidLabel:1:1');
    expect(order.state.ended).toBeUndefined();
    told(order, 'formed', 5);
    expect(Object.keys(order.state.outstanding)).toContain('voidLabel:1:1');
    expect(order.state.attention.map(({ kind }) => kind)).toContain('pullFromForm');
  });

  it('is not handed over by the scan of a form from which it was kept back', () => {
    const order = told(told(listed(), 'formed', 10).ordered('holdOrder', 10), 'scanned', 11);
    expect(order.state.phase).toBe('awaitingHandover');
    expect(order.state.attention.map(({ kind }) => kind)).toEqual(['pullFromForm', 'scannedWithoutIt']);
    expect(nextWake(order.state)?.kind).not.toBe('stall');
  });

  it('goes with the next form when it was left off and is released', () => {
    const order = told(listed(), 'leftOff', 10);
    expect(order.started).toEqual([]);
    const [join] = order
      .told(10)
      .ordered('releaseOrder', 11)
      .turn.start.map(({ command }) => command);
    expect(join).toMatchObject({ kind: 'joinManifest', turn: 2, after: '2026-11-16' });
  });

  it('goes on where it was given up and is not on the form that was brought after all', () => {
    const order = told(told(listed(), 'leftOff', 10).told(10), 'late', 20);
    expect(order.started).toEqual(['joinManifest:1:1:1']);
    expect(order.state.attention.map(({ kind }) => kind)).not.toContain('leftOffForm');
  });

  it('asks again soon when nobody could be told that it joined', () => {
    const order = sent().noticed('awaitingCollection', 3);
    order.answered('joinManifest:1:1:1', joined({ untold: true }), 3);
    expect(nextWake(order.state)).toMatchObject({ kind: 'askManifest', at: T0 + 3.25 * HOUR });
  });
});

describe('a parcel whose tracking stands still', () => {
  it('counts from the scan, never from the making of the form', () => {
    expect(nextWake(told(listed(), 'formed', 10).state)?.kind).not.toBe('stall');
    expect(nextWake(scanned().state)).toMatchObject({ kind: 'stall', at: T0 + 59 * HOUR });
  });

  it('opens a case after 48 h, once', () => {
    const order = scanned().woke(59);
    expect(newsToCase(order)).toEqual(['opened']);
    order.told(59);
    expect(newsToCase(order.woke(60))).toEqual([]);
    expect(appealOf(order.state)).toMatchObject({ openedAt: T0 + 59 * HOUR, told: ['opened'] });
  });

  it('tells the case of a limit that breaks', () => {
    const order = scanned().woke(59).told(59).woke(168);
    expect(newsToCase(order)).toEqual(['limitBroken']);
  });

  it('tells the case that it moves, and of nothing more', () => {
    const order = scanned().woke(59).told(59);
    expect(newsToCase(order.noticed('inTransit', 70))).toEqual(['moved']);
    expect(newsToCase(order.told(70).woke(168))).toEqual([]);
  });

  it('opens nothing when it moves before', () => {
    const order = scanned().noticed('inTransit', 58).woke(59);
    expect(newsToCase(order)).toEqual([]);
    expect(appealOf(order.state)).toBeUndefined();
  });
});

describe('a limit that breaks over a silent carrier', () => {
  const cancelledByPlatform = (order: Played, hour: number): Played => {
    const cancelled = facts('cancelled', { cancelledBy: 'platform', statusAt: T0 + hour * HOUR });
    return order.noticed('cancelled', hour).answered('loadOrder', { kind: 'loaded', facts: cancelled }, hour);
  };

  /** All that the case hears, in order, while everything is told at once. */
  const heardByCase = (order: Played, hours: number[]): string[] =>
    hours.flatMap((hour) => [...newsToCase(order.woke(hour)), ...newsToCase(order.told(hour))]);

  it('says nothing to the case before it is known who cancelled', () => {
    const order = scanned().woke(59).told(59);
    expect(newsToCase(order.noticed('cancelled', 100))).toEqual([]);
    order.told(100);
    expect(newsToCase(cancelledByPlatform(order, 100))).toEqual(['limitBroken']);
  });

  it('tells the case that the order is over when the buyer cancelled it', () => {
    const order = scanned().woke(59).told(59).noticed('cancelled', 100).told(100);
    const cancelled = facts('cancelled', { cancelledBy: 'buyer', statusAt: T0 + 100 * HOUR });
    order.answered('loadOrder', { kind: 'loaded', facts: cancelled }, 100);
    expect(newsToCase(order)).toEqual(['over']);
  });

  it('keeps an order that the platform cancels 20 h after the scan until the silence has lasted 48 h', () => {
    const order = cancelledByPlatform(scanned(), 31).told(31);
    expect(order.state.ended).toBeUndefined();
    expect(nextWake(order.state)).toMatchObject({ kind: 'stall', at: T0 + 59 * HOUR });
    expect(heardByCase(order, [59])).toEqual(['opened', 'limitBroken']);
    expect(order.told(59).state.ended).toMatchObject({ outcome: 'platformCancelled' });
  });

  it('is dated by its own instant, not by the opening of the case', () => {
    const late = told(told(listed(), 'formed', 10).told(10), 'scanned', 150)
      .told(150)
      .woke(168)
      .told(168)
      .woke(198);
    const news = late.turn.start.flatMap(({ command }) => (command.kind === 'tellAppeal' ? command.news : []));
    expect(news).toMatchObject([{ kind: 'opened' }, { kind: 'limitBroken', at: T0 + 168 * HOUR }]);
  });

  it('is no case where the form was scanned after it', () => {
    const order = told(told(listed(), 'formed', 10).told(10).woke(168).told(168), 'scanned', 180).told(180);
    expect(heardByCase(order, [228])).toEqual(['opened']);
  });

  it('leaves nobody without a word of a label whose parcel was given away', () => {
    const order = uploaded().noticed('awaitingCollection', 3);
    cancelledByPlatform(order.ordered('markHandedOver', 4), 168);
    expect(order.started).toEqual([]);
    order.told(168);
    expect(order.state.alerted).toEqual([expect.stringContaining('labelNotVoided')]);
    expect(order.state.ended).toBeDefined();
  });
});

describe('an order and the alert desk', () => {
  const warned = (): Played => told(listed(), 'formed', 10).told(10).woke(164);

  it('warns of a deadline once per tier, and settles it when it is met', () => {
    const order = warned();
    expect(tellings(order)).toMatchObject([
      { raise: [{ kind: 'deadline', about: 'autoCancelUncollected', tierMs: 4 * HOUR }] },
    ]);
    order.told(164);
    expect(tellings(order.woke(165))).toEqual([]);
    order.noticed('inTransit', 166);
    expect(tellings(order)).toMatchObject([{ raise: [], settle: [expect.stringContaining('autoCancelUncollected')] }]);
  });

  it('says that a deadline passed in place of its warning', () => {
    const order = warned().told(164).woke(168);
    const [news] = tellings(order);
    expect(news?.raise).toMatchObject([{ about: 'autoCancelUncollected', tierMs: 0 }]);
    expect(news?.settle).toHaveLength(1);
  });

  it('tells of a drift once, and never settles it: other orders share it', () => {
    const times = { shipBy: T0 + 30 * HOUR };
    const order = listed().noticed('awaitingCollection', 4);
    order.then({ kind: 'noticed', at: T0 + 4 * HOUR, notice: { at: T0 + 4 * HOUR, via: 'webhook' } });
    order.answered('loadOrder', { kind: 'loaded', facts: facts('awaitingCollection', { platformTimes: times }) }, 4);
    const raised = tellings(order).flatMap(({ raise }) => raise);
    expect(raised).toMatchObject([{ kind: 'drift', about: 'shipBy', dueAt: T0 + 30 * HOUR }]);
    order.told(4);
    expect(tellings(order.woke(5))).toEqual([]);
  });

  it('is no worse for an order of the first edition: it tells nobody anything', () => {
    const order = listed();
    order.turn = { ...order.turn, state: { ...order.state, edition: 1 } };
    expect(order.woke(164).started).toEqual([]);
    expect(tellings(order)).toEqual([]);
    expect(order.state.attention).toMatchObject([{ kind: 'deadlineNear' }]);
  });
});
