import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import { evidenceFileKey, evidenceRecordKey } from '../contracts/evidence';
import { verifyPack } from '../contracts/pack';
import { packWords } from '../words/pack';
import { caseMemberKey } from '../workflows/messages-appeal';
import { CASE, caseOf, file, gather, orderIdOf, packIn } from './pack-test-support';
import { FOLDER, FORM_FILE, HOUR_MS, PHOTO, SCANNED, type PackWorld } from './pack-test-world';

/** What somebody changes in the store, or puts there, between a person's word and the filing. */

const CASE_FOLDER = `appeals/7/${CASE}`;
const PACK = `${CASE_FOLDER}/pack-1`;
const STAMP = [{ kind: 'stampedForm', file: PHOTO.sha256 }];

function keep(world: PackWorld, folder: string, bytes: Uint8Array): string {
  const type = bytes === FORM_FILE ? 'pdf' : 'png';
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const receivedAt = '2026-11-21T08:00:00.000Z';
  const record = { sha256, type, bytes: bytes.length, receivedAt, via: 'api' };
  world.put(evidenceRecordKey(folder, sha256), record);
  world.files.set(evidenceFileKey(folder, { sha256, type }), bytes);
  return sha256;
}

describe('the pack itself', () => {
  const forge = (world: PackWorld): void =>
    world.put(PACK, { ...packIn(world), scannedAt: new Date(SCANNED - HOUR_MS).toISOString() });

  it('goes to nobody once it is not what the case remembers', async () => {
    const world = caseOf(1);
    const { sha256 } = (await gather(world)) as { sha256: string };
    forge(world);
    expect(await file(world, { sha256 })).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/The evidence itself/) as string,
    });
    expect(world.filings).toEqual([]);
  });

  it('is filed as it was gathered', async () => {
    const world = caseOf(1);
    const { sha256 } = (await gather(world)) as { sha256: string };
    expect(await file(world, { sha256 })).toMatchObject({ kind: 'filed' });
  });

  it('is not called intact where it lists what was changed before', async () => {
    const world = caseOf(1);
    world.files.set(PHOTO.key, Uint8Array.from([1]));
    await gather(world);
    expect(await verifyPack(world.ports.documents, PACK)).toMatchObject({ changed: [{ key: PHOTO.key }] });
  });
});

describe('a report of the scan', () => {
  it.each([
    [-HOUR_MS - 60_000, false],
    [-HOUR_MS - 59_000, true],
  ])('that is %i ms from the scan, made an hour before it, is believed: %s', async (shiftMs, isBelieved) => {
    const world = caseOf(1);
    world.put(`${FOLDER}/scan`, { ...world.scan(STAMP), scannedAt: SCANNED + shiftMs });
    expect(await gather(world)).toMatchObject({
      complete: isBelieved,
      missing: isBelieved ? [] : ['scan', 'proof'],
      scannedAt: isBelieved ? SCANNED + shiftMs : SCANNED,
    });
    expect(packIn(world).reports).toHaveLength(isBelieved ? 1 : 0);
  });

  it('leaves doubt beside another that can be so', async () => {
    const world = caseOf(1);
    world.put(`${FOLDER}/scan-2`, { ...world.scan(STAMP), scannedAt: SCANNED - 2 * HOUR_MS });
    expect(await gather(world)).toMatchObject({ complete: false, missing: ['scan'], scannedAt: SCANNED });
  });

  it('names a file that is gone with its record: the piece is lost, not only missing', async () => {
    const world = caseOf(1);
    world.documents.delete(evidenceRecordKey(FOLDER, PHOTO.sha256));
    world.files.delete(PHOTO.key);
    expect(await gather(world)).toMatchObject({ complete: false, missing: ['proof', 'tampered'] });
    expect(packIn(world).tampered).toMatchObject([{ name: 'evidence', sha256: PHOTO.sha256, found: null }]);
  });

  it('brings in its own files, and no other that was kept with its manifest', async () => {
    const world = caseOf(1);
    keep(world, FOLDER, Uint8Array.from([1, 2, 3]));
    const own = keep(world, CASE_FOLDER, Uint8Array.from([4, 5, 6]));
    await gather(world);
    expect(packIn(world).files.map(({ sha256 }) => sha256)).toEqual([PHOTO.sha256, own]);
  });
});

describe('what was changed and is brought to the case as it had been', () => {
  it('is evidence again, a photo', async () => {
    const world = caseOf(1);
    await gather(world);
    world.files.set(PHOTO.key, Uint8Array.from([1]));
    expect(await gather(world, { pack: '2' })).toMatchObject({ missing: ['proof', 'tampered'] });
    keep(world, CASE_FOLDER, PHOTO.bytes);
    expect(await gather(world, { pack: '3' })).toMatchObject({ complete: true, missing: [] });
    expect(packIn(world, 3)).toMatchObject({ tampered: [], files: [{ kinds: ['stampedForm'] }] });
  });

  it('and the form’s own file', async () => {
    const world = caseOf(1);
    await gather(world);
    world.files.set(`${FOLDER}/form.pdf`, Uint8Array.from([1]));
    const sha256 = keep(world, CASE_FOLDER, FORM_FILE);
    expect(await gather(world, { pack: '2' })).toMatchObject({ complete: true, missing: [] });
    const key = evidenceFileKey(CASE_FOLDER, { sha256, type: 'pdf' });
    expect(packIn(world, 2)).toMatchObject({ tampered: [], forms: [{ key, sha256 }] });
  });
});

describe('a pack that is gathered before any limit broke', () => {
  it('says that it is a draft, and claims nothing', async () => {
    const world = caseOf(1);
    const member = { orderId: orderIdOf(0), package: '1' };
    world.documents.delete(caseMemberKey({ shopId: '7', caseKey: CASE }, member, 'limitBroken'));
    await gather(world);
    expect(packIn(world).statement).toBe(packWords.draft);
    const cover = await textOf(world.files.get(`${PACK}.pdf`));
    expect(cover).toContain(packWords.draft);
    expect(cover).not.toContain(packWords.asked);
  });

  it('is none any more once one broke', async () => {
    const world = caseOf(1);
    await gather(world);
    const cover = await textOf(world.files.get(`${PACK}.pdf`));
    expect(cover).not.toContain(packWords.draft);
    expect(cover).toContain(packWords.asked);
  });
});

/** All that is written on the pages. */
async function textOf(pages: Uint8Array = new Uint8Array()): Promise<string> {
  const document = await PDFDocument.load(pages);
  const streams = document.context.enumerateIndirectObjects().flatMap(([, found]) => {
    if (!(found instanceof PDFRawStream)) return [];
    try {
      return [inflateSync(found.contents).toString('latin1')];
    } catch {
      return [];
    }
  });
  const shown = [...streams.join('\n').matchAll(/<([0-9A-Fa-f]+)> Tj/g)];
  return shown.map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join('\n');
}
