import { randomUUID } from 'node:crypto';
import { HOUR_MS } from '../../stories/story';
import { memberJoined } from '../../workflows/messages-manifest';
import { lookAt } from '../../engine/virtual-clock';
import { openFloor, type Floor } from '../support/floor';
import { formsIn, manifestDesk, manifestOf, packed, type ManifestDesk } from '../support/manifest-desk';
import { untilTrue } from '../support/until';

/** A manifest is over when it has looked for parcels of which the carrier says nothing, 2 h after the scan. */
const LOOKED_MS = 2 * HOUR_MS + 60_000;
const WORKFLOW_TASK_COMPLETED = 7;
/** temporal.api.enums.v1, whose package is not ours to import. */
const WITH_MESSAGES = 3 as never;

let floor: Floor;
let desk: ManifestDesk;
beforeAll(async () => {
  floor = await openFloor();
  desk = manifestDesk(floor);
});
afterAll(() => floor.close());

describe('the form of a day', () => {
  it('is one for all who are there when it closes; late ones hear that they are late; the scan is told', async () => {
    const stage = await floor.stage();
    const [first = '', second = '', third = ''] = await packed(stage, 3);
    const manifest = await manifestOf(stage, first);
    expect(await desk.view(stage, manifest)).toMatchObject({ phase: 'open', members: 3, shopId: stage.shopId });
    await stage.person(third, 'hold');
    expect(await desk.view(stage, manifest)).toMatchObject({ phase: 'open', members: 2 });

    const path = `/v1/manifests/${stage.shopId}/${manifest}`;
    const early = await desk.ask(`POST ${path}/scanned`, { scannedAt: new Date().toISOString() });
    expect([early.status, early.body['type']]).toEqual([409, '/problems/refused']);
    const key = { 'idempotency-key': 'close' };
    const closed = await desk.ask(`POST ${path}/close`, {}, key);
    expect(closed).toMatchObject({ status: 200, body: { accepted: true } });
    expect(await desk.ask(`POST ${path}/close`, {}, key)).toEqual(closed);
    expect(await desk.ask(`POST ${path}/close`, {})).toMatchObject({ status: 409 });
    await stage.settle();

    expect(await formsIn(stage)).toMatchObject([{ shipments: 2, orders: [first, second] }]);
    expect(await desk.view(stage, manifest)).toMatchObject({ phase: 'formed', members: 2, form: { members: 2 } });
    expect((await desk.document(manifest, 'form'))['members']).toMatchObject([{ orderId: first }, { orderId: second }]);
    expect([await desk.heardBy(stage, first), await desk.heardBy(stage, third)]).toEqual([['formed'], []]);

    // It joins when the form is made: the documents send it on, and so does the manifest where they were too slow.
    const [late = ''] = await packed(stage, 1);
    expect(await manifestOf(stage, late)).not.toBe(manifest);
    const handle = floor.client.workflow.getHandle(manifest);
    for (const orderId of [late, second]) await handle.signal(memberJoined, { orderId, package: '1', at: Date.now() });
    await stage.settle();
    expect([await desk.heardBy(stage, late), await desk.heardBy(stage, second)]).toEqual([
      ['late'],
      ['formed', 'formed'],
    ]);

    await stage.advance(HOUR_MS);
    const scannedAt = new Date(await stage.now()).toISOString();
    const report = {
      scannedAt,
      place: 'Post office',
      proofs: [
        { kind: 'stampedForm', file: await desk.photo(stage, manifest) },
        { kind: 'receipt', note: 'no. 7' },
      ],
    };
    expect((await desk.ask(`POST ${path}/scanned`, { ...report, proofs: [{ kind: 'rumour' }] })).status).toBe(400);
    expect(await desk.ask(`POST ${path}/scanned`, report)).toMatchObject({ status: 200 });
    await stage.settle();
    expect(await desk.document(manifest, 'scan')).toMatchObject({ ...report, scannedAt: Date.parse(scannedAt) });
    expect(await desk.heardBy(stage, first)).toEqual(['formed', 'scanned']);
    await stage.advance(LOOKED_MS);
    expect(await handle.result()).toMatchObject({ phase: 'scanned', members: 2, scannedAt });
    expect(await desk.view(stage, manifest)).toMatchObject({ phase: 'scanned', scannedAt, nextWakeAt: null });
    expect(await desk.ask(`POST ${path}/scanned`, report)).toMatchObject({ status: 409 });
    await desk.replay(manifest);
    await desk.replay(manifest);
  });

  it('whose scan is reported without proof is waited for, and people’s words stand in no history', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    const path = `/v1/manifests/${stage.shopId}/${manifest}`;
    await stage.closeForm(orderId);
    await stage.advance(HOUR_MS);
    const scannedAt = await stage.now();
    const weak = { place: 'Dock of J. Doe', proofs: [{ kind: 'receipt', note: 'ask Mary' }] };
    const first = await desk.ask(`POST ${path}/scanned`, { ...weak, scannedAt: new Date(scannedAt).toISOString() });
    expect(first).toMatchObject({ status: 200, body: { accepted: true, evidence: 'weak' } });
    await stage.settle();
    const view = await desk.view(stage, manifest);
    expect(view).toMatchObject({
      phase: 'scanned',
      evidence: 'weak',
      forms: [{ missing: ['proof'] }],
    });
    expect(first.body['toFetch']).toBeDefined();

    const earlier = scannedAt - 60_000;
    const stamped = { kind: 'stampedForm', note: 'by Mary', file: await desk.photo(stage, manifest) };
    const more = { scannedAt: new Date(earlier).toISOString(), proofs: [stamped] };
    const second = await desk.ask(`POST ${path}/scanned`, more);
    expect(second).toMatchObject({ status: 200, body: { accepted: true, evidence: 'complete' } });
    expect(second.body['toFetch']).toBeUndefined();
    await stage.advance(LOOKED_MS);
    expect(await floor.client.workflow.getHandle(manifest).result()).toMatchObject({ scannedAt: more.scannedAt });
    expect(await desk.document(manifest, 'scan')).toMatchObject({ ...weak, scannedAt });
    expect(await desk.document(manifest, 'scan-2')).toMatchObject({ ...more, scannedAt: earlier });
    expect(await desk.heardBy(stage, orderId)).toEqual(['formed', 'scanned', 'scanned']);
    const history = await desk.historyOf(manifest);
    expect(history).toContain('stampedForm');
    expect(history).not.toMatch(/Doe|Mary/);
    await desk.replay(manifest);
    const elsewhere = `/v1/manifests/${stage.shopId}/${manifest.slice(0, -1)}9`;
    expect(await desk.ask(`POST ${elsewhere}/scanned`, more)).toMatchObject({ status: 404 });
  });

  it('keeps a parcel that would leave while it is being made', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    const until = (await stage.now()) + HOUR_MS;
    await stage.control('POST', '/faults', { route: 'easypost.createForm', kind: 'formPending', until });
    await stage.closeForm(orderId);
    await stage.person(orderId, 'hold');
    await stage.person(orderId, 'release');
    expect(await manifestOf(stage, orderId)).toBe(manifest);
    await stage.advance(3 * HOUR_MS);
    expect(await formsIn(stage)).toMatchObject([{ orders: [orderId] }]);
    expect([await manifestOf(stage, orderId), await desk.heardBy(stage, orderId)]).toEqual([manifest, ['formed']]);
  });

  it('is one, to whatever turn its manifest is reset', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    await stage.closeForm(orderId);
    await stage.reportScan(orderId);
    const [made] = await formsIn(stage);
    const handle = floor.client.workflow.getHandle(manifest);
    const { runId } = await handle.describe();
    const { events } = await handle.fetchHistory();
    const turns = (events ?? []).filter(({ eventType }) => Number(eventType) === WORKFLOW_TASK_COMPLETED);
    for (const { eventId } of turns) {
      await floor.client.workflowService.resetWorkflowExecution({
        namespace: floor.client.options.namespace,
        workflowExecution: { workflowId: manifest, runId },
        workflowTaskFinishEventId: eventId ?? null,
        resetReapplyType: WITH_MESSAGES,
        requestId: randomUUID(),
        reason: 'test',
      });
      await untilTrue('it rests', async () => (await lookAt(floor.client, manifest)).isQuiet);
      // Where its closing is forgotten, the cut-off closes it again.
      await stage.advance(72 * HOUR_MS);
      const { phase, form } = await desk.view(stage, manifest);
      expect([phase, form?.formId]).toEqual([expect.stringMatching('formed|scanned'), made?.ref]);
      expect(await formsIn(stage)).toHaveLength(1);
    }
    expect(turns.length).toBeGreaterThan(3);
  });

  it('is made at the cut-off by itself; in the morning people are asked for the scan, and after a month no more', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    await stage.advanceTo(Date.parse((await desk.view(stage, manifest)).closesAt) + 60_000);
    expect(await desk.view(stage, manifest)).toMatchObject({ phase: 'formed', members: 1 });
    expect(await formsIn(stage)).toHaveLength(1);
    const { nextWakeAt } = await desk.view(stage, manifest);
    await stage.advanceTo((nextWakeAt ?? 0) + 60_000);
    const asked = (await stage.alerts()).filter(({ about }) => about === 'scanNotReported');
    expect(asked).toMatchObject([{ key: `${manifest}:scanNotReported`, state: 'open' }]);
    await stage.advance(31 * 24 * HOUR_MS);
    expect(await floor.client.workflow.getHandle(manifest).result()).toMatchObject({
      phase: 'formed',
      scannedAt: null,
    });
    const settled = (await stage.alerts()).filter(({ about }) => about === 'scanNotReported');
    expect(settled).toMatchObject([{ state: 'settled' }]);
    await desk.replay(manifest);
  });

  it.each([
    ['the line is cut after it', 'easypost.createForm', 'commitThenCut'],
    ['it is long in the making', 'easypost.createForm', 'formPending'],
    ['the look for it fails', 'easypost.listForms', 'serverError'],
  ])('is one though %s', async (_what, route, kind) => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    const until = (await stage.now()) + HOUR_MS;
    await stage.control('POST', '/faults', kind === 'formPending' ? { route, kind, until } : { route, kind, times: 1 });
    await stage.closeForm(orderId);
    expect((await desk.view(stage, manifest)).phase).toBe('closing');
    await stage.advance(3 * HOUR_MS);
    expect(await desk.view(stage, manifest)).toMatchObject({ phase: 'formed', members: 1 });
    expect(await formsIn(stage)).toHaveLength(1);
    expect(await desk.heardBy(stage, orderId)).toEqual(['formed']);
    await desk.replay(manifest);
  });

  it('is refused where the provider refuses, and everybody hears it', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    await stage.control('POST', '/faults', { route: 'easypost.createForm', kind: 'refuse', times: 1 });
    await stage.closeForm(orderId);
    expect(await desk.heardBy(stage, orderId)).toEqual(['leftOff']);
    expect(await floor.client.workflow.getHandle(manifest).result()).toMatchObject({ phase: 'failed', form: null });
    expect((await stage.alerts()).map(({ about }) => about)).toContain('formFailed');
  });

  it('is none where everybody left', async () => {
    const stage = await floor.stage();
    const [orderId = ''] = await packed(stage, 1);
    const manifest = await manifestOf(stage, orderId);
    await stage.person(orderId, 'hold');
    await desk.ask(`POST /v1/manifests/${stage.shopId}/${manifest}/close`, {});
    await stage.settle();
    expect(await floor.client.workflow.getHandle(manifest).result()).toMatchObject({ phase: 'empty', members: 0 });
    expect(await formsIn(stage)).toEqual([]);
    // Released, it goes with the next one.
    await stage.person(orderId, 'release');
    expect(await manifestOf(stage, orderId)).not.toBe(manifest);
  });
});
