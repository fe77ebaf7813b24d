import { MockActivityEnvironment } from '@temporalio/testing';
import type { ManifestNotice } from '../domain/manifest/manifest';
import {
  CLOSES,
  documentOf,
  EVENING,
  FOLDER,
  join,
  KEY,
  make,
  MANIFEST,
  newWorld,
  run,
  type World,
} from '../test/support/form-world';
import { keepScan } from './keep-scan';
import { hasScan, isOnScannedForm } from './manifest-documents';
import { tellMembers } from './tell-members';

let world: World;
beforeEach(() => {
  world = newWorld();
});

describe('telling', () => {
  const notices = (): unknown[] =>
    world.signals.map(({ workflowId, payload }) => [
      workflowId,
      (payload as ManifestNotice).what,
      (payload as ManifestNotice).form,
    ]);
  const tell = (more: Partial<Parameters<typeof tellMembers>[1]>, info = {}): Promise<unknown> =>
    run(() => tellMembers(world.ports, { ...KEY, shopId: '7', at: CLOSES, what: 'formed', ...more }), info);

  it('tells those on the form, and those who were left out', async () => {
    for (const orderId of ['1', '2']) await join(world, orderId);
    world.badLabels.add('s2');
    await make(world);
    await tell({});
    expect(notices()).toEqual([
      ['order:7:1', 'formed', 'sf_1'],
      ['order:7:2', 'leftOff', undefined],
    ]);
    await tell({ what: 'scanned', at: EVENING });
    expect(world.signals.slice(2)).toMatchObject([
      { workflowId: 'order:7:1', payload: { what: 'scanned', at: EVENING, package: '1', manifest: MANIFEST } },
    ]);
  });

  it('tells who was not on the truck that it goes with the next, though there is no form at all', async () => {
    for (const orderId of ['1', '2']) await join(world, orderId);
    world.documents.set(`${FOLDER}/loaded/941`, JSON.stringify({ at: 1 }));
    world.secretlyBad.add('s1');
    const before = new Map(world.documents);
    expect(await make(world)).toMatchObject({ kind: 'refused' });
    await tell({ what: 'leftOff' });
    const both = [
      ['order:7:1', 'leftOff', undefined],
      ['order:7:2', 'late', undefined],
    ];
    expect(notices()).toEqual(both);

    // One that a person was to make, and nobody brought.
    world.documents.clear();
    for (const [key, text] of before) world.documents.set(key, text);
    world.signals.length = 0;
    await tell({ what: 'leftOff', reason: 'nobody brought it' });
    expect(notices()).toEqual(both);
  });

  it('answers a late joiner by the form: it is on it, or it is late', async () => {
    await join(world, '1');
    await make(world);
    await tell({
      what: 'late',
      to: [
        { orderId: '1', package: '1' },
        { orderId: '9', package: '1' },
      ],
    });
    expect(notices()).toEqual([
      ['order:7:1', 'formed', 'sf_1'],
      ['order:7:9', 'late', undefined],
    ]);
  });

  it('tells everybody why there is no form', async () => {
    await join(world, '1');
    world.faults.push('refused');
    await make(world);
    await tell({ what: 'leftOff' });
    expect(world.signals).toMatchObject([{ payload: { what: 'leftOff', reason: 'the carrier refused it with X' } }]);
  });

  it('goes on where the last attempt was', async () => {
    for (let n = 1; n <= 450; n += 1) await join(world, String(n));
    await make(world);
    const beats: unknown[] = [];
    const environment = new MockActivityEnvironment({ heartbeatDetails: 200 });
    environment.on('heartbeat', (details) => beats.push(details));
    await environment.run(() => tellMembers(world.ports, { ...KEY, shopId: '7', at: CLOSES, what: 'formed' }));
    expect([world.signals.length, beats]).toEqual([250, [400, 600]]);
  });
});

describe('a report of the scan', () => {
  const scan = { actor: 'Ada', scannedAt: EVENING, proofs: [], reportedAt: EVENING, formId: 'sf_1' };
  const keep = (more: Partial<Parameters<typeof keepScan>[1]['scan']> = {}): Promise<unknown> =>
    keepScan(world.ports, { ...KEY, scan: { ...scan, ...more } });

  it('is a document of its own, once', async () => {
    for (const actor of ['Ada', 'Bob', 'Ada', 'Cy', 'Bob']) await keep({ actor });
    expect(documentOf(world, 'scan')).toEqual(scan);
    expect(documentOf(world, 'scan-2')).toEqual({ ...scan, actor: 'Bob' });
    expect(documentOf(world, 'scan-3')).toEqual({ ...scan, actor: 'Cy' });
    expect(documentOf(world, 'scan-4')).toBeNull();
  });

  it('is kept with the words that were kept before it', async () => {
    const [placeHash, noteHash, lost] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)];
    world.documents.set(`${FOLDER}/notes/${placeHash}`, JSON.stringify({ text: 'Dock 3' }));
    world.documents.set(`${FOLDER}/notes/${noteHash}`, JSON.stringify({ text: 'no. 7' }));
    await keep({
      placeHash,
      proofs: [
        { kind: 'receipt', noteHash },
        { kind: 'photo', noteHash: lost },
      ],
    });
    expect(documentOf(world, 'scan')).toEqual({
      ...scan,
      place: 'Dock 3',
      placeHash,
      proofs: [
        { kind: 'receipt', note: 'no. 7', noteHash },
        { kind: 'photo', noteHash: lost },
      ],
    });
  });

  it('keeps which files prove it, and which form it is of', async () => {
    const file = 'd'.repeat(64);
    await keep({ form: 'sf_2', proofs: [{ kind: 'stampedForm', file }] });
    expect(documentOf(world, 'scan')).toMatchObject({ form: 'sf_2', proofs: [{ kind: 'stampedForm', file }] });
    expect(await hasScan(world.ports, FOLDER)).toBe(true);
    expect([await hasScan(world.ports, FOLDER, 'sf_2'), await hasScan(world.ports, FOLDER, 'sf_1')]).toEqual([
      true,
      false,
    ]);
    await keep({ actor: 'Bob' });
    expect(await hasScan(world.ports, FOLDER, 'sf_1')).toBe(true);
  });

  it('counts for a parcel on any form of any round, and for no other', async () => {
    world.provider.most = 1;
    await join(world, '1');
    await join(world, '2');
    await make(world);
    await join(world, '3');
    await keep({ form: 'sf_2' });
    const isOn = (orderId: string): Promise<boolean> =>
      isOnScannedForm(world.ports, KEY, { parcel: { orderId, package: '1' }, trackingNumber: `94${orderId}` });
    expect([await isOn('1'), await isOn('2'), await isOn('3')]).toEqual([false, true, false]);
  });
});
