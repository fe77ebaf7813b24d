import { randomUUID } from 'node:crypto';
import { memberJoined, memberLeft } from '../../workflows/messages-manifest';
import { openFloor, type Floor } from '../support/floor';
import { formsIn, manifestDesk, manifestOf, packed, type ManifestDesk } from '../support/manifest-desk';
import { untilTrue } from '../support/until';

const WORKFLOW_TASK_FAILED = 9;

let floor: Floor;
let desk: ManifestDesk;
beforeAll(async () => {
  floor = await openFloor();
  desk = manifestDesk(floor);
});
afterAll(() => floor.close());

describe('a manifest', () => {
  const values: unknown[] = [null, 7, 'x', [], {}, { orderId: 1 }, { orderId: '1', package: '1', at: '1' }];
  const more: unknown[] = [
    { orderId: '1', package: '1', at: 1, joined: -1 },
    { orderId: '1', package: '1', at: 1, left: {} },
    { orderId: '__proto__', package: '1', at: 1 },
    { orderId: '1', package: ['1'], at: 1 },
  ];

  it('survives every malformed message, and goes on', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    const handle = floor.client.workflow.getHandle(manifest);
    for (const value of [...values, ...more]) {
      for (const name of [memberJoined.name, memberLeft.name, 'noSuchSignal']) await handle.signal(name, value);
    }
    await floor.client.workflowService.signalWorkflowExecution({
      namespace: floor.client.options.namespace,
      workflowExecution: { workflowId: manifest },
      signalName: memberJoined.name,
      input: { payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"at":') }] },
      requestId: randomUUID(),
    });
    const report = { actor: 'a', scannedAt: 1, proofs: [] };
    const reports = [
      { ...report, proofs: [{ kind: 'toString' }] },
      // People's words have no place in history.
      { ...report, place: 'Dock 3' },
      { ...report, placeHash: 'Dock 3' },
      { ...report, proofs: [{ kind: 'photo', note: 'no. 7' }] },
    ];
    for (const value of [...values, { actor: '' }, ...reports, { actor: 'a', key: 7 }]) {
      await expect(handle.executeUpdate('reportScan', { args: [value] })).rejects.toThrow();
      if ((value as { scannedAt?: number } | null)?.scannedAt === undefined) {
        await expect(handle.executeUpdate('closeManifest', { args: [value] })).rejects.toThrow();
      }
    }
    await expect(handle.executeUpdate('noSuchUpdate', { args: [] })).rejects.toThrow();
    const view = await desk.view(stage, manifest);
    expect(view).toMatchObject({ phase: 'open', members: 1 });
    expect(view.toDo.join(' ')).toContain('memberJoined');
    await stage.closeForm(orderId);
    expect(await formsIn(stage)).toHaveLength(1);
    const { events } = await handle.fetchHistory();
    expect((events ?? []).filter(({ eventType }) => Number(eventType) === WORKFLOW_TASK_FAILED)).toEqual([]);
  });

  it('of another shop is none, and is not touched', async () => {
    const [mine, other] = [await floor.stage(), await floor.stage()];
    const [orderId = ''] = await packed(mine, 1);
    const manifest = await manifestOf(mine, orderId);
    const path = `/v1/manifests/${other.shopId}/${manifest}`;
    for (const [method, where] of [
      ['GET', path],
      ['POST', `${path}/close`],
      ['GET', `/v1/manifests/${mine.shopId}/${manifest.slice(0, -1)}9`],
      ['GET', `/v1/manifests/${mine.shopId}/order:1:2`],
    ] as const) {
      const { status, body } = await desk.ask(`${method} ${where}`);
      expect([where, status, body['type']]).toEqual([where, 404, '/problems/unknown-manifest']);
    }
    expect((await desk.view(mine, manifest)).phase).toBe('open');
    const listed = async (): Promise<unknown[]> =>
      (await desk.ask(`GET /v1/manifests?shop=${mine.shopId}`)).body['data'] as unknown[];
    await untilTrue('it is listed', async () => (await listed()).length === 1);
    expect(await listed()).toMatchObject([{ manifest, shopId: mine.shopId, open: true, phase: 'open' }]);
  });

  it('goes on through 1,600 messages in runs of bounded length, and counts right', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    const handle = floor.client.workflow.getHandle(manifest);
    for (let from = 0; from < 1_600; from += 100) {
      await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          handle.signal(memberJoined, {
            orderId,
            package: '1',
            at: Date.now(),
            joined: ((from + n) % 1_600) + 1,
            left: 0,
          }),
        ),
      );
    }
    await untilTrue('all are counted', async () => (await desk.view(stage, manifest)).members === 1_600);
    expect((await handle.describe()).historyLength).toBeLessThan(2_500);
    const [begun] = (await handle.fetchHistory()).events ?? [];
    expect(begun?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).not.toBe('');
    await stage.closeForm(orderId);
    expect(await desk.view(stage, manifest)).toMatchObject({ phase: 'formed', members: 1 });
  });
});
