import { PDFDocument } from '@cantoo/pdf-lib';
import { packPages, type PackPaper, type PaperFile } from './evidence-pack';
import type { PaperOrder } from './pack-orders';
import { turnOf } from './pack-photo';

const AT = '2026-11-23T08:00:00.000Z';
const party = {
  party: 'carrier',
  rule: 'a rule',
  source: 'a source',
  since: '2026-01-23',
  reason: 'scannedThenSilent',
};

const orderOf = (index: number): PaperOrder => ({
  ...{ orderId: `5764614130387857${index}`, package: '1', trackingNumber: `9400${index}` },
  ...{ limit: { deadline: 'shipBy', at: AT }, silentHours: 50, form: '9475', policy: { set: 'seed', version: '1' } },
  deadlines: [{ name: 'shipBy', dueAt: AT, platformAt: null, rule: 'S1, 72 h', met: false, metAt: null }],
  label: { carrier: 'USPS', service: 'Ground', account: null, boughtAt: AT },
  ...{ eventsFrom: 'carrier', events: Array.from({ length: 30 }, () => ({ at: AT, meaning: 'accepted', code: 'OA' })) },
  platform: { status: 'awaitingCollection', statusAt: AT, cancelledBy: null },
  responsibility: party,
});

const packOf = (orders: number, more: Partial<PackPaper> = {}): PackPaper => ({
  ...{ shopId: '7', caseKey: 'form-9475-1', gatheredAt: AT, cause: 'stalled', carrier: 'USPS', movedAt: null },
  ...{ scannedAt: AT, scanBy: 'papers', complete: true, missing: [], isClaim: true, parcels: orders },
  orders: Array.from({ length: orders }, (_, index) => orderOf(index)),
  forms: [{ formId: 'sf', number: '9475', madeAt: AT, parcels: orders, ours: orders }],
  reports: [{ scannedAt: AT, reportedAt: AT, place: '前台', note: null, proofs: [] }],
  ...{ pickups: [], responsibility: party, statement: 'What happened.\nWhat is asked.' },
  ...{ pieces: [{ name: 'form', about: '9475', sha256: 'a'.repeat(64) }], tampered: [] },
  ...more,
});

const pagesOf = async (pack: PackPaper, files: PaperFile[] = []): Promise<number> =>
  (await PDFDocument.load(await packPages(pack, files))).getPageCount();

async function pdfOf(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let page = 1; page <= pages; page += 1) document.addPage();
  return document.save();
}

const file = (more: Partial<PaperFile>): PaperFile => ({ title: 'x', type: 'pdf', sha256: 'b'.repeat(64), ...more });

describe('the evidence on paper', () => {
  it('is the same file for the same pack, byte by byte', async () => {
    const first = await packPages(packOf(3), []);
    jest.useFakeTimers({ now: Date.UTC(2031, 0, 1), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      expect(Buffer.from(await packPages(packOf(3), [])).equals(Buffer.from(first))).toBe(true);
    } finally {
      jest.useRealTimers();
    }
  });

  it('has one order on few pages, and leaves none of many out', async () => {
    expect(await pagesOf(packOf(1))).toBeLessThanOrEqual(3);
    const [some, more] = [await pagesOf(packOf(20)), await pagesOf(packOf(40))];
    expect(more).toBeGreaterThan(some + 8);
  });

  it('takes in the pages of papers, and gives each file a page that says what it is', async () => {
    const bare = await pagesOf(packOf(1));
    expect(await pagesOf(packOf(1), [file({ bytes: await pdfOf(2) })])).toBe(bare + 3);
    const others = [
      file({ type: 'heic', bytes: Uint8Array.from([1]) }),
      file({ type: 'jpeg', bytes: Uint8Array.from([1, 2, 3]) }),
      file({ bytes: Uint8Array.from([1, 2, 3]) }),
      file({ why: 'tooLarge' }),
    ];
    expect(await pagesOf(packOf(1), others)).toBe(bare + 4);
  });
});

describe('a photo', () => {
  const jpeg = (orientation: number, marker = 0xe1): Uint8Array => {
    const exif = Buffer.from('45786966000049492a00080000000100120103000100000000000000', 'hex');
    exif.writeUInt16LE(orientation, exif.length - 4);
    const head = Buffer.from([0xff, 0xd8, 0xff, marker, 0, exif.length + 2]);
    return Buffer.concat([head, exif, Buffer.from([0xff, 0xda])]);
  };

  it.each([
    [1, 0],
    [3, 180],
    [6, 90],
    [8, 270],
    [2, 0],
  ])('that was held like %i is turned by %i degrees', (orientation, turn) => {
    expect(turnOf(jpeg(orientation))).toBe(turn);
  });

  it('that says nothing of it is not turned', () => {
    expect(turnOf(jpeg(6, 0xe0))).toBe(0);
    expect(turnOf(jpeg(6).subarray(0, 24))).toBe(0);
    expect(turnOf(Uint8Array.from([1]))).toBe(0);
  });
});
