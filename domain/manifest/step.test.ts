import { nextWake } from './agenda';
import type { ManifestEvent } from './event';
import type { Proof } from './manifest';
import { newManifest, type ManifestState } from './state';
import { step, type ManifestStep } from './step';
import { pageOf } from './page';
import { viewOf } from './view';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const opened = Date.UTC(2026, 10, 23, 17);
const closesAt = opened + 11 * HOUR;
const asksAt = closesAt + 13 * HOUR;
const form = { formId: 'sf_1', number: '9475', madeAt: closesAt, members: 2, sha256: 'ab' };

const fresh = (): ManifestState =>
  newManifest({ shopId: '7', account: 'easypost-7', shipFrom: 'main', date: '2026-11-23', closesAt, asksAt });

const joined = (orderId: string, n: number, at = opened): ManifestEvent => ({
  kind: 'joined',
  at,
  member: { orderId, package: '1' },
  counts: { joined: n, left: 0 },
});
const left = (n: number, at = opened): ManifestEvent => ({ kind: 'left', at, counts: { joined: 0, left: n } });
const woke = (at: number): ManifestEvent => ({ kind: 'woke', at });
const answered = (command: string, answer: (ManifestEvent & { kind: 'answered' })['answer'], at = closesAt) =>
  ({ kind: 'answered', at, command, answer }) as const;
const formed = answered('makeForm', { kind: 'formed', form, leftOff: 0 });
const done = (command: string, at = closesAt) => answered(command, { kind: 'done' }, at);
const close = (at = opened): ManifestEvent => ({ kind: 'ordered', at, order: { verb: 'closeManifest', actor: 'Ada' } });
const scan = (scannedAt: number, at = scannedAt, kinds: Proof['kind'][] = ['stampedForm']): ManifestEvent => ({
  kind: 'ordered',
  at,
  order: {
    verb: 'reportScan',
    actor: 'Ada',
    report: { actor: 'Ada', scannedAt, proofs: kinds.map((kind) => ({ kind })) },
  },
});

/** Plays turn after turn, one event each; what the last turn began, and where it stands. */
const played = (...events: ManifestEvent[]): ManifestStep =>
  events.reduce<ManifestStep>(({ state }, event) => step(state, [event]), {
    state: fresh(),
    start: [],
    verdicts: [],
  });
const begun = ({ start }: ManifestStep): string[] => start.map(({ id }) => id);

describe('an open manifest', () => {
  it('counts each parcel once, however often and in whatever order it is told', () => {
    const { state } = played(joined('1', 1), joined('3', 3), joined('2', 2), joined('2', 2), left(1), left(1));
    expect(viewOf(state)).toMatchObject({ phase: 'open', members: 2 });
  });

  it('believes no counts by which more left than joined', () => {
    const { state } = played(joined('1', 1), left(1_000_000), joined('2', 2), left(1));
    expect(viewOf(state)).toMatchObject({ members: 1 });
  });

  it('waits for its cut-off and begins nothing', () => {
    const turn = played(joined('1', 1));
    expect([begun(turn), nextWake(turn.state)]).toEqual([[], { at: closesAt, kind: 'close' }]);
  });

  it('closes at the cut-off, and asks for one form however often it wakes', () => {
    const turn = played(joined('1', 1), woke(closesAt));
    expect([begun(turn), turn.state.phase]).toEqual([['makeForm'], 'closing']);
    expect(begun(step(turn.state, [woke(closesAt + 1), woke(closesAt + 2)]))).toEqual([]);
  });

  it('closes when a person says so, once', () => {
    const turn = played(joined('1', 1), close());
    expect([turn.verdicts, begun(turn)]).toEqual([[{ accepted: true, at: opened }], ['makeForm']]);
    const again = step(turn.state, [close()]);
    expect(again.verdicts).toMatchObject([
      { accepted: false, reason: expect.stringContaining('closed already') as string },
    ]);
    expect(begun(again)).toEqual([]);
  });

  it('is closed for what comes after the cut-off, even before its timer is heard', () => {
    const turn = played(close(closesAt));
    expect([turn.verdicts[0]?.accepted, turn.state.phase]).toEqual([false, 'closing']);
  });

  it('refuses the report of a scan', () => {
    expect(played(scan(opened)).verdicts).toMatchObject([{ accepted: false }]);
  });
});

describe('a closed manifest', () => {
  it('tells its members of the form, then waits for the opening hour', () => {
    const turn = played(joined('1', 1), woke(closesAt), formed);
    expect([begun(turn), viewOf(turn.state)]).toMatchObject([['tellMembers:formed'], { phase: 'formed', members: 2 }]);
    const told = step(turn.state, [done('tellMembers:formed')]);
    expect([begun(told), nextWake(told.state)]).toEqual([[], { at: asksAt, kind: 'ask' }]);
  });

  it('answers a late joiner when the form is there, and forgets it', () => {
    const closing = played(joined('1', 1), woke(closesAt), joined('9', 2, closesAt), joined('9', 2, closesAt));
    expect([begun(closing), closing.state.waiting.length]).toEqual([[], 1]);
    const turn = step(closing.state, [formed]);
    expect(begun(turn)).toEqual(['tellMembers:formed', 'answerLate']);
    const later = step(turn.state, [joined('8', 3, closesAt), done('answerLate')]);
    expect(later.start).toMatchObject([{ id: 'answerLate', command: { to: [{ orderId: '8' }] } }]);
    expect(step(later.state, [done('answerLate')]).state.waiting).toEqual([]);
  });

  it('makes it people’s matter when there is no form in the morning, and settles that when there is one', () => {
    const late = played(joined('1', 1), woke(closesAt), woke(asksAt));
    expect(late.start).toMatchObject([{ command: { kind: 'tellDesk', raise: ['formFailed'] } }]);
    const onDesk = step(late.state, [done('tellDesk', asksAt)]);
    expect(begun(onDesk)).toEqual([]);
    const turn = step(onDesk.state, [answered('makeForm', { kind: 'formed', form, leftOff: 0 }, asksAt + 1)]);
    expect(turn.start.map(({ command }) => command)).toMatchObject([
      { kind: 'tellMembers' },
      { kind: 'tellDesk', raise: ['scanNotReported'], settle: ['formFailed'] },
    ]);
  });

  it('ends empty without a form when nobody is left, once the late ones are answered', () => {
    const turn = played(woke(closesAt), joined('9', 1, closesAt), answered('makeForm', { kind: 'empty' }));
    expect([turn.state.phase, begun(turn), turn.state.endedAt]).toEqual(['empty', ['answerLate'], undefined]);
    expect(step(turn.state, [done('answerLate')]).state.endedAt).toBe(closesAt);
  });

  it('tells its members and the desk when the provider refuses, and ends', () => {
    const turn = played(joined('1', 1), woke(closesAt), answered('makeForm', { kind: 'refused', reason: 'no' }));
    expect([turn.state.phase, begun(turn)]).toEqual(['failed', ['tellMembers:leftOff', 'tellDesk']]);
    expect(step(turn.state, [done('tellMembers:leftOff'), done('tellDesk')]).state.endedAt).toBe(closesAt);
  });

  it('does not begin for ever what fails for good', () => {
    const turn = played(joined('1', 1), woke(closesAt), formed);
    const failed = step(turn.state, [answered('tellMembers:formed', { kind: 'failed', type: 'X', message: '' })]);
    expect(begun(failed)).toEqual([]);
    expect(viewOf(failed.state).toDo[0]).toContain('tellMembers:formed: X');
  });
});

describe('the scan', () => {
  const withForm = (): ManifestState =>
    played(joined('1', 1), woke(closesAt), formed, done('tellMembers:formed')).state;

  it.each([
    ['before the form was made', closesAt - 60_000, closesAt + HOUR, false],
    ['in the minute in which it was made', closesAt - 59_999, closesAt + HOUR, true],
    ['at the form’s instant', closesAt, closesAt + HOUR, true],
    ['by a watch that is minutes fast', closesAt + HOUR + 9 * 60_000, closesAt + HOUR, true],
    ['in the future', closesAt + HOUR + 11 * 60_000, closesAt + HOUR, false],
  ])('reported %s', (_when, ...[scannedAt, at, accepted]) => {
    expect(step(withForm(), [scan(scannedAt, at)]).verdicts[0]?.accepted).toBe(accepted);
  });

  it('is kept and told once, and ends the manifest when all is told', () => {
    const turn = step(withForm(), [scan(closesAt + HOUR)]);
    expect([begun(turn), turn.state.endedAt]).toEqual([['keepScan', 'tellMembers:scanned'], undefined]);
    expect(step(turn.state, [scan(closesAt + HOUR)]).verdicts[0]?.accepted).toBe(false);
    const kept = step(turn.state, [done('keepScan')]);
    expect(kept.state.endedAt).toBeUndefined();
    expect(step(kept.state, [done('tellMembers:scanned')]).state.endedAt).toBe(closesAt);
  });

  it('is told after the form where both are new', () => {
    const turn = played(joined('1', 1), woke(closesAt), formed, scan(closesAt + 1));
    expect(begun(turn)).toEqual(['keepScan']);
    expect(begun(step(turn.state, [done('tellMembers:formed')]))).toEqual(['tellMembers:scanned']);
  });

  it('is asked for at the opening hour, once, and the task is settled by the report', () => {
    const asking = step(withForm(), [woke(asksAt)]);
    expect(asking.start).toMatchObject([{ command: { kind: 'tellDesk', raise: ['scanNotReported'] } }]);
    const asked = step(asking.state, [done('tellDesk', asksAt)]);
    expect([begun(asked), nextWake(asked.state)?.kind]).toEqual([[], 'giveUp']);
    const turn = step(asked.state, [scan(asksAt + 1)]);
    expect(turn.start).toMatchObject([
      { id: 'keepScan' },
      { id: 'tellMembers:scanned' },
      { command: { settle: ['scanNotReported'] } },
    ]);
  });

  describe('that proves nothing by itself', () => {
    const at = closesAt + HOUR;
    const weak = (kinds: Proof['kind'][] = ['receipt', 'photo']): ManifestStep => {
      const turn = step(withForm(), [scan(at, at, kinds)]);
      const { state } = step(turn.state, [done('keepScan'), done('tellMembers:scanned')]);
      return { ...turn, state };
    };

    it('is said to be weak, and what to fetch, and is waited for', () => {
      for (const kinds of [[], ['receipt', 'photo']] as Proof['kind'][][]) {
        const { verdicts, state } = weak(kinds);
        expect(verdicts).toEqual([{ accepted: true, at, evidence: 'weak' }]);
        expect([viewOf(state).evidence, state.endedAt]).toEqual(['weak', undefined]);
        expect(viewOf(state).toDo[0]).toContain('proof of pickup');
        expect(nextWake(state)).toEqual({ at: closesAt + 30 * DAY, kind: 'giveUp' });
      }
    });

    it('is completed by a second report, which is kept, and told only where it corrects the instant', () => {
      const turn = step(weak().state, [scan(at, at + DAY, ['signature'])]);
      expect([turn.verdicts, begun(turn)]).toEqual([
        [{ accepted: true, at: at + DAY, evidence: 'complete' }],
        ['keepScan:2'],
      ]);
      expect(viewOf(turn.state)).toMatchObject({
        proofs: [{ kind: 'receipt' }, { kind: 'photo' }, { kind: 'signature' }],
      });
      expect(step(turn.state, [scan(at + 1, at + DAY)]).verdicts[0]?.accepted).toBe(false);
      expect(step(turn.state, [done('keepScan:2', at + DAY)]).state.endedAt).toBe(at + DAY);
    });

    it('is put right as often as it takes, one telling after the other', () => {
      const turn = step(weak().state, [scan(at - 1, at + 2, []), scan(at, at + 3, [])]);
      expect(turn.start).toMatchObject([
        { id: 'keepScan:2' },
        { id: 'tellMembers:scanned:2', command: { what: 'scanned', at: at - 1 } },
      ]);
      const next = step(turn.state, [done('keepScan:2'), done('tellMembers:scanned:2')]);
      expect(next.start).toMatchObject([{ id: 'keepScan:3' }, { id: 'tellMembers:scanned:3', command: { at } }]);
      expect(viewOf(next.state).scannedAt).toBe(new Date(at).toISOString());
    });

    it('is not taken in again where nothing is new in it, nor without end', () => {
      let { state } = weak();
      expect(step(state, [scan(at, at + 2, ['photo'])]).verdicts[0]?.accepted).toBe(false);
      for (let n = 2; n <= 20; n += 1) ({ state } = step(state, [scan(at + n, at + n, [])]));
      expect(state.reports).toHaveLength(20);
      expect(step(state, [scan(at, at + HOUR)]).verdicts[0]).toMatchObject({ accepted: false });
    });

    it('is given up 30 days after the form', () => {
      const { state } = step(weak().state, [woke(closesAt + 30 * DAY)]);
      expect([state.endedAt, viewOf(state).phase]).toEqual([closesAt + 30 * DAY, 'scanned']);
      expect(viewOf(state).toDo.join(' ')).toContain('30 days');
    });
  });

  it('is given up 30 days after the form', () => {
    const asked = step(step(withForm(), [woke(asksAt)]).state, [done('tellDesk', asksAt)]);
    expect(nextWake(asked.state)?.at).toBe(closesAt + 30 * DAY);
    const turn = step(asked.state, [woke(closesAt + 30 * DAY)]);
    expect(turn.start).toMatchObject([{ command: { settle: ['scanNotReported'] } }]);
    expect(step(turn.state, [done('tellDesk', closesAt + 30 * DAY)]).state.endedAt).toBe(closesAt + 30 * DAY);
  });
});

describe('the page', () => {
  it('says what to do with a form, step by step', () => {
    const page = pageOf(played(joined('1', 1), close(), formed).state);
    expect(page).toContain('Closed by Ada.');
    for (const word of ['9475', 'scanned', 'receipt', 'stamped or signed', 'Report the scan'])
      expect(page).toContain(word);
  });

  it('says of every phase what it is', () => {
    const states = [
      played(woke(opened)),
      played(woke(closesAt)),
      played(woke(closesAt), answered('makeForm', { kind: 'empty' })),
    ];
    expect(states.map(({ state }) => pageOf(state).split('\n')[0])).toEqual([
      '## Manifest of 2026-11-23: open',
      '## Manifest of 2026-11-23: the form is being made',
      '## Manifest of 2026-11-23: no parcels, no form',
    ]);
  });
});
