import type { Answer } from './event';
import type { OrderFacts } from './facts';
import { nextWake } from './agenda';
import {
  addressChanged,
  bought,
  facts,
  handle,
  HOUR,
  labelled,
  listed,
  opened,
  plan,
  Played,
  sent,
  T0,
} from './played';

const stale: Answer = { kind: 'loaded', facts: facts('onHold') };

const ANSWERS: Answer[] = [
  { kind: 'loaded', facts: facts('awaitingShipment') },
  { kind: 'loaded', facts: facts('awaitingShipment'), plan },
  stale,
  { kind: 'alreadyClosed' },
  { kind: 'unknownOrder' },
  { kind: 'unknownPolicy', facts: facts('awaitingShipment'), policySet: 'none' },
  { kind: 'prepared', handle },
  bought,
  { kind: 'voided' },
  { kind: 'nothingToVoid' },
  { kind: 'uploaded' },
  { kind: 'cancelled' },
  { kind: 'answered' },
  { kind: 'shared', owner: '1' },
  { kind: 'loaded', facts: facts('awaitingCollection', { afterSale: { kind: 'cancel', id: 'c' } }) },
  { kind: 'loaded', facts: facts('awaitingShipment'), mode: 'watch' },
  { kind: 'saved' },
  { kind: 'planned', plan },
  { kind: 'joined', manifest: 'manifest:a:main:2026-11-16', date: '2026-11-16', closesAt: T0 + 10 * HOUR },
  { kind: 'noForm' },
  { kind: 'left' },
  { kind: 'told' },
  { kind: 'orderChanged' },
  { kind: 'reRate' },
  { kind: 'refused', reason: 'no' },
  { kind: 'abandoned' },
  { kind: 'failed', type: 'bug', message: 'x' },
];

/** Orders with something under way, by what it is. */
const BUSY: Record<string, () => Played> = {
  'the first reading': () => new Played().then({ kind: 'opened', at: T0 }),
  'a question for rates': () => opened('awaitingShipment'),
  'a purchase': () => opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle }),
  'an upload': () =>
    opened('awaitingShipment')
      .answered('prepareLabel:1:1', { kind: 'prepared', handle })
      .answered('buyLabel:1:1', bought)
      .ordered('markPacked'),
  'a void': () =>
    opened('awaitingShipment')
      .answered('prepareLabel:1:1', { kind: 'prepared', handle })
      .answered('buyLabel:1:1', bought)
      .noticed('cancelled', 2),
  'a cancellation': () => opened('awaitingShipment').ordered('cancelOrder'),
  'a joining of the form': () => sent(),
  'a leaving of the form': () => listed().ordered('holdOrder', 4),
  'a void of a label with an old address': () => addressChanged(),
  'a correction': () =>
    addressChanged()
      .answered('voidLabel:1:1', { kind: 'voided' }, 4)
      .answered(
        'prepareLabel:1:2',
        { kind: 'prepared', handle: { ...handle, shipmentId: 'shp_2', addressMark: 'key-b' } },
        4,
      )
      .answered('buyLabel:1:2', { ...bought, trackingNumber: '9401' }, 4),
  'an answer to the buyer': () =>
    labelled()
      .reread(2, {
        facts: facts('awaitingShipment', { afterSale: { kind: 'cancel', id: 'c' } }),
        hasAskedAfterSale: true,
      })
      .ordered('approveCancel', 3),
  'a telling of a common parcel': () =>
    opened('awaitingShipment')
      .answered('prepareLabel:1:1', { kind: 'prepared', handle, members: ['3'] })
      .answered('buyLabel:1:1', bought),
  'a telling of the desk': () => listed().woke(164),
  'a purchase that a newer notice began': () => opened('onHold').noticed('awaitingShipment', 1),
};

/** More turns than any honest way takes within one instant. */
const MOST_TURNS = 30;

/** Answers everything that is under way in the same way, at one instant, until nothing is. */
function answerAll(order: Played, answer: Answer, hour: number): number {
  let turns = 0;
  for (; Object.keys(order.state.outstanding).length > 0 && turns < MOST_TURNS; turns++) {
    const [id = ''] = Object.keys(order.state.outstanding);
    order.answered(id, answer, hour);
  }
  return turns;
}

const isAbout = (order: Played): boolean =>
  order.state.ended !== undefined ||
  nextWake(order.state) !== undefined ||
  order.state.attention.length > 0 ||
  Object.keys(order.state.outstanding).length > 0;

describe('whatever is answered', () => {
  const cases = Object.keys(BUSY).flatMap((busy) => ANSWERS.map((answer) => ({ busy, kind: answer.kind, answer })));

  it.each(cases)('$kind to $busy brings the order to rest within one instant', ({ busy, answer }) => {
    const order = BUSY[busy]?.() ?? new Played();
    expect(answerAll(order, answer, 3)).toBeLessThan(MOST_TURNS);
  });

  it.each(cases)('$kind to $busy leaves nobody waiting for nothing', ({ busy, answer }) => {
    const order = BUSY[busy]?.() ?? new Played();
    answerAll(order, answer, 3);
    expect(isAbout(order)).toBe(true);
  });
});

describe('a reading that lags behind its notice', () => {
  const lagging = (): Played =>
    opened('onHold').noticed('awaitingShipment', 1).answered('prepareLabel:1:1', { kind: 'orderChanged' });

  it('is waited for, longer each time', () => {
    const order = lagging().answered('loadOrder', stale, 1);
    expect(order.started).toEqual([]);
    const first = nextWake(order.state)?.at ?? 0;
    expect(first).toBe(T0 + HOUR + 15_000);
    order.then({ kind: 'woke', at: first }).then({ kind: 'answered', at: first, command: 'loadOrder', answer: stale });
    expect(order.started).toEqual(['prepareLabel:1:1']);
  });

  it('ends the wait with its news', () => {
    const news: OrderFacts = facts('awaitingShipment', { statusAt: T0 + 2 * HOUR });
    const order = lagging().answered('loadOrder', { kind: 'loaded', facts: news }, 2);
    expect(order.started).toEqual([]);
    expect(order.then({ kind: 'woke', at: nextWake(order.state)?.at ?? 0 }).started).toEqual(['loadOrder']);
  });
});

describe('money', () => {
  const buying = (): Played => opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle });

  it('is not asked back while it is being spent', () => {
    const order = buying().ordered('holdOrder').answered('buyLabel:1:1', { kind: 'abandoned' }).ordered('releaseOrder');
    expect(order.started).toEqual(['buyLabel:1:1']);
    expect(order.noticed('cancelled', 3).started).toEqual(['loadOrder']);
    expect(order.turn.abandon).toEqual(['buyLabel:1:1']);
    expect(order.answered('buyLabel:1:1', bought, 3).started).toEqual(['voidLabel:1:1']);
  });

  it('that the carrier does not know of is a person’s matter, not forgotten', () => {
    const order = buying().answered('buyLabel:1:1', bought).noticed('cancelled', 3);
    order.answered('voidLabel:1:1', { kind: 'nothingToVoid' }, 3);
    expect(order.state.packages['1']?.label.status).toBe('voidRefused');
    expect(order.state.attention.map(({ kind }) => kind)).toContain('voidRefused');
  });

  it('is not spent again because the provider does not know the shipment', () => {
    const order = buying().answered('buyLabel:1:1', { kind: 'failed', type: 'bug', message: 'unknown shipment' });
    expect(order.started).toEqual([]);
    expect(order.ordered('releaseOrder').started).toEqual(['buyLabel:1:1']);
  });
});

describe('an order that another tool ships while our purchase is lost sight of', () => {
  const shipped = (): Played =>
    opened('awaitingShipment')
      .answered('prepareLabel:1:1', { kind: 'prepared', handle })
      .noticed('awaitingCollection', 2)
      .answered('buyLabel:1:1', { kind: 'abandoned' }, 2);

  it('is read for whose number stands on it, and gives our label back', () => {
    const order = shipped();
    const at = nextWake(order.state)?.at ?? 0;
    expect(at).toBe(T0 + 2 * HOUR + 15_000);
    expect(order.then({ kind: 'woke', at }).started).toEqual(['loadOrder']);
    const tracking = { number: '1Z', carrier: 'UPS' };
    const read = facts('awaitingCollection', { tracking, statusAt: T0 + 2 * HOUR });
    order.answered('loadOrder', { kind: 'loaded', facts: read }, 3);
    expect(order.started).toEqual(['voidLabel:1:1']);
    order.answered('voidLabel:1:1', { kind: 'voided' }, 3);
    expect(order.noticed('delivered', 50).noticed('completed', 60).started).toEqual(['saveDossier']);
  });

  it('ends even if nobody ever learns what became of the purchase', () => {
    const order = shipped().noticed('completed', 60);
    const stale: Answer = { kind: 'loaded', facts: facts('completed', { statusAt: T0 + 60 * HOUR }) };
    for (let wake; (wake = nextWake(order.state));) {
      order.then({ kind: 'woke', at: wake.at });
      order.then({ kind: 'answered', at: wake.at, command: 'loadOrder', answer: stale });
    }
    expect(order.started).toEqual(['saveDossier']);
  });
});

describe('an order that the platform does not know', () => {
  it('is asked for for hours before it is believed', () => {
    const order = new Played().then({ kind: 'opened', at: T0 });
    let at = T0;
    for (let wake; (wake = nextWake(order.state)) ?? at === T0;) {
      at = wake?.at ?? T0;
      order.then({ kind: 'woke', at });
      order.then({ kind: 'answered', at, command: 'loadOrder', answer: { kind: 'unknownOrder' } });
    }
    expect(order.state.ended).toMatchObject({ outcome: 'unknownOrder' });
    expect((at - T0) / HOUR).toBeGreaterThan(12);
  });

  it('does not end when it was read before', () => {
    const order = opened('awaitingShipment').woke(72).answered('loadOrder', { kind: 'unknownOrder' }, 72);
    expect(order.state.ended).toBeUndefined();
    expect(order.state.attention.map(({ kind }) => kind)).toContain('unknownAtPlatform');
  });
});
