import { memberJoined } from '../../workflows/messages-manifest';
import { manifestAlone, NOT_OURS, toldLate, type ManifestAlone, type OneManifest } from '../support/manifest-stub';
import { untilTrue } from '../support/until';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** So many at once: all of them would take a busy machine longer than a turn may take. */
const WAVE = 500;
const WORKFLOW_TASK_FAILED = 9;
const file = 'a'.repeat(64);
const url = 'https://seller.example/forms';

let alone: ManifestAlone;
beforeEach(async () => {
  alone = await manifestAlone();
});
afterEach(() => alone.close());

const begin = async (): Promise<OneManifest> => alone.begin({ byHand: { url }, warnAt: Date.now() + 2 * HOUR_MS });

const raised = (): string[] => alone.alerts().raised.map(({ about }) => about);
const settled = (): string[] => alone.alerts().settled.map((key) => key.split(':').at(-1) ?? '');

/** One step after the other, as they were begun; alerts apart. */
const steps = (): string[] => alone.steps().filter((step) => step !== 'tellDesk');

describe('a form that a person makes', () => {
  it('is asked for, missed, brought late, scanned, looked after, and over', async () => {
    const manifest = await begin();
    await manifest.pass(2 * HOUR_MS + MINUTE_MS);
    const { closesAt } = await manifest.view();
    expect(alone.alerts().raised).toMatchObject([
      {
        key: `${manifest.workflowId}:makeFormByHand`,
        dueAt: Date.parse(closesAt),
        detail: expect.stringContaining(url) as string,
      },
    ]);
    await manifest.pass(2 * HOUR_MS);
    expect([raised(), settled()]).toEqual([['makeFormByHand', 'formNotBrought'], ['makeFormByHand']]);
    expect(await manifest.view()).toMatchObject({ phase: 'closing', byHand: { url, listed: 1, isBrought: false } });
    await manifest.pass(13 * HOUR_MS);
    expect(steps()).toEqual(['lookForOrphans', 'settleList', 'tellMembers:leftOff']);

    const madeAt = (await manifest.now()) - HOUR_MS;
    const bring = (number: unknown, more = {}): Promise<unknown> =>
      manifest.handle.executeUpdate('bringForm', { args: [{ actor: 'Ada', number, madeAt, ...more }] });
    await expect(bring('the form')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('number') as string },
    });
    // Another manifest has it: it is brought again, put right.
    expect(await bring(`94 ${NOT_OURS.slice(2)}`)).toMatchObject({ accepted: true });
    await manifest.settle();
    expect((await manifest.view()).toDo[0]).toContain(NOT_OURS);
    expect(await bring(' 9475 001 ', { listHash: file, file })).toMatchObject({ accepted: true });
    await manifest.settle();
    await expect(bring('9475002')).rejects.toThrow();
    const kept = alone.asked.filter(({ step }) => step === 'keepForm').at(-1);
    expect(kept?.input).toMatchObject({ number: '9475001', madeAt, listHash: file, file, date: '2026-11-23' });
    expect(await manifest.view()).toMatchObject({
      phase: 'formed',
      members: 1,
      strangers: 2,
      forms: [{ number: '9475001' }],
    });
    expect([settled(), raised().at(-1)]).toEqual([['makeFormByHand', 'formNotBrought'], 'scanNotReported']);

    const report = { actor: 'Ada', scannedAt: await manifest.now(), proofs: [{ kind: 'stampedReceipt', file }] };
    expect(await manifest.handle.executeUpdate('reportScan', { args: [report] })).toMatchObject({
      evidence: 'complete',
    });
    await manifest.settle();
    expect((await manifest.handle.describe()).status.name).toBe('RUNNING');
    await manifest.pass(2 * HOUR_MS + MINUTE_MS);
    expect(await manifest.handle.result()).toMatchObject({
      phase: 'scanned',
      members: 1,
      forms: [{ number: '9475001', members: 1 }],
    });
    expect(steps().slice(3)).toEqual([
      ...['keepForm', 'keepForm', 'tellMembers:formed', 'keepScan', 'tellMembers:scanned', 'lookForSilent'],
    ]);
    expect([raised().at(-1), settled()]).toEqual([
      'parcelsWithoutEvent',
      ['makeFormByHand', 'formNotBrought', 'scanNotReported'],
    ]);
    await manifest.replay();
  });

  it('survives every malformed message about it', async () => {
    const manifest = await begin();
    const good = { actor: 'Ada', number: '9475001', madeAt: Date.now() };
    const bad: unknown[] = [
      null,
      7,
      'x',
      [],
      {},
      { ...good, actor: '' },
      { ...good, number: 7 },
      { ...good, number: '' },
    ];
    const worse = [{ madeAt: '1' }, { madeAt: -1 }, { madeAt: 1e300 }, { listHash: 'x' }, { file: ['a'] }, { key: 7 }];
    for (const value of [...bad, ...worse.map((field) => ({ ...good, ...field }))]) {
      await expect(manifest.handle.executeUpdate('bringForm', { args: [value] })).rejects.toThrow();
    }
    const scan = { actor: 'Ada', scannedAt: Date.now(), proofs: [] };
    for (const field of [{ form: 7 }, { form: '' }, { proofs: [{ kind: 'signature', file: 'me.jpg' }] }]) {
      await expect(manifest.handle.executeUpdate('reportScan', { args: [{ ...scan, ...field }] })).rejects.toThrow();
    }
    expect(await manifest.view()).toMatchObject({ phase: 'open', members: 1 });
    const { events } = await manifest.handle.fetchHistory();
    expect((events ?? []).filter(({ eventType }) => Number(eventType) === WORKFLOW_TASK_FAILED)).toEqual([]);
  });

  it('hears all 2,500 messages of one burst, in runs of fewer than 4,096 events', async () => {
    const manifest = await begin();
    await manifest.handle.executeUpdate('closeManifest', { args: [{ actor: 'Ada' }] });
    await manifest.settle();
    const handle = alone.client.workflow.getHandle(manifest.workflowId);
    // 1,000 parcels that came too late: each is to be answered, however often it asks.
    for (let from = 0; from < 2_500; from += WAVE) {
      await Promise.all(
        Array.from({ length: WAVE }, (_, n) => {
          const orderId = String(2 + ((from + n) % 1_000));
          return handle.signal(memberJoined, { orderId, package: '1', at: Date.now(), joined: 1_001 });
        }),
      );
    }
    await manifest.settle();
    await manifest.pass(18 * HOUR_MS);
    await untilTrue('all are answered', () => toldLate(alone).length >= 1_000);
    expect(new Set(toldLate(alone)).size).toBe(1_000);
    const lengths: number[] = [];
    let runId: string | undefined = (await handle.describe()).runId;
    while (runId !== undefined && runId !== '') {
      const { events } = await alone.client.workflow.getHandle(manifest.workflowId, runId).fetchHistory();
      lengths.push(events?.length ?? 0);
      runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
    }
    expect(lengths.length).toBeGreaterThan(1);
    expect(Math.max(...lengths)).toBeLessThan(4_096);
  });
});
