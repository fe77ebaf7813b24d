import { nextWake } from './agenda';
import { pageOf } from './page';
import type { ManifestStep } from './step';
import {
  answered,
  asksAt,
  begun,
  bring,
  byCall,
  byHand,
  close,
  closesAt,
  DAY,
  done,
  formMade,
  goOn,
  HOUR,
  joined,
  MINUTE,
  opened,
  played,
  warnAt,
  woke,
} from './test-support';
import { viewOf } from './view';

const listed = (members: number, at = closesAt) => answered('settleList', { kind: 'listed', members }, at);
const kept = (at = closesAt + HOUR) =>
  answered('keepForm', { kind: 'formed', form: formMade(1), leftOff: 0, late: 1, strangers: 2 }, at);
const desk = ({ start }: ManifestStep): unknown =>
  start.flatMap(({ command }) => (command.kind === 'tellDesk' ? [[command.raise, command.settle]] : []))[0];

/** It was asked for before the cut-off, and is asked for still. */
const asked = (): ManifestStep =>
  played(
    byHand,
    joined('1', 1),
    woke(warnAt),
    answered('lookForOrphans', { kind: 'orphans', count: 0, waiting: 0 }, warnAt),
    done('tellDesk', warnAt),
  );
const missed = (): ManifestStep => goOn(asked().state, woke(closesAt), listed(1), done('tellDesk'));

describe('a form that a person makes', () => {
  it('is asked for two hours before the cut-off, with what is on no form', () => {
    const turn = played(byHand, joined('1', 1), woke(warnAt));
    expect([begun(turn), desk(turn)]).toEqual([
      ['lookForOrphans', 'tellDesk'],
      [['makeFormByHand'], []],
    ]);
    expect(viewOf(turn.state).toDo.join(' ')).toContain('https://seller.example/forms');
    expect(nextWake(turn.state)).toEqual({ at: closesAt, kind: 'close' });
  });

  it('is not asked for while nothing is on it, and is when the first parcel comes', () => {
    const turn = played(byHand, woke(warnAt));
    expect(begun(turn)).toEqual(['lookForOrphans']);
    expect(desk(goOn(turn.state, joined('1', 1, warnAt + MINUTE)))).toEqual([['makeFormByHand'], []]);
  });

  it('is called missing after the cut-off, and never made by us', () => {
    const turn = goOn(asked().state, woke(closesAt));
    expect([begun(turn), desk(turn)]).toEqual([
      ['settleList', 'tellDesk'],
      [['formNotBrought'], ['makeFormByHand']],
    ]);
    expect(nextWake(goOn(turn.state, listed(1)).state)).toEqual({ at: asksAt, kind: 'ask' });
  });

  it('is taken in while the manifest is open, which closes it', () => {
    const at = opened + HOUR;
    const turn = goOn(played(byHand, joined('1', 1)).state, bring('94751', at));
    expect([turn.verdicts, begun(turn), turn.state.closed]).toEqual([
      [{ accepted: true, at }],
      ['settleList', 'tellDesk'],
      { at, by: 'Ada' },
    ]);
    const comparing = goOn(turn.state, listed(3, at));
    expect(comparing.start).toMatchObject([
      { id: 'keepForm', command: { at, brought: { number: '94751', madeAt: at } } },
    ]);
    const formed = goOn(comparing.state, kept(at));
    expect(begun(formed)).toEqual(['tellMembers:formed']);
    expect(viewOf(formed.state)).toMatchObject({ phase: 'formed', members: 2, late: 1, strangers: 2 });
    expect(viewOf(formed.state)).toMatchObject({
      byHand: { listed: 3, isBrought: true },
      forms: [{ number: '94751' }],
    });
  });

  it('is asked for at once where a person closes early', () => {
    const turn = played(byHand, joined('1', 1), close(), listed(1, opened));
    expect([begun(turn), nextWake(turn.state)]).toEqual([[], { at: closesAt, kind: 'cutOff' }]);
    expect(turn.state.outstanding['tellDesk']).toMatchObject({ raise: ['makeFormByHand'] });
    const late = goOn(turn.state, done('tellDesk', opened), woke(closesAt));
    expect(desk(late)).toEqual([['formNotBrought'], ['makeFormByHand']]);
  });

  it('is told as left off once in the morning, and may be brought all the same', () => {
    const turn = goOn(missed().state, woke(asksAt));
    expect(turn.start).toMatchObject([{ id: 'tellMembers:leftOff', command: { at: asksAt } }]);
    const told = goOn(turn.state, done('tellMembers:leftOff', asksAt));
    expect([begun(told), nextWake(told.state)]).toEqual([[], { at: closesAt + 30 * DAY, kind: 'giveUp' }]);
    expect(begun(goOn(told.state, bring('94751', closesAt, asksAt + DAY)))).toEqual(['keepForm']);
    const formed = goOn(told.state, bring('94751', closesAt, asksAt + DAY), kept(asksAt + DAY));
    expect([begun(formed), desk(formed)]).toEqual([
      ['tellMembers:formed', 'tellDesk'],
      [['scanNotReported'], ['formNotBrought']],
    ]);
  });

  it('lets who came too late wait until its parcels know what became of it', () => {
    const late = goOn(missed().state, joined('9', 2, closesAt + 1), woke(asksAt));
    expect(begun(late)).toEqual(['tellMembers:leftOff']);
    expect(begun(goOn(late.state, done('tellMembers:leftOff', asksAt)))).toEqual(['answerLate']);
  });

  it('is given up 30 days after the cut-off', () => {
    const told = goOn(missed().state, woke(asksAt), done('tellMembers:leftOff', asksAt));
    const turn = goOn(told.state, woke(closesAt + 30 * DAY));
    expect([turn.state.phase, desk(turn)]).toEqual(['failed', [[], ['formNotBrought']]]);
    expect(goOn(turn.state, done('tellDesk')).state.endedAt).toBeDefined();
    expect(goOn(turn.state, bring('94751', closesAt)).verdicts[0]?.accepted).toBe(false);
  });

  it('ends empty where nobody is on its list', () => {
    const turn = played(byHand, woke(closesAt), listed(0));
    expect([turn.state.phase, turn.state.endedAt]).toEqual(['empty', closesAt]);
  });

  it('may be brought again where another manifest has its number', () => {
    const brought = goOn(missed().state, bring('94751', closesAt, closesAt + HOUR));
    const refused = goOn(brought.state, answered('keepForm', { kind: 'refused', reason: 'it is another’s' }));
    expect(viewOf(refused.state).toDo[0]).toContain('94751: it is another’s');
    expect([begun(refused), refused.state.onDesk]).toEqual([[], ['formNotBrought']]);
    const again = goOn(refused.state, bring('94752', closesAt, closesAt + HOUR));
    expect(begun(again)).toEqual(['keepForm']);
    const right = goOn(again.state, kept()).state;
    expect([right.phase, right.attention]).toEqual(['formed', []]);
  });

  it('is not asked for without end where a step fails for good', () => {
    const failed = { kind: 'failed', type: 'X', message: '' } as const;
    const list = played(byHand, joined('1', 1), close(), answered('settleList', failed, opened));
    expect([begun(list), list.state.listed]).toEqual([[], 1]);
    const brought = goOn(list.state, bring('94751', opened + HOUR), answered('keepForm', failed, opened + HOUR));
    expect([begun(brought), brought.state.brought]).toEqual([[], undefined]);
  });
});

describe('the form that is brought', () => {
  const open = () => played(byHand, joined('1', 1)).state;

  it.each([
    ['with no number', '', opened + HOUR],
    ['with words for a number', 'the-one-on-the-desk!', opened + HOUR],
    ['with dashes, which the guard strips', '----1', opened + HOUR],
    ['made in the future', '94751', opened + HOUR + 11 * MINUTE],
    ['made before the first parcel came', '94751', opened - MINUTE],
  ])('is refused %s', (_why, number, madeAt) => {
    const turn = goOn(open(), bring(number, madeAt, opened + HOUR));
    expect(turn.verdicts).toMatchObject([{ accepted: false, reason: expect.stringMatching(/\.$/) as string }]);
    expect([begun(turn), turn.state.phase]).toEqual([[], 'open']);
  });

  it('is one', () => {
    const { state } = goOn(open(), bring('94751', opened + HOUR));
    const again = (from: typeof state) => goOn(from, bring('94752', opened + HOUR)).verdicts[0];
    expect(again(state)).toMatchObject({ accepted: false, reason: expect.stringContaining('94751') as string });
    const formed = goOn(state, listed(1, opened + HOUR), kept(opened + HOUR)).state;
    expect(again(formed)).toMatchObject({ accepted: false, reason: expect.stringContaining('94751') as string });
  });

  it('is refused where nothing is on the manifest, and where its form is made by itself', () => {
    expect(played(byHand, bring('94751', opened)).verdicts[0]?.accepted).toBe(false);
    expect(played(byCall, joined('1', 1), bring('94751', opened)).verdicts[0]?.accepted).toBe(false);
  });
});

it('says of every stage what to do, and where the guide is', () => {
  const states = [asked().state, missed().state, goOn(missed().state, bring('94751', closesAt), kept()).state];
  for (const state of states)
    expect(viewOf(state).toDo.at(-1)).toContain('/manifests/7/manifest:tiktok-7:main:2026-11-23/guide');
  const page = pageOf(goOn(missed().state, bring('94751', closesAt)).state);
  expect(page).toContain('form 94751 is being compared');
});
