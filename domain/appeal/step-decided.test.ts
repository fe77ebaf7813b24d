import { nextWake } from './agenda';
import type { PersonsAppeal } from './event';
import {
  again,
  DAY_MS,
  filed,
  filedCase,
  gatheredAgain,
  HOUR_MS,
  limitBroken,
  lostCase,
  moved,
  OPENED,
  readyCase,
  SCANNED,
  type Case,
} from './test-support';
import { windowOf } from './windows';

describe('the decision', () => {
  it('is read once a day until it is there', () => {
    const one = filedCase();
    one.pass(DAY_MS);
    expect(one.begun().filter((id) => id === 'readDecision')).toHaveLength(1);
    one.answer('readDecision', { kind: 'read', status: 'pending', decidedAt: null });
    one.pass(DAY_MS);
    one.answer('readDecision', { kind: 'read', status: 'won', decidedAt: OPENED + DAY_MS });
    expect(one.begun().filter((id) => id === 'readDecision')).toHaveLength(2);
    expect(one.state()).toMatchObject({ status: 'won', filings: [{ outcome: 'won', decidedAt: OPENED + DAY_MS }] });
    expect(nextWake(one.state())).toBeUndefined();
  });

  it('may be typed by a person while the desk is being read; the first word stands', () => {
    const one = filedCase();
    one.pass(DAY_MS);
    expect(one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'lost' })).toMatchObject({ accepted: true });
    one.answer('readDecision', { kind: 'read', status: 'won', decidedAt: null });
    expect(one.state().status).toBe('lost');
  });

  it('is refused before anything was filed, and when it is older than the filing', () => {
    const one = readyCase();
    expect(one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'won' })).toMatchObject({ accepted: false });
    const other = filedCase();
    const early: PersonsAppeal = { verb: 'recordDecision', actor: 'ada', outcome: 'won', decidedAt: SCANNED };
    expect(other.order(early)).toMatchObject({ accepted: false, status: 'filed' });
  });
});

describe('after a lost appeal', () => {
  it('a person may file once more within 15 days; lost twice is the end', () => {
    const one = lostCase();
    expect(one.order(again)).toMatchObject({
      accepted: true,
      status: 'filing',
    });
    expect(one.order(again)).toMatchObject({ accepted: false });
    one.answer('gatherEvidence', gatheredAgain);
    one.answer('fileAppeal:2', filed('c2'));
    one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'lost' });
    expect(one.state().status).toBe('lost');
    expect(one.state().endedAt).toBeDefined();
    expect(one.order(again)).toMatchObject({ accepted: false });
    expect(one.begun().filter((id) => id.startsWith('fileAppeal'))).toEqual(['fileAppeal:1', 'fileAppeal:2']);
  });

  it('nobody is asked twice, is reminded 3 days and 1 day before, and the case ends lost', () => {
    const one = lostCase();
    one.hear();
    const keys = () => one.told().flatMap(({ raise }) => raise.map(({ key }) => key));
    expect(keys()).toEqual(['appeal:57-1:appealLost']);
    one.pass(12 * DAY_MS);
    one.hear();
    one.pass(2 * DAY_MS);
    one.hear();
    expect(keys()).toEqual(['appeal:57-1:appealLost', 'appeal:57-1:appealLost:3d', 'appeal:57-1:appealLost:1d']);
    one.pass(DAY_MS);
    one.hear();
    expect(one.state()).toMatchObject({ status: 'lost', tasks: [] });
    expect(one.state().endedAt).toBeDefined();
    expect(one.told().flatMap(({ settle }) => settle)).toEqual(keys());
  });

  it('the window counts from the decision, however late it is read', () => {
    const one = filedCase();
    one.pass(DAY_MS);
    one.answer('readDecision', { kind: 'read', status: 'lost', decidedAt: OPENED + HOUR_MS });
    expect(one.state().window?.endsAt).toBe(OPENED + HOUR_MS + 15 * DAY_MS);
  });
});

describe('where no desk takes it', () => {
  const byHand = (): Case => {
    const one = readyCase();
    one.tell(limitBroken);
    one.answer('fileAppeal:1', { kind: 'byHand' });
    return one;
  };

  it('a person is given the task, once, and says later what was decided', () => {
    const one = byHand();
    one.hear();
    expect(one.state().status).toBe('ready');
    expect(one.told().flatMap(({ raise }) => raise.map(({ about }) => about))).toEqual(['appealFileByHand']);
    expect(one.begun().filter((id) => id === 'fileAppeal:1')).toHaveLength(1);
    one.tell(moved);
    expect(one.state().status).toBe('ready');
    one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'won' });
    one.hear();
    expect(one.state()).toMatchObject({ status: 'won', filings: [{ number: 1, caseNumber: 'byHand' }] });
    expect(one.told().flatMap(({ settle }) => settle)).toEqual(['appeal:57-1:appealFileByHand']);
  });

  it('the window of 30 days ends and the case expires', () => {
    const one = byHand();
    one.pass(31 * DAY_MS);
    expect(one.state().status).toBe('expired');
  });

  it('the second filing is another task', () => {
    const one = byHand();
    one.hear();
    one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'lost' });
    one.hear();
    one.order(again);
    one.answer('gatherEvidence', gatheredAgain);
    one.answer('fileAppeal:2', { kind: 'byHand' });
    one.hear();
    const raised = one.told().flatMap(({ raise }) => raise.map(({ key }) => key));
    expect(raised).toEqual(['appealFileByHand', 'appealLost', 'appealFileByHand:2'].map((end) => `appeal:57-1:${end}`));
    expect(one.state().tasks).toEqual(['appeal:57-1:appealFileByHand:2']);
    one.pass(16 * DAY_MS);
    expect(one.state()).toMatchObject({ status: 'lost', tasks: [] });
  });

  it('a desk that refuses, or a step that failed for good, is a person’s matter too', () => {
    const one = readyCase();
    one.tell(limitBroken);
    one.answer('fileAppeal:1', { kind: 'refused', reason: 'appeal desk file: refused' });
    expect(one.state()).toMatchObject({ status: 'ready', byHand: { filing: 1 } });
  });
});

describe('the window', () => {
  it('that the desk finds closed ends the case', () => {
    const one = readyCase();
    one.tell(limitBroken);
    one.answer('fileAppeal:1', { kind: 'windowClosed' });
    expect(one.state().status).toBe('expired');
    const two = lostCase();
    two.order(again);
    two.answer('gatherEvidence', gatheredAgain);
    two.answer('fileAppeal:2', { kind: 'windowClosed' });
    expect(two.state()).toMatchObject({ status: 'lost' });
    expect(two.state().endedAt).toBeDefined();
  });

  it('ends while the filing is retried: it is given up, and a filing at the last moment counts', () => {
    const late = readyCase();
    late.tell(limitBroken);
    late.pass(31 * DAY_MS);
    expect(late.abandoned).toContain('fileAppeal:1');
    expect(late.state().status).toBe('filing');
    late.answer('fileAppeal:1', { kind: 'abandoned' });
    expect(late.state().status).toBe('expired');
    const made = readyCase();
    made.tell(limitBroken);
    made.pass(31 * DAY_MS);
    made.answer('fileAppeal:1', filed('c1'));
    expect(made.state().status).toBe('filed');
  });

  it('is 30 days from the broken limit, and 15 from the rejection', () => {
    expect(windowOf(1, SCANNED).endsAt - SCANNED).toBe(30 * DAY_MS);
    expect(windowOf(2, SCANNED).endsAt - SCANNED).toBe(15 * DAY_MS);
  });
});
