import type { Alert } from './alert';
import { acknowledge, fold, openDesk, type Desk } from './desk';
import { listOf, pageOf } from './view';

const T0 = Date.parse('2026-11-20T18:00:00Z');
const HOUR_MS = 3_600_000;

const warning = (orderId: string, more: Partial<Alert> = {}): Alert => ({
  key: `order:${orderId}:shipBy:14400000`,
  orderId,
  kind: 'deadline',
  about: 'shipBy',
  raisedAt: T0,
  dueAt: T0 + 4 * HOUR_MS,
  tierMs: 4 * HOUR_MS,
  ...more,
});

const task = (orderId: string, about: string): Alert => ({
  key: `order:${orderId}:${about}`,
  orderId,
  kind: 'task',
  about,
  raisedAt: T0,
});

const raise = (desk: Desk, ...alerts: Alert[]): void => fold(desk, { at: T0, raise: alerts, settle: [] });

let desk: Desk;
beforeEach(() => {
  desk = openDesk('7');
});

describe('the words', () => {
  const DEADLINES = [
    ...['packBy', 'shipBy', 'collectBy', 'autoCancelUnpacked', 'autoCancelUncollected'],
    ...['autoCancelUndelivered', 'deliverBy'],
  ];
  const TASKS = [
    ...['badMessage', 'workflowCancelled', 'unknownAtPlatform', 'noRules', 'otherTracking', 'deadlineNear'],
    ...['deadlinePassed', 'labelRefused', 'uploadRefused', 'voidRefused', 'cancelRefused', 'cancelRequested'],
    ...['carrierException', 'uploadWarning', 'commandFailed', 'unknownPolicy', 'appealLost', 'appealFileByHand'],
    ...['scanNotReported', 'formFailed', 'leftOffForm', 'handoverTooLate', 'stalled'],
    ...['scannedWithoutIt', 'pullFromForm', 'labelFileMissing', 'labelNotVoided'],
  ];

  it.each(DEADLINES)('of %s name the order, the instant and what to do', (about) => {
    raise(desk, warning('42', { about }));
    const [alert] = listOf(desk, 'open').alerts;
    expect(alert?.sentence).toMatch(/order 42 .*2026-11-20 22:00 UTC \(4 h warning\).*; .+\.$/i);
  });

  it('of a deadline that passed say so', () => {
    raise(desk, warning('42', { tierMs: 0 }));
    expect(listOf(desk, 'open').alerts[0]?.sentence).toContain('by 2026-11-20 22:00 UTC (passed)');
  });

  it.each(TASKS)('of %s name the order and what to do', (about) => {
    raise(desk, { ...task('42', about), detail: 'no rates' });
    const [alert] = listOf(desk, 'open').alerts;
    expect(alert?.sentence).toMatch(/^Order 42: .+ .+[;,] .+ \(no rates\)\.$/);
    expect(alert?.sentence).not.toContain(about);
  });

  it('of a drift name the deadline and where it was seen', () => {
    raise(desk, { ...warning('42'), kind: 'drift', key: 'drift:seed:shipBy:2026-11-20' });
    expect(listOf(desk, 'open').alerts[0]?.sentence).toMatch(/another shipBy than our rules.*order 42;/);
  });

  it('of a task that is about no order speak of the shop', () => {
    raise(desk, { ...task('', 'scanNotReported'), detail: '9475711' });
    expect(listOf(desk, 'open').alerts[0]?.sentence).toMatch(/^This shop: nobody .*\(9475711\)\.$/);
  });
});

describe('the page', () => {
  it('says that nothing is open', () => {
    expect(pageOf(desk)).toContain('Nothing is open.');
  });

  it('has a row for each open alert, and nothing in it ends a row', () => {
    raise(desk, { ...task('1', 'labelRefused'), detail: 'a|b\nc' }, warning('2'));
    acknowledge(desk, { key: warning('2').key, actor: 'Ada' }, T0);
    const page = pageOf(desk);
    expect(page).toContain('1 open, 1 acknowledged');
    expect(page.split('\n').filter((line) => line.startsWith('| ') && line.includes('order:'))).toEqual([
      expect.stringContaining('(a b c). | `order:1:labelRefused` |'),
    ]);
  });

  it('stays short however much is open', () => {
    raise(desk, ...Array.from({ length: 500 }, (_, i) => warning(String(i))));
    expect(pageOf(desk)).toContain('And 450 more.');
  });
});
