import { PDFDocument } from '@cantoo/pdf-lib';
import { sha256Of, verifyPack } from '../contracts/pack';
import { AdapterError } from '../contracts/adapter-error';
import { CASE, caseOf, claim, gather, numberOf, orderIdOf, packIn } from './pack-test-support';
import { FOLDER, HOUR_MS, PHOTO, SCANNED, type PackWorld } from './pack-test-world';

describe('a pack', () => {
  it('is complete with form, file and stamp; each hash in it is that of the store; nothing personal is in it', async () => {
    const world = caseOf(2);
    const answer = await gather(world);
    expect(answer).toMatchObject({ kind: 'gathered', complete: true, missing: [], scannedAt: SCANNED });
    expect(answer).toMatchObject({ responsibility: 'carrier', key: `appeals/7/${CASE}/pack-1` });
    const check = await verifyPack(world.ports.documents, `appeals/7/${CASE}/pack-1`);
    expect(check).toMatchObject({ changed: [], sha256: (answer as { sha256: string }).sha256 });
    expect(
      packIn(world)
        .pieces.map(({ name }) => name)
        .sort(),
    ).toEqual(['bought', 'bought', 'evidence', 'evidenceRecord', 'form', 'formFile', 'label', 'label', 'scan'].sort());
    expect(JSON.stringify(packIn(world))).not.toMatch(/Swan|555-0142|ada/);
  });

  it('has each order with its deadlines, its label, the carrier’s own events and whose fault it is', async () => {
    const world = caseOf(1);
    await gather(world);
    const [order] = packIn(world).orders;
    expect(order).toMatchObject({
      ...{ orderId: orderIdOf(0), trackingNumber: numberOf(0), form: '9475700000000001', silentHours: 60 },
      policy: { set: 'us-2026-06', version: '1' },
      limit: { deadline: 'autoCancelUncollected' },
      label: { carrier: 'USPS', service: 'Ground', account: 'easypost' },
      ...{ readFrom: 'order', eventsFrom: 'carrier', events: [{ meaning: 'labelCreated', code: 'GX' }] },
      platform: { status: 'awaitingCollection' },
      responsibility: { party: 'carrier', reason: 'scannedThenSilent' },
    });
    expect(order?.deadlines[0]).toMatchObject({ name: 'shipBy', rule: 'dispatch', platformAt: null });
    expect(order?.timeline).not.toContainEqual(expect.objectContaining({ sentence: expect.anything() as string }));
  });

  it.each<[string, (world: PackWorld) => void, string[]]>([
    [
      'a stamp without a file',
      (world) => world.put(`${FOLDER}/scan`, world.scan([{ kind: 'stampedForm' }])),
      ['proof'],
    ],
    [
      'a receipt alone',
      (world) => world.put(`${FOLDER}/scan`, world.scan([{ kind: 'receipt', file: PHOTO.sha256 }])),
      ['proof'],
    ],
    ['no report', (world) => world.documents.delete(`${FOLDER}/scan`), ['scan', 'proof']],
    ['no form', (world) => world.documents.delete(`${FOLDER}/form`), ['form']],
    ['a form without the parcel', (world) => world.put(`${FOLDER}/form`, world.form([])), ['parcelOnForm']],
  ])('is weak with %s', async (_what, change, missing) => {
    const world = caseOf(1);
    change(world);
    expect(await gather(world)).toMatchObject({ complete: false, missing });
  });

  it('is complete with a stamped form where the form itself has no file', async () => {
    const world = caseOf(1);
    world.put(`${FOLDER}/form`, {
      ...world.form([{ orderId: orderIdOf(0), trackingNumber: numberOf(0) }]),
      sha256: '',
    });
    expect(await gather(world)).toMatchObject({ complete: true, missing: [] });
  });

  it('is weak with a stamped receipt where the form has no file', async () => {
    const world = caseOf(1);
    const members = [{ orderId: orderIdOf(0), trackingNumber: numberOf(0) }];
    world.put(`${FOLDER}/form`, { ...world.form(members), sha256: '' });
    world.put(`${FOLDER}/scan`, world.scan([{ kind: 'stampedReceipt', file: PHOTO.sha256 }]));
    expect(await gather(world)).toMatchObject({ complete: false, missing: ['formFile'] });
  });

  it('says honestly that it is the seller’s fault where nothing shows a scan', async () => {
    const world = caseOf(1);
    world.documents.delete(`${FOLDER}/scan`);
    world.documents.delete(`${FOLDER}/form`);
    expect(await gather(world)).toMatchObject({ responsibility: 'seller' });
    expect(packIn(world).responsibility).toMatchObject({ reason: 'neverShown', since: '2026-01-23' });
    expect(packIn(world).statement).not.toMatch(/carrier’s hands|delay is the carrier/);
  });

  it('lists whom the claim names and nobody else', async () => {
    const world = caseOf(3);
    claim(world, [0, 2]);
    await gather(world);
    const pack = packIn(world);
    expect(pack.orders.map(({ orderId }) => orderId)).toEqual([orderIdOf(0), orderIdOf(2)]);
    expect(pack).toMatchObject({ isClaim: true, parcels: 2, forms: [{ parcels: 3, ours: 2 }] });
    expect(pack.statement).toMatch(/2 orders in 2 parcels were sent with USPS/);
    expect(pack.pieces.filter(({ name }) => name === 'claim')).toHaveLength(1);
  });

  it('reads an order that Temporal has forgotten from its dossier, and its events from what it was told', async () => {
    const world = caseOf(1);
    world.forgotten.add(orderIdOf(0));
    world.isCarrierDown = true;
    expect(await gather(world)).toMatchObject({ missing: ['order'] });
    world.put(`orders/7/${orderIdOf(0)}/dossier`, {
      policy: ['us-2026-06', '1', '2026a'],
      deadlines: [['shipBy', SCANNED + HOUR_MS, false, null]],
      packages: [{ key: '1', label: { trackingNumber: numberOf(0), carrier: 'USPS' } }],
      timeline: [
        [SCANNED - 1, 'carrier.labelCreated'],
        [SCANNED, 'person.markPacked', 'ada'],
      ],
    });
    expect(await gather(world, { pack: '2' })).toMatchObject({ missing: [] });
    const [order] = packIn(world, 2).orders;
    expect(order).toMatchObject({ readFrom: 'dossier', eventsFrom: 'order', events: [{ meaning: 'labelCreated' }] });
    expect(order?.deadlines).toMatchObject([{ name: 'shipBy', met: false }]);
    expect(JSON.stringify(order)).not.toMatch(/ada/);
  });

  it('does not wait for ever for a platform that is down', async () => {
    const world = caseOf(1);
    world.platformFails = new AdapterError('retryLater', { provider: 'TikTok Shop', call: 'readOrders', code: 'x' });
    await expect(gather(world)).rejects.toThrow('TikTok Shop');
    expect(await gather(world, { attempt: 5 })).toMatchObject({ complete: true, missing: ['platformReading'] });
  });

  it('is written once, and its pages are made from it again, byte by byte, after a crash between the two', async () => {
    const world = caseOf(2);
    const first = await gather(world);
    const pages = world.files.get(`appeals/7/${CASE}/pack-1.pdf`);
    world.files.delete(`appeals/7/${CASE}/pack-1.pdf`);
    world.documents.delete(`${FOLDER}/scan-2`);
    expect(await gather(world)).toEqual(first);
    expect(world.files.get(`appeals/7/${CASE}/pack-1.pdf`)).toEqual(pages);
    expect((first as { pdf: { sha256: string } }).pdf.sha256).toBe(await sha256Of(pages ?? ''));
  });

  it('holds 100 orders', async () => {
    const world = caseOf(120);
    claim(
      world,
      Array.from({ length: 100 }, (_, index) => index),
    );
    expect(await gather(world)).toMatchObject({ complete: true, missing: [] });
    expect(packIn(world).orders).toHaveLength(100);
    const pdf = await PDFDocument.load(world.files.get(`appeals/7/${CASE}/pack-1.pdf`) ?? new Uint8Array());
    expect(pdf.getPageCount()).toBeGreaterThan(20);
    expect(world.carrierCalls).toBe(1);
  });
});
