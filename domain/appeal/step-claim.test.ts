import type { AppealNews } from './appeal';
import type { AppealAnswer } from './event';
import {
  again,
  DAY_MS,
  filed,
  filedCase,
  fileIt,
  gathered,
  gatheredAgain,
  HOUR_MS,
  limitBroken,
  lostCase,
  newCase,
  OPENED,
  opened,
  readyCase,
  SCANNED,
  weak,
  type Case,
} from './test-support';
import { step } from './step';
import { appealView } from './view';

/** Both lie before the opening: what counts is when it was, not when it was told. */
const brokenBefore: AppealNews = { ...limitBroken, at: OPENED - 2 * HOUR_MS };
const movedInTime: AppealNews = { kind: 'moved', at: OPENED - 3 * HOUR_MS };
const overInTime: AppealNews = { kind: 'over', at: OPENED - 3 * HOUR_MS };

const filings = (one: Case): string[] => one.begun().filter((id) => id.startsWith('fileAppeal'));
const tasks = (one: Case): (string | undefined)[] =>
  one.told().flatMap(({ raise }) => raise.map(({ about, detail }) => `${about}: ${detail ?? ''}`));

/** A limit broke, and the evidence is such. */
function brokenCase(evidence: AppealAnswer, broken: AppealNews = limitBroken): Case {
  const one = newCase();
  one.tell(opened);
  one.answer('gatherEvidence', evidence);
  one.hear();
  one.tell(broken);
  one.hear();
  return one;
}

describe('true instants', () => {
  it.each([
    ['it moved', movedInTime],
    ['it was over', overInTime],
  ])('%s before the limit: closed unfiled, also when the limit was told first', (_what, news) => {
    for (const order of [
      [opened, brokenBefore, news],
      [brokenBefore, news, opened],
      [opened, news, brokenBefore],
      [news, brokenBefore, opened],
    ]) {
      const one = newCase();
      for (const each of order) one.tell(each);
      expect(one.state().status).toBe('unfiled');
      expect(filings(one)).toEqual([]);
    }
  });

  it('a filing that is under way is given up and waited for: what was made goes on, what was not is closed', () => {
    const given = brokenCase(gathered, brokenBefore);
    given.tell(movedInTime);
    expect(given.abandoned).toEqual(['fileAppeal:1']);
    expect(given.state().endedAt).toBeUndefined();
    given.answer('fileAppeal:1', { kind: 'abandoned' });
    expect(given.state()).toMatchObject({ status: 'unfiled', tasks: [] });
    const made = brokenCase(gathered, brokenBefore);
    made.tell(movedInTime);
    made.answer('fileAppeal:1', filed('c1'));
    expect(made.state().status).toBe('filed');
  });

  it('what moved after the limit is filed, and the window counts from when the limit was due', () => {
    const one = newCase();
    one.tell(opened);
    one.tell(brokenBefore);
    one.tell({ kind: 'moved', at: OPENED - HOUR_MS });
    one.answer('gatherEvidence', gathered);
    expect(filings(one)).toEqual(['fileAppeal:1']);
    expect(one.state().window?.endsAt).toBe(OPENED - 2 * HOUR_MS + 30 * DAY_MS);
  });

  it('what was filed stays filed, however early it moved', () => {
    const one = filedCase();
    one.tell(movedInTime);
    expect(one.state().status).toBe('filed');
  });
});

describe('a doubtful claim', () => {
  it('with weak evidence is left to a person, who is told what to fetch', () => {
    const one = brokenCase(weak);
    expect(filings(one)).toEqual([]);
    expect(one.state().status).toBe('ready');
    expect(tasks(one)).toEqual([expect.stringMatching(/^appealFileByHand: 9400; .*weak: fetch a stamped form/)]);
    expect(appealView(one.state()).toDo.join(' ')).toMatch(/fetch a stamped form.*order the filing by/);
  });

  it.each([
    ['as the order knows it', { ...limitBroken, at: SCANNED }, gathered],
    ['as it was corrected', limitBroken, { ...gathered, scannedAt: OPENED + 2 * HOUR_MS } as AppealAnswer],
  ])('of a form that was scanned after the limit, %s, is left to a person too', (_what, broken, evidence) => {
    const one = brokenCase(evidence, broken);
    expect(filings(one)).toEqual([]);
    expect(tasks(one)).toEqual([expect.stringMatching(/after the limit of .*the seller was late/)]);
    expect(appealView(one.state()).toDo.join(' ')).toMatch(/the seller was late/);
  });

  it('is filed as it is when a person orders it, with evidence that is gathered again', () => {
    const one = brokenCase(weak);
    expect(one.order(fileIt)).toMatchObject({ accepted: true, status: 'filing' });
    expect(one.order(fileIt)).toMatchObject({ accepted: false });
    expect(filings(one)).toEqual([]);
    expect(one.state().outstanding['gatherEvidence']).toEqual({ kind: 'gatherEvidence', pack: '1' });
    one.answer('gatherEvidence', weak);
    one.answer('fileAppeal:1', filed('c1'));
    one.hear();
    expect(one.state()).toMatchObject({ status: 'filed', tasks: [] });
    expect(one.order(fileIt)).toMatchObject({ accepted: false });
  });

  it('that the desk refuses can be ordered again, with another pack', () => {
    const one = brokenCase(weak);
    one.order(fileIt);
    one.answer('gatherEvidence', weak);
    one.answer('fileAppeal:1', { kind: 'refused', reason: 'r' });
    expect(one.state()).toMatchObject({ status: 'ready', byHand: { filing: 1 } });
    expect(one.order(fileIt)).toMatchObject({ accepted: true });
    expect(one.state().outstanding['gatherEvidence']).toEqual({ kind: 'gatherEvidence', pack: '1-2' });
  });

  it('that a person filed elsewhere is decided by a person', () => {
    const one = brokenCase(weak);
    expect(one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'won' })).toMatchObject({ status: 'won' });
  });

  it('is not filed on order before a limit broke, nor after its window', () => {
    expect(readyCase().order(fileIt)).toMatchObject({ accepted: false, status: 'ready' });
    const late = brokenCase(weak);
    late.pass(31 * DAY_MS);
    expect(late.order(fileIt)).toMatchObject({ accepted: false, status: 'expired' });
  });

  it('goes on as before in a case that was begun by code without doubts', () => {
    const one = newCase();
    one.tell(opened);
    one.answer('gatherEvidence', weak);
    const broken = { kind: 'told', at: limitBroken.at, news: limitBroken } as const;
    const turn = step({ ...one.state(), filesAll: true }, [broken]);
    expect(turn.start.map(({ id }) => id)).toContain('fileAppeal:1');
    expect([turn.isHeldBack, step(one.state(), [broken]).isHeldBack]).toEqual([false, true]);
  });
});

describe('the second filing', () => {
  it('gathers again first; each filing names its own pack', () => {
    const one = lostCase();
    expect(one.order(again)).toMatchObject({ accepted: true, status: 'filing' });
    expect(filings(one)).toEqual(['fileAppeal:1']);
    expect(one.state().outstanding['gatherEvidence']).toEqual({ kind: 'gatherEvidence', pack: '2' });
    one.answer('gatherEvidence', gatheredAgain);
    one.answer('fileAppeal:2', filed('c2'));
    expect(appealView(one.state()).filings.map(({ evidence }) => evidence)).toEqual([
      { key: 'k', sha256: 'h' },
      { key: 'k-2', sha256: 'h-2' },
    ]);
  });

  it('does not wait for a pack that cannot be gathered', () => {
    const one = lostCase();
    one.order(again);
    one.answer('gatherEvidence', { kind: 'failed', type: 'bug', message: 'x' });
    expect(filings(one)).toEqual(['fileAppeal:1', 'fileAppeal:2']);
  });

  it('that was ordered before notes were documents is made with the first pack', () => {
    const one = lostCase();
    one.order({ verb: 'appealAgain', actor: 'ada', note: 'n' });
    expect(filings(one)).toEqual(['fileAppeal:1', 'fileAppeal:2']);
  });
});
