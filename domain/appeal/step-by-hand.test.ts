import type { PersonsAppeal } from './event';
import { DAY_MS } from './test-support';
import { BROKEN, byHandCase, firstBroken, newFormCase, type FormCase } from './test-support-form';
import { appealView } from './view';

describe('a filing by hand', () => {
  it('is a task with the orders, the pack and where to appeal', () => {
    const one = byHandCase();
    const [task] = one.told().flatMap(({ raise }) => raise);
    expect(task).toMatchObject({ about: 'appealFileByHand', dueAt: BROKEN + 30 * DAY_MS, orderId: '' });
    expect(task?.detail).toMatch(/sf_1, 2 orders: appeal at https:\/\/seller-us.tiktok.com\/ .* pack-1.pdf/);
    expect(appealView(one.state()).toDo.join(' ')).toMatch(/record its case number/);
  });

  it('is recorded with its number, then decided, with what came back', () => {
    const one = byHandCase();
    one.pass(2 * DAY_MS);
    expect(one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'won' })).toMatchObject({ accepted: false });
    expect(one.order({ verb: 'recordFiling', actor: 'ada', caseNumber: 'T-1' })).toMatchObject({ accepted: true });
    expect(one.state()).toMatchObject({ status: 'filed', filings: [{ caseNumber: 'T-1', byHand: true }], tasks: [] });
    // No desk knows of it: nobody reads one.
    one.pass(3 * DAY_MS);
    expect(one.begun()).not.toContain('readDecision');
    const recovered = { cents: 4_250, points: 3 };
    one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'won', recovered });
    expect(one.state()).toMatchObject({ status: 'won', filings: [{ recovered }] });
    expect(one.begun()).toContain('saveCaseResult');
  });

  it('is reminded of 3 days and 1 day before, and taken on the last day until the instant', () => {
    const one = byHandCase();
    const endsAt = BROKEN + 30 * DAY_MS;
    one.pass(endsAt - (one.state().byHand?.at ?? 0) - 1);
    one.hear();
    expect(one.told().flatMap(({ raise }) => raise.flatMap(({ tierMs }) => tierMs ?? []))).toEqual([
      3 * DAY_MS,
      DAY_MS,
    ]);
    const late: PersonsAppeal = { verb: 'recordFiling', actor: 'ada', caseNumber: 'T-1', filedAt: endsAt };
    expect(one.order(late)).toMatchObject({ accepted: false });
    expect(one.order({ ...late, filedAt: endsAt - 1 })).toMatchObject({ accepted: true, status: 'filed' });
  });

  it('that was made on the last day is recorded days later, by when it was made', () => {
    const one = byHandCase();
    one.hear();
    one.pass(32 * DAY_MS);
    expect(one.state()).toMatchObject({ status: 'ready', window: { isOver: true } });
    expect(appealView(one.state()).toDo.join(' ')).toMatch(/The window ended on .*record its case number/);
    const filing: PersonsAppeal = { verb: 'recordFiling', actor: 'ada', caseNumber: 'T-1' };
    expect(one.order(filing)).toMatchObject({ accepted: false });
    expect(one.order({ verb: 'fileAppeal', actor: 'ada' })).toMatchObject({ accepted: false });
    const filedAt = BROKEN + 30 * DAY_MS - 1;
    expect(one.order({ ...filing, filedAt: filedAt + 1 })).toMatchObject({ accepted: false });
    expect(one.order({ ...filing, filedAt })).toMatchObject({ accepted: true, status: 'filed' });
    one.pass(10 * DAY_MS);
    expect(one.state().status).toBe('filed');
  });

  it('that nobody made by then expires, a few days after the window', () => {
    const one = byHandCase();
    one.pass(36 * DAY_MS);
    expect(one.state().status).toBe('expired');
    expect(one.order({ verb: 'recordFiling', actor: 'ada', caseNumber: 'T-1' })).toMatchObject({ accepted: false });
  });

  it('is refused before the limit, a second time, and before the claim is settled', () => {
    const early = byHandCase();
    const filing: PersonsAppeal = { verb: 'recordFiling', actor: 'ada', caseNumber: 'T-1', filedAt: BROKEN - 1 };
    expect(early.order(filing)).toMatchObject({ accepted: false });
    early.order({ ...filing, filedAt: BROKEN });
    expect(early.order({ ...filing, caseNumber: 'T-2', filedAt: BROKEN + 1 })).toMatchObject({ accepted: false });
    const counting = newFormCase();
    counting.survey({ undecided: 1, broken: 2, firstBroken });
    expect(
      counting.order({ verb: 'recordFiling', actor: 'ada', caseNumber: 'T-1', filedAt: BROKEN + 1 }),
    ).toMatchObject({
      accepted: false,
    });
  });
});

describe('the second appeal', () => {
  /** Filed by hand and lost: the second window runs from the rejection. */
  function lostByHand(): FormCase {
    const one = byHandCase();
    one.order({ verb: 'recordFiling', actor: 'ada', caseNumber: 'T-1' });
    one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'lost' });
    return one;
  }
  const second: PersonsAppeal = { verb: 'recordFiling', actor: 'ada', caseNumber: 'T-2' };

  it('is taken on day 15, up to its last millisecond', () => {
    const one = lostByHand();
    one.pass(15 * DAY_MS - 1);
    expect(one.order(second)).toMatchObject({ accepted: true, status: 'filed' });
    expect(one.state().filings).toMatchObject([{ number: 1 }, { number: 2, caseNumber: 'T-2' }]);
  });

  it.each([0, DAY_MS])('is refused from then on, day 16 included (%i ms later)', (more) => {
    const one = lostByHand();
    one.pass(15 * DAY_MS + more);
    expect(one.order(second)).toMatchObject({ accepted: false, status: 'lost' });
    one.pass(5 * DAY_MS);
    expect(one.state()).toMatchObject({ status: 'lost', endedAt: expect.any(Number) as number });
  });

  it('needs another number than the first', () => {
    expect(lostByHand().order({ ...second, caseNumber: 'T-1' })).toMatchObject({ accepted: false });
  });
});
