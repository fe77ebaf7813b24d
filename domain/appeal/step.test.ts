import type { AppealEvent } from './event';
import { newAppeal } from './state';
import { step } from './step';
import {
  DAY_MS,
  filed,
  filedCase,
  gathered,
  HOUR_MS,
  limitBroken,
  moved,
  newCase,
  OPENED,
  opened,
  readyCase,
  type Case,
} from './test-support';

type Happening = 'opened' | 'limitBroken' | 'moved' | 'evidence';
const HAPPENINGS: readonly Happening[] = ['opened', 'limitBroken', 'moved', 'evidence'];

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) => ordersOf(items.filter((_, i) => i !== index)).map((rest) => [item, ...rest]));
}

const happen = (one: Case, what: Happening): unknown => {
  if (what === 'evidence') return one.answer('gatherEvidence', gathered);
  return one.tell({ opened, limitBroken, moved }[what]);
};

describe('whatever comes first', () => {
  it.each(ordersOf(HAPPENINGS).map((order) => [order.join(', '), order] as const))('%s', (_name, order) => {
    const one = newCase();
    for (const what of order) happen(one, what);
    // Evidence that came before anybody asked for it is nobody's answer: it comes again when it was asked for.
    one.answer('gatherEvidence', gathered);
    const isBroken = order.indexOf('limitBroken') < order.indexOf('moved');
    expect(one.state().status).toBe(isBroken ? 'filing' : 'unfiled');
    expect(one.begun().filter((id) => id.startsWith('fileAppeal'))).toEqual(isBroken ? ['fileAppeal:1'] : []);
    expect(one.begun().filter((id) => id === 'gatherEvidence').length).toBeLessThanOrEqual(1);
  });

  it('does not depend on how many messages are taken in at once', () => {
    const events: AppealEvent[] = [
      { kind: 'told', at: OPENED, news: opened },
      { kind: 'answered', at: OPENED, command: 'gatherEvidence', answer: gathered },
      { kind: 'told', at: OPENED + HOUR_MS, news: limitBroken },
      { kind: 'told', at: OPENED + 2 * HOUR_MS, news: moved },
    ];
    const start = newAppeal({ shopId: '7', orderId: '57', caseKey: '57-1' });
    const oneByOne = events.reduce((state, event) => step(state, [event]).state, start);
    expect(step(start, events).state).toEqual(oneByOne);
    expect(oneByOne.status).toBe('filing');
  });
});

describe('a case', () => {
  it('gathers its evidence at once, and files when a limit breaks', () => {
    const one = newCase();
    one.tell(opened);
    expect(one.begun()).toEqual(['gatherEvidence']);
    one.answer('gatherEvidence', gathered);
    expect(one.state().status).toBe('ready');
    one.tell(limitBroken);
    expect(one.begun()).toEqual(['gatherEvidence', 'fileAppeal:1']);
    one.answer('fileAppeal:1', filed('c1'));
    expect(one.state()).toMatchObject({ status: 'filed', filings: [{ number: 1, caseNumber: 'c1' }] });
  });

  it('begins nothing twice: told again and woken again, it wants nothing new', () => {
    const one = filedCase();
    const before = one.begun();
    one.tell(opened);
    one.tell(limitBroken);
    expect(one.begun()).toEqual(before);
    const { start } = step(one.state(), [{ kind: 'woke', at: OPENED + HOUR_MS }]);
    expect(start).toEqual([]);
  });

  it('that lost its commands in a crash issues them again', () => {
    const one = readyCase();
    one.tell(limitBroken);
    const { start } = step({ ...one.state(), outstanding: {} }, [{ kind: 'woke', at: OPENED + HOUR_MS }]);
    expect(start.map(({ id }) => id)).toContain('fileAppeal:1');
  });

  it('notes a movement after the filing and goes on', () => {
    const one = filedCase();
    one.tell(moved);
    expect(one.state()).toMatchObject({ status: 'filed', movedAt: moved.at });
    expect(one.state().endedAt).toBeUndefined();
  });

  it('gives its evidence up when the parcel moves first', () => {
    const one = newCase();
    one.tell(opened);
    one.tell(moved);
    expect(one.state().status).toBe('unfiled');
    expect(one.abandoned).toContain('gatherEvidence');
  });

  it('is closed unfiled when nothing was told for so long that nothing will be', () => {
    const one = readyCase();
    one.pass(61 * DAY_MS);
    expect(one.state().status).toBe('unfiled');
  });

  it('tells its order each change, in order and once', () => {
    const one = newCase();
    one.tell(opened);
    one.answer('gatherEvidence', gathered);
    one.tell(limitBroken);
    one.answer('fileAppeal:1', filed('c1'));
    one.hear();
    one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'won' });
    one.hear();
    const notices = one.told().flatMap((command) => command.notices);
    expect(notices.map(({ status, caseNumber }) => [status, caseNumber])).toEqual([
      ['ready', undefined],
      ['filing', undefined],
      ['filed', 'c1'],
      ['won', 'c1'],
    ]);
  });

  it('keeps what it could not tell, and tells it a day later', () => {
    const one = readyCase();
    one.answer('tellOrder', { kind: 'failed', type: 'bug', message: 'x' });
    expect(one.state().untold.notices).toHaveLength(1);
    one.pass(DAY_MS);
    expect(one.told()).toHaveLength(2);
  });
});
