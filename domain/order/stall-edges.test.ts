import type { AppealNews } from '../appeal/appeal';
import {
  again,
  DAY_MS,
  filed,
  gatheredAgain,
  limitBroken,
  lostCase,
  moved,
  readyCase,
  type Case,
} from '../appeal/test-support';
import type { OrderEvent } from './event';
import { HOUR, listed, MANIFEST, T0 } from './played';
import { step, type Step } from './step';
import type { TrackingMeaning } from './state';

const SECOND = 1_000;
/** The form is scanned at the counter. */
const SCANNED = T0 + 11 * HOUR;
/** 48 hours of silence are over. */
const STALLS = SCANNED + 48 * HOUR;

/** A parcel whose form was scanned, and all that its case was ever told. */
type Silence = { then: (...events: OrderEvent[]) => AppealNews[]; told: () => string[] };

function silence(): Silence {
  const form = { package: '1', manifest: MANIFEST } as const;
  let { turn }: { turn: Step } = listed();
  const all: AppealNews[] = [];
  /** The case and the desk answer at once; what they are told next comes of that. */
  const take = (event: OrderEvent): AppealNews[] => {
    turn = step(turn.state, [event]);
    const news = turn.start.flatMap(({ command }) => (command.kind === 'tellAppeal' ? command.news : []));
    all.push(...news);
    const answers = turn.start
      .filter(({ id }) => id.startsWith('tell'))
      .map(({ id }): OrderEvent => ({ kind: 'answered', at: event.at, command: id, answer: { kind: 'told' } }));
    return [...news, ...answers.flatMap(take)];
  };
  const formedAt = T0 + 10 * HOUR;
  take({ kind: 'manifested', at: formedAt, notice: { ...form, what: 'formed', at: formedAt, form: 'sf_1' } });
  take({ kind: 'manifested', at: SCANNED, notice: { ...form, what: 'scanned', at: SCANNED } });
  return { then: (...events) => events.flatMap(take), told: () => all.map(({ kind }) => kind) };
}

const woke = (at: number): OrderEvent => ({ kind: 'woke', at });
/** A piece's scan: `toldAt` is when the carrier's webhook comes. */
const scan = (meaning: TrackingMeaning, at: number, toldAt = at): OrderEvent => ({
  ...{ kind: 'tracked', at: toldAt },
  notice: { at, trackingNumber: '9400', meaning },
});

describe('silence after the form was scanned', () => {
  it('of 47:59:59 is no case, of 48:00:00 is one', () => {
    const parcel = silence();
    expect(parcel.then(woke(STALLS - SECOND))).toEqual([]);
    expect(parcel.then(woke(STALLS))).toMatchObject([
      { kind: 'opened', at: STALLS, opening: { scannedAt: SCANNED, stalledAt: STALLS } },
    ]);
  });

  it.each([
    ['a piece’s acceptance', scan('accepted', STALLS - SECOND)],
    [
      'the platform’s IN_TRANSIT',
      {
        ...{ kind: 'noticed', at: STALLS - SECOND },
        notice: { at: STALLS - SECOND, status: 'inTransit', via: 'webhook' },
      } satisfies OrderEvent,
    ],
  ])('that ends after 47:59:59 with %s is no case', (_what, event) => {
    const parcel = silence();
    expect(parcel.then(event, woke(STALLS), woke(STALLS + 100 * HOUR))).toEqual([]);
  });

  it('that ends at 48:00:01 is a case that hears of it, and of nothing else', () => {
    const parcel = silence();
    parcel.then(woke(STALLS), scan('accepted', STALLS + SECOND), woke(STALLS + SECOND), woke(T0 + 168 * HOUR));
    expect(parcel.told()).toEqual(['opened', 'moved']);
  });

  it('that had ended before, as is heard too late, is told with the scan’s own time', () => {
    const parcel = silence();
    parcel.then(woke(STALLS));
    expect(parcel.then(scan('accepted', STALLS - SECOND, STALLS + SECOND))).toEqual([
      { kind: 'moved', at: STALLS - SECOND },
    ]);
    expect(parcel.told()).toEqual(['opened', 'moved']);
  });

  it('is not ended by an acceptance that the form’s scan left on the piece', () => {
    const parcel = silence();
    parcel.then(scan('originAccepted', SCANNED + HOUR), woke(STALLS - SECOND));
    expect(parcel.told()).toEqual([]);
    expect(parcel.then(woke(STALLS))).toMatchObject([{ kind: 'opened', opening: { scannedAt: SCANNED } }]);
  });

  it('is one case, however long it lasts and however often it is looked at', () => {
    const parcel = silence();
    for (const hours of [0, 0, 1, 50, 98, 98, 110, 300]) parcel.then(woke(STALLS + hours * HOUR));
    expect(parcel.told()).toEqual(['opened', 'limitBroken']);
  });
});

const filings = (one: Case): string[] => one.begun().filter((id) => id.startsWith('fileAppeal'));

describe('the case of such a silence', () => {
  it('files nothing where the piece moved at 48:00:01, though the limit breaks later', () => {
    const one = readyCase();
    one.tell({ ...moved, at: STALLS + SECOND });
    one.tell(limitBroken);
    expect(filings(one)).toEqual([]);
  });

  it.each([
    ['a second before 15 days are over', 15 * DAY_MS - SECOND, true],
    ['after 15 days', 15 * DAY_MS, false],
    ['on the 16th day', 16 * DAY_MS, false],
  ])('is filed a second time %s: so it is, or it is refused', (_when, afterMs, isFiled) => {
    const one = lostCase();
    one.pass(afterMs);
    expect(one.order(again)).toMatchObject({ accepted: isFiled });
    if (isFiled) {
      one.answer('gatherEvidence', gatheredAgain);
      one.answer('fileAppeal:2', filed('c2'));
    }
    expect(one.order(again)).toMatchObject({ accepted: false });
    expect(filings(one)).toEqual(isFiled ? ['fileAppeal:1', 'fileAppeal:2'] : ['fileAppeal:1']);
  });
});
