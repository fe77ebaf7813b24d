import type { Label } from '../order/state';
import { judge, standstill, type JudgedOrder } from './judge';
import { nextPiece, type WaitingMember } from './next-piece';
import { fold, newBatch, type BatchState } from './state';
import { pageOf, viewOf } from './view';

const parcel = (label: Partial<Label>): JudgedOrder['packages'][string] =>
  ({ itemIds: ['i'], label: { status: 'bought', attempt: 1, ...label } }) as JudgedOrder['packages'][string];

const order = (more: Partial<JudgedOrder> = {}): JudgedOrder => ({
  phase: 'toPack',
  outcome: null,
  platformStatus: 'awaitingShipment',
  heldBy: null,
  packages: { '1': parcel({}) },
  ...{ underWay: [], toDo: [], attention: [] },
  ...more,
});

const ready = (labels: object[]): object => ({ kind: 'ready', labels });
const failed = (reason: string, about?: string): object => ({
  kind: 'failed',
  reason,
  ...(about === undefined ? {} : { about }),
});

describe('whether the labels of an order can be printed', () => {
  it.each([
    ['one parcel', order(), ready([{ package: '1', attempt: 1 }])],
    ['bought for again', order({ packages: { '1': parcel({ attempt: 2 }) } }), ready([{ package: '1', attempt: 2 }])],
    [
      'two parcels, one of them another order’s',
      order({ packages: { '1': parcel({}), '2': parcel({ status: 'shared', owner: '9' }) } }),
      ready([{ package: '1', attempt: 1 }]),
    ],
    ['not yet', order({ packages: { '1': parcel({ status: 'prepared' }) } }), { kind: 'open' }],
    ['only one of two', order({ packages: { '1': parcel({}), '2': parcel({ status: 'none' }) } }), { kind: 'open' }],
    [
      'a label that another takes the place of',
      order({ packages: { '1': parcel({ replace: 'address' }) } }),
      { kind: 'open' },
    ],
    ['a lost answer', order({ packages: { '1': parcel({ status: 'unknown' }) } }), { kind: 'open' }],
    ['not known', undefined, failed('notFound')],
    ['not known to the platform', order({ outcome: 'unknownOrder' }), failed('notFound')],
    ['cancelled, with a label', order({ phase: 'cancelled' }), failed('cancelled')],
    ['over', order({ phase: 'closed', outcome: 'completed' }), failed('ended')],
    [
      'about to be cancelled by its buyer, with a label',
      order({ attention: [{ kind: 'cancelRequested' }] }),
      failed('cancelAsked'),
    ],
    ['held, with a label', order({ heldBy: 'Ann' }), failed('held', 'Ann')],
    ['on the buyer’s hold', order({ platformStatus: 'onHold', packages: {} }), failed('buyersHold')],
    [
      'refused',
      order({ packages: { '1': parcel({ status: 'refused', reason: 'too dear' }) } }),
      failed('refused', 'too dear'),
    ],
    ['another tool’s', order({ packages: { '1': parcel({ status: 'adopted' }) } }), failed('adopted')],
    [
      'in another’s parcel',
      order({ packages: { '1': parcel({ status: 'shared', owner: '9' }) } }),
      failed('shared', '9'),
    ],
  ])('%s', (_, given, expected) => expect(judge(given)).toEqual(expected));

  it('names the items of each parcel where there are several', () => {
    const two = order({ packages: { '1': parcel({}), '2': parcel({}) } });
    expect(judge(two)).toMatchObject(ready([{ itemIds: ['i'] }, { itemIds: ['i'] }]));
  });
});

describe('whether an open order obviously gets no label now', () => {
  const open = (label: Partial<Label>, more: Partial<JudgedOrder> = {}): JudgedOrder =>
    order({ packages: { '1': parcel({ status: 'none', ...label }) }, toDo: ['First.', 'Look at it.'], ...more });
  const fromPlatform = { from: 'platform' } as Label['handle'] & object;

  it.each([
    ['a step is under way', open({}, { underWay: ['prepareLabel:1:1'] }), undefined],
    ['its label is to be replaced', open({ status: 'bought', replace: 'address' }), undefined],
    ['a purchase may still come to light', open({ status: 'unknown' }), undefined],
    ['nothing is wanted', open({}), failed('idle', 'Look at it.')],
    [
      'the platform sells it once it is packed',
      open({ status: 'prepared', handle: fromPlatform }),
      failed('notPacked'),
    ],
  ])('%s', (_, given, expected) => expect(standstill(given)).toEqual(expected));
});

describe('what goes in the next file', () => {
  /** `r`: ready, `f`: failed, `.`: open, `-`: in a file already. The first is number 1. */
  const waiting = (members: string): WaitingMember[] =>
    Array.from(members).flatMap((sign, index) =>
      sign === '-'
        ? []
        : [{ number: index + 1, outcome: sign === 'r' ? 'ready' : sign === 'f' ? 'failed' : 'open' } as const],
    );
  const [now, late] = [0, 8_000];

  it.each([
    ['is nothing while the first are open', 'r.r', 0, now, []],
    ['is whole where its members are ready', 'rrr.', 0, now, [1, 2, 3]],
    ['is the rest where fewer are left', '---rr', 3, now, [4, 5]],
    ['names at once who has none', '.f.f', 0, now, [2, 4]],
    ['waits for a slow one only so long', 'r.rrr', 0, late, [1, 3, 4]],
    ['is nothing where nothing is ready, however long it takes', '...', 0, late, []],
    ['waits no more for one that is late', '-.--rrr', 4, now, [5, 6, 7]],
    ['has late ones where their time comes', '-r--.r', 4, late, [2, 6]],
    ['has late ones last of all', '-r--', 4, now, [2]],
  ])('%s', (...[, members, lastPrinted, waitedMs, expected]) => {
    expect(nextPiece(waiting(members), { size: 3, waitedMs, patienceMs: late, lastPrinted })).toEqual(expected);
  });
});

describe('a batch', () => {
  const begun = newBatch({ shopId: '7', batchId: 'b', total: 3 }, 1_000);
  const counts = (settled: number, pieces = 0): Pick<BatchState, 'settled' | 'failed' | 'pieces'> => ({
    ...{ settled, pieces },
    failed: 0,
  });

  it('goes forward only: an attempt that was thought dead may still speak', () => {
    const two = fold(begun, { kind: 'progressed', at: 2_000, counts: counts(2) });
    expect(fold(two, { kind: 'progressed', at: 3_000, counts: counts(1) })).toEqual(two);
    expect(viewOf(two)).toMatchObject({ status: 'running', settled: 2, endedAt: null });
  });

  it('ends with its answer, or broken where the step was given up', () => {
    const done = fold(begun, { kind: 'answered', at: 5_000, counts: counts(3, 1) });
    expect(viewOf(done)).toMatchObject({ status: 'done', settled: 3, pieces: 1, endedAt: '1970-01-01T00:00:05.000Z' });
    expect(viewOf(fold(begun, { kind: 'failed', at: 5_000 })).status).toBe('broken');
  });

  it('shows what was not understood', () => {
    const odd = fold(fold(begun, { kind: 'badMessage', at: 1 }), { kind: 'workflowCancelled', at: 1 });
    expect(pageOf(odd)).toContain('One message was not understood');
    expect(pageOf(odd)).toContain('cancel');
  });
});
