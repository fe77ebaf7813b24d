import { evidenceFileKey, evidenceRecordKey, type EvidenceKind } from '../contracts/evidence';
import { verifyPack } from '../contracts/pack';
import { caseMemberKey } from '../workflows/messages-appeal';
import { CASE, caseOf, claim, file, gather, openingOf, orderIdOf, packIn, packNamed } from './pack-test-support';
import { AT, FOLDER, FORM_FILE, HOUR_MS, PHOTO, SCANNED, type PackWorld } from './pack-test-world';

const moved = (world: PackWorld, index: number, at: number): void =>
  world.put(caseMemberKey({ shopId: '7', caseKey: CASE }, { orderId: orderIdOf(index), package: '1' }, 'moved'), {
    at,
  });

/** A file that is brought to the case itself. */
function bring(world: PackWorld, kind?: EvidenceKind): void {
  const folder = `appeals/7/${CASE}`;
  const record = { sha256: PHOTO.sha256, type: 'png' as const, bytes: PHOTO.bytes.length, via: 'api' };
  const receivedAt = '2026-11-23T08:00:00.000Z';
  world.put(evidenceRecordKey(folder, PHOTO.sha256), {
    ...{ ...record, receivedAt },
    ...(kind === undefined ? {} : { kind }),
  });
  world.files.set(evidenceFileKey(folder, record), PHOTO.bytes);
}

describe('a byte that was changed', () => {
  it('in a photo is found when it is gathered: the piece is named, left out, and proves nothing', async () => {
    const world = caseOf(1);
    world.files.set(PHOTO.key, Uint8Array.from([...PHOTO.bytes.subarray(0, -1), 0]));
    expect(await gather(world)).toMatchObject({ complete: false, missing: ['proof', 'tampered'] });
    expect(packIn(world)).toMatchObject({ files: [], tampered: [{ name: 'evidence', sha256: PHOTO.sha256 }] });
  });

  it('in the form’s file, too', async () => {
    const world = caseOf(1);
    world.files.set(`${FOLDER}/form.pdf`, Uint8Array.from([...FORM_FILE, 0]));
    world.put(`${FOLDER}/scan`, world.scan([{ kind: 'signature', file: PHOTO.sha256 }]));
    expect(await gather(world)).toMatchObject({ complete: false, missing: ['formFile', 'tampered'] });
  });

  it('in a report is found by the pack before', async () => {
    const world = caseOf(1);
    await gather(world);
    world.put(`${FOLDER}/scan`, {
      ...world.scan([{ kind: 'stampedForm', file: PHOTO.sha256 }]),
      scannedAt: SCANNED - 1,
    });
    expect(await gather(world, { pack: '2' })).toMatchObject({
      complete: false,
      missing: ['scan', 'proof', 'tampered'],
    });
    expect(packIn(world, 2).reports).toEqual([]);
    expect(packIn(world, 2).pieces.map(({ name }) => name)).not.toContain('scan');
    expect(await verifyPack(world.ports.documents, `appeals/7/${CASE}/pack-1`)).toMatchObject({
      changed: [{ name: 'scan', key: `${FOLDER}/scan` }],
    });
  });

  it.each([
    ['opening', '1'],
    ['1', '1-2'],
    ['1', '2'],
    ['opening', '1-3'],
  ])('in a report is found by pack %s when pack %s is gathered', async (before, pack) => {
    const world = caseOf(1);
    await gather(world, { pack: before });
    world.put(`${FOLDER}/scan`, { ...world.scan([{ kind: 'stampedForm', file: PHOTO.sha256 }]), place: 'elsewhere' });
    expect(await gather(world, { pack })).toMatchObject({ complete: false });
    expect(packNamed(world, pack)).toMatchObject({ reports: [], tampered: [{ name: 'scan' }] });
  });

  it('is never taken for what it was, in whatever pack it is gathered again', async () => {
    const world = caseOf(1);
    await gather(world);
    world.put(`${FOLDER}/form`, { ...world.form([]), number: '9475799999999999' });
    await gather(world, { pack: '1-2' });
    expect(await gather(world, { pack: '1-3' })).toMatchObject({ complete: false });
    expect(packNamed(world, '1-3')).toMatchObject({ forms: [], tampered: [{ name: 'form' }] });
  });

  it('after it was gathered keeps it from being filed', async () => {
    const world = caseOf(1);
    await gather(world);
    world.files.delete(`${FOLDER}/form.pdf`);
    expect(await file(world)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/SCAN Form, file/) as string,
    });
    expect(world.filings).toEqual([]);
  });

  it('in the pages keeps them from being filed', async () => {
    const world = caseOf(1);
    const { pdf } = (await gather(world)) as { pdf: { key: string; sha256: string } };
    world.files.set(pdf.key, Uint8Array.from([1, 2, 3]));
    expect(await file(world, { pdf })).toMatchObject({ kind: 'refused' });
  });
});

describe('filing a pack', () => {
  it('names all orders, says what happened in plain English, and sends the pages', async () => {
    const world = caseOf(3);
    claim(world, [0, 1, 2]);
    const { pdf } = (await gather(world)) as { pdf: { key: string; sha256: string } };
    expect(await file(world, { pdf })).toMatchObject({ kind: 'filed', caseNumber: 'c1' });
    const [filing] = world.filings;
    expect(filing).toMatchObject({
      ...{ reference: `7:${CASE}:1`, orderId: orderIdOf(0) },
      orderIds: [orderIdOf(0), orderIdOf(1), orderIdOf(2)],
      pack: world.files.get(pdf.key),
    });
    expect(filing?.statement).toMatch(
      /SCAN Form 9475700000000001, which was scanned on 2026-11-20 20:00 UTC[^]*any of them for 60 hours or more[^]*carrier’s hands/,
    );
  });

  it('does not go out with a parcel of which it was heard since that it had moved in time', async () => {
    const world = caseOf(2);
    claim(world, [0, 1]);
    await gather(world);
    moved(world, 1, AT - 2 * HOUR_MS);
    expect(await file(world)).toEqual({ kind: 'claimChanged' });
    expect(world.filings).toEqual([]);
  });

  it('goes out with one that moved only after its limit', async () => {
    const world = caseOf(2);
    claim(world, [0, 1]);
    await gather(world);
    moved(world, 1, AT - HOUR_MS);
    expect(await file(world)).toMatchObject({ kind: 'filed' });
  });

  it('does not go out where nobody is claimed any more', async () => {
    const world = caseOf(1);
    claim(world, [0]);
    moved(world, 0, AT - 2 * HOUR_MS);
    await gather(world);
    expect(await file(world)).toEqual({ kind: 'claimChanged' });
  });

  it('names no orders beside the one of a case of one', async () => {
    const world = caseOf(1);
    await gather(world);
    await file(world);
    expect(world.filings[0]).toMatchObject({ orderId: orderIdOf(0) });
    expect(world.filings[0]).not.toHaveProperty('orderIds');
    expect(world.filings[0]?.statement).toMatch(/Order \d+ was sent with USPS under tracking number 9400/);
  });
});

describe('a parcel that is on no form', () => {
  const opening = { ...openingOf(0), manifest: '', formId: '', stalledAt: SCANNED + 72 * HOUR_MS };
  const events = [{ at: SCANNED + HOUR_MS, meaning: 'accepted', code: 'AF' }];

  it('is shown by the carrier’s own scan where it was cancelled after it', async () => {
    const world = caseOf(0);
    world.events = events;
    const cancelled = { ...opening, cause: 'cancelled' as const };
    await gather(world, { opening: cancelled });
    expect(packIn(world)).toMatchObject({
      ...{ cause: 'cancelled', forms: [], scannedAt: expect.any(String) as string, scanBy: 'carrier' },
      responsibility: { party: 'carrier', reason: 'cancelledAfterHandover' },
    });
    expect(packIn(world).missing).not.toContain('proof');
  });

  it('has nothing to show without one, and then a proof that is brought to the case shows it', async () => {
    const world = caseOf(0);
    const cancelled = { ...opening, cause: 'cancelled' as const };
    expect(await gather(world, { opening: cancelled })).toMatchObject({ complete: false });
    bring(world, 'proofOfPickup');
    expect(await gather(world, { opening: cancelled, pack: '2' })).toMatchObject({ complete: true });
  });

  it.each([undefined, 'photo', 'receipt'] as const)('is not shown by a file that is %s', async (kind) => {
    const world = caseOf(0);
    bring(world, kind);
    const cancelled = { ...opening, cause: 'cancelled' as const };
    expect(await gather(world, { opening: cancelled })).toMatchObject({ complete: false, missing: ['proof', 'label'] });
  });

  it('is nobody’s for sure where the carrier did not come: the booking is asked for', async () => {
    const world = caseOf(0);
    const opened = { ...opening, cause: 'notCollected' as const };
    expect(await gather(world, { opening: opened })).toMatchObject({ complete: false, responsibility: 'unclear' });
    expect(packIn(world).missing).toContain('pickup');
    const window = { from: SCANNED, until: SCANNED + HOUR_MS };
    const booked = {
      status: 'booked',
      attempt: 1,
      id: 'p1',
      confirmation: 'WTC1',
      parcels: 1,
      bookedAt: SCANNED,
      window,
    };
    world.put('pickups/7/easypost/main/2026-11-20', { ...booked, history: [] });
    world.put('labels/by-tracking/940000000000', { shopId: '7', orderId: '1', package: '1', attempt: 1 });
    world.put('labels/7/1/1-1-bought', { carrier: 'USPS', account: 'easypost' });
    await gather(world, { opening: opened, pack: '2' });
    expect(packIn(world, 2)).toMatchObject({ pickups: [{ confirmation: 'WTC1' }] });
    expect(packIn(world, 2).missing).not.toContain('pickup');
    world.warehouses = { '7001': { id: 'east' } };
    world.put('pickups/7/easypost/east/2026-11-20', { ...booked, confirmation: 'WTC2', history: [] });
    await gather(world, { opening: opened, pack: '3' });
    expect(packIn(world, 3).pickups.map(({ confirmation }) => confirmation)).toEqual(['WTC1', 'WTC2']);
  });
});

it('counts a paper that was brought to the case of a form for what it shows', async () => {
  const world = caseOf(1);
  world.put(`${FOLDER}/scan`, world.scan([]));
  expect(await gather(world)).toMatchObject({ complete: false, missing: ['proof'] });
  bring(world, 'stampedReceipt');
  expect(await gather(world, { pack: '1-2' })).toMatchObject({ complete: true, missing: [] });
});
