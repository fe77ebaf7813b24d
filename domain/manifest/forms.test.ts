import { nextWake } from './agenda';
import type { Proof } from './manifest';
import { pageOf } from './page';
import { aboutOf, carriedManifest } from './state';
import {
  answered,
  asksAt,
  begun,
  byCall,
  byHand,
  closesAt,
  done,
  formMade,
  goOn,
  hash,
  HOUR,
  joined,
  MINUTE,
  played,
  scan,
  warnAt,
  woke,
} from './test-support';
import { viewOf } from './view';

const at = closesAt + HOUR;
const file = hash('a');

/** Two forms of one closing, and everybody knows. */
const twoForms = () =>
  played(
    byCall,
    joined('1', 3),
    woke(closesAt),
    answered('makeForm', {
      kind: 'formed',
      form: formMade(1),
      more: [formMade(2, { members: 1 })],
      leftOff: 4,
      late: 5,
    }),
    done('tellMembers:formed'),
  ).state;
const oneForm = (more: Parameters<typeof formMade>[1] = {}) =>
  played(
    byCall,
    joined('1', 2),
    woke(closesAt),
    answered('makeForm', { kind: 'formed', form: formMade(1, more), leftOff: 0 }),
    done('tellMembers:formed'),
  ).state;

describe('several forms of one closing', () => {
  it('are all shown, with how many are on none', () => {
    const view = viewOf(twoForms());
    expect(view).toMatchObject({ phase: 'formed', members: 3, leftOff: 4, late: 5, form: { formId: 'sf_1' } });
    expect(view.forms).toMatchObject([
      { number: '94751', members: 2 },
      { number: '94752', members: 1 },
    ]);
    for (const number of ['94751', '94752']) expect(pageOf(twoForms())).toContain(number);
  });

  it('are scanned by one report of all, told once', () => {
    const turn = goOn(twoForms(), scan(at));
    expect(turn.start).toMatchObject([{ id: 'keepScan' }, { command: { what: 'scanned', at, number: 1 } }]);
    expect(turn.start[1]?.command).not.toHaveProperty('form');
    expect(viewOf(turn.state)).toMatchObject({ phase: 'scanned', evidence: 'complete' });
  });

  it('are scanned one by one; the rest is waited for, and only its parcels hear of it', () => {
    const first = goOn(twoForms(), scan(at, { form: 'sf_2' }));
    expect(first.start).toMatchObject([{ id: 'keepScan' }, { command: { what: 'scanned', at, form: 'sf_2' } }]);
    expect(viewOf(first.state)).toMatchObject({
      phase: 'formed',
      evidence: 'weak',
      forms: [
        { scannedAt: null, evidence: null },
        { scannedAt: new Date(at).toISOString(), evidence: 'complete' },
      ],
    });
    const asking = goOn(first.state, done('keepScan'), done('tellMembers:scanned'), woke(asksAt));
    expect(asking.state.outstanding['tellDesk']).toMatchObject({ raise: ['scanNotReported'] });
    const rest = goOn(asking.state, scan(at + HOUR, { at: asksAt }));
    expect(rest.start).toMatchObject([
      { id: 'keepScan:2' },
      { id: 'tellMembers:scanned:2', command: { at: at + HOUR, form: 'sf_1' } },
    ]);
    expect(viewOf(rest.state)).toMatchObject({ phase: 'scanned', evidence: 'complete' });
    expect(viewOf(rest.state).forms[1]?.scannedAt).toBe(new Date(at).toISOString());
  });

  it('have no other', () => {
    expect(goOn(twoForms(), scan(at, { form: 'sf_3' })).verdicts[0]?.accepted).toBe(false);
    const complete = goOn(twoForms(), scan(at, { form: 'sf_2' })).state;
    expect(goOn(complete, scan(at + MINUTE, { form: 'sf_2' })).verdicts[0]?.accepted).toBe(false);
  });
});

describe('evidence of the second edition', () => {
  it.each<[string, Proof[], [string, string[]]]>([
    ['a stamped form that is only told of', [{ kind: 'stampedForm' }], ['weak', ['proofFile']]],
    ['a photo of the stamped form', [{ kind: 'stampedForm', file }], ['complete', []]],
    ['a stamped receipt', [{ kind: 'stampedReceipt', file }], ['complete', []]],
    ['a signature', [{ kind: 'signature', file }], ['complete', []]],
    ['a proof of pickup', [{ kind: 'proofOfPickup', file }], ['complete', []]],
    ['a receipt without a stamp', [{ kind: 'receipt', file }], ['weak', ['proof']]],
    ['nothing', [], ['weak', ['proof']]],
  ])('with %s', (_what, proofs, [evidence, missing]) => {
    const { state, verdicts } = goOn(oneForm(), scan(at, { proofs }));
    expect([verdicts[0]?.evidence, viewOf(state).forms[0]?.missing]).toEqual([evidence, missing]);
    expect(verdicts[0]?.toFetch === undefined).toBe(evidence === 'complete');
  });

  it('needs the form itself, or its stamped copy, where we have no file of it', () => {
    const signed = goOn(oneForm({ sha256: '' }), scan(at, { proofs: [{ kind: 'signature', file }] }));
    expect(viewOf(signed.state).forms).toMatchObject([{ evidence: 'weak', missing: ['formFile'] }]);
    expect(viewOf(signed.state).toDo.join(' ')).toContain('PDF');
    const stamped = goOn(signed.state, scan(at, { proofs: [{ kind: 'stampedForm', file }] }));
    expect(stamped.verdicts).toMatchObject([{ accepted: true, evidence: 'complete' }]);
  });

  it('is completed by the picture of a proof that was only told of', () => {
    const { state } = goOn(oneForm(), scan(at, { proofs: [{ kind: 'signature' }] }));
    const turn = goOn(state, scan(at, { proofs: [{ kind: 'signature', file }] }));
    expect(turn.verdicts).toMatchObject([{ accepted: true, evidence: 'complete' }]);
  });
});

describe('the look before the cut-off', () => {
  const looked = (count: number, from = byCall) =>
    played(
      from,
      joined('1', 1),
      woke(warnAt),
      answered('lookForOrphans', { kind: 'orphans', count, waiting: 1 }, warnAt),
    );

  it('is made once, and asks people for what it finds', () => {
    expect(nextWake(played(byCall, joined('1', 1)).state)).toEqual({ at: warnAt, kind: 'warn' });
    const turn = looked(3);
    expect(turn.start).toMatchObject([{ command: { kind: 'tellDesk', raise: ['parcelsWithoutForm'] } }]);
    expect(viewOf(turn.state)).toMatchObject({ orphans: { count: 3, waiting: 1 } });
    expect(viewOf(turn.state).toDo[0]).toContain('3 parcels');
    const told = goOn(turn.state, done('tellDesk', warnAt));
    expect(begun(goOn(told.state, woke(warnAt + 1)))).toEqual([]);
    expect(goOn(told.state, woke(closesAt)).start).toMatchObject([
      { id: 'makeForm' },
      { command: { kind: 'tellDesk', settle: ['parcelsWithoutForm'] } },
    ]);
  });

  it('asks nobody where nothing is missing, or it cannot be made', () => {
    expect(begun(looked(0))).toEqual([]);
    const failed = answered('lookForOrphans', { kind: 'failed', type: 'X', message: '' }, warnAt);
    expect(begun(played(byCall, joined('1', 1), woke(warnAt), failed))).toEqual([]);
  });

  it('is not made of a manifest that is closed, nor after the cut-off', () => {
    const late = played(byCall, joined('1', 1), woke(closesAt + 1));
    expect(begun(late)).toEqual(['makeForm']);
  });

  it('is made for forms by hand too', () => {
    const turn = looked(3, byHand);
    expect(turn.state.outstanding['tellDesk']).toMatchObject({ raise: ['makeFormByHand'] });
    expect(goOn(turn.state, done('tellDesk', warnAt)).start).toMatchObject([
      { command: { raise: ['parcelsWithoutForm'] } },
    ]);
  });
});

describe('the look after the scan', () => {
  const silent = (count: number, when: number) => answered('lookForSilent', { kind: 'silent', count }, when);
  const reported = (from = oneForm(), ...more: Parameters<typeof goOn>[1][]) =>
    goOn(from, scan(at), done('keepScan'), done('tellMembers:scanned'), ...more);

  it('is made 2 h after it, and the manifest is not over before', () => {
    const { state } = reported();
    expect([state.endedAt, nextWake(state)]).toEqual([undefined, { at: at + 2 * HOUR, kind: 'look' }]);
    expect(begun(goOn(state, woke(at + 2 * HOUR - 1)))).toEqual([]);
    const turn = goOn(state, woke(at + 2 * HOUR));
    expect(turn.start).toMatchObject([{ command: { kind: 'lookForSilent', forms: ['sf_1'] } }]);
    expect(begun(goOn(turn.state, woke(at + 3 * HOUR)))).toEqual([]);
    expect(goOn(turn.state, silent(0, at + 2 * HOUR)).state.endedAt).toBe(at + 2 * HOUR);
  });

  it('asks people for what is silent, and leaves that to them', () => {
    const turn = goOn(reported().state, woke(at + 2 * HOUR), silent(7, at + 2 * HOUR));
    expect(turn.start).toMatchObject([{ command: { raise: ['parcelsWithoutEvent'], settle: [] } }]);
    const over = goOn(turn.state, done('tellDesk', at + 2 * HOUR));
    expect([over.state.endedAt, over.state.onDesk]).toEqual([at + 2 * HOUR, ['parcelsWithoutEvent']]);
    expect(viewOf(over.state)).toMatchObject({ silent: 7 });
  });

  it('moves with a corrected instant, and is not made twice', () => {
    const weak = goOn(oneForm(), scan(at, { proofs: [] })).state;
    const moved = goOn(weak, scan(at - 30 * MINUTE, { at: at + 1, proofs: [] })).state;
    expect(nextWake(moved)).toEqual({ at: at + 90 * MINUTE, kind: 'look' });
    const looked = goOn(moved, woke(at + 90 * MINUTE), silent(0, at + 90 * MINUTE)).state;
    expect(nextWake(goOn(looked, scan(at, { at: at + 3 * HOUR, proofs: [] })).state)?.kind).not.toBe('look');
  });

  it('is made for a form that is scanned later, and for that one alone', () => {
    const first = goOn(twoForms(), scan(at, { form: 'sf_1' }), woke(at + 2 * HOUR), silent(1, at + 2 * HOUR));
    const second = goOn(first.state, scan(at + 5 * HOUR, { form: 'sf_2' }), woke(at + 7 * HOUR));
    expect(second.start).toMatchObject([{ command: { kind: 'lookForSilent', forms: ['sf_2'] } }]);
    expect(goOn(second.state, silent(2, at + 7 * HOUR)).state.silent).toBe(3);
  });

  it('does not hold a manifest open for ever where it fails for good', () => {
    const turn = goOn(reported().state, woke(at + 2 * HOUR));
    const failed = answered('lookForSilent', { kind: 'failed', type: 'X', message: '' }, at + 2 * HOUR);
    expect(goOn(turn.state, failed).state.endedAt).toBe(at + 2 * HOUR);
  });

  it('is none in the first edition', () => {
    const first = { ...byCall };
    delete first.edition;
    delete first.warnAt;
    const state = played(
      first,
      joined('1', 2),
      woke(closesAt),
      answered('makeForm', { kind: 'formed', form: formMade(1), leftOff: 0 }),
      done('tellMembers:formed'),
    ).state;
    expect(reported(state).state.endedAt).toBe(closesAt);
  });
});

describe('what a run hands over', () => {
  it('begins the next one with the same', () => {
    expect(aboutOf(played({ ...byHand, round: 2 }, joined('1', 1)).state)).toEqual({ ...byHand, round: 2 });
  });

  it('of a run that knew one form alone is understood', () => {
    const { forms, ...rest } = oneForm();
    const [form] = forms;
    expect(carriedManifest({ ...rest, ...(form === undefined ? {} : { form }) }).forms).toEqual(forms);
    expect(carriedManifest(rest).forms).toEqual([]);
  });
});
