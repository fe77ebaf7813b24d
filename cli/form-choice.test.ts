import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { defaultShopId } from '../engine/sandbox-shop';
import { paperName } from './form-file';
import { ID, LISTED, manifest, P, say } from './form-test-support';

let folder: string;
let pdf: Uint8Array;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-choice-'));
  const document = await PDFDocument.create();
  document.addPage();
  pdf = await document.save();
});
afterEach(() => rm(folder, { recursive: true }));

const listOf = (data: object[]): Record<string, unknown> => ({
  [`GET /v1/manifests?shop=${defaultShopId}&limit=1000`]: { data },
});
const old = { manifest: ID.replace('23', '20'), phase: 'scanned' };

describe('a part of an id', () => {
  it('that several have means the only open one where one is closed', async () => {
    const answers = { ...listOf([old, { manifest: ID, phase: 'open' }]), [`POST ${P}/close`]: {} };
    const said = await say(['form', 'close', 'easypost', '--no-wait'], answers);
    expect([said.failure, said.err]).toEqual([undefined, [`Closed: ${ID}`]]);
  });

  it('that several have is refused with what became of each', async () => {
    const answers = listOf([old, { manifest: ID, phase: 'open' }]);
    expect((await say(['form', 'parcels', 'easypost'], answers)).failure).toBe(
      `easypost is part of several manifests (${old.manifest}, scanned; ${ID}, open); give a longer part.`,
    );
  });
});

describe('the folder of a form', () => {
  it('is made before anything is closed', async () => {
    const answers = { ...LISTED, [`POST ${P}/close`]: {}, [`GET ${P}/form.pdf`]: pdf, [`GET ${P}/sheet`]: pdf };
    const formed = { phase: 'formed', forms: [{ formId: 'sf_1', number: '9475', members: 3, sha256: 'a' }] };
    const out = join(folder, 'of', 'today');
    const said = await say(['form', 'close', ID, '--out', out], { ...answers, [`GET ${P}`]: manifest(formed) });
    expect(said.failure).toBeUndefined();
    expect(await readdir(out)).toEqual([paperName(ID)]);
    await writeFile(join(folder, 'file'), '');
    const none = await say(['form', 'close', ID, '--out', join(folder, 'file', 'in')], answers);
    expect(none.failure).toMatch(/cannot be written/);
    expect(none.asked.some(({ call }) => call.startsWith('POST'))).toBe(false);
  });

  it('and its name need not be said to print it', async () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      const said = await say(['form', 'print', ID], { ...LISTED, [`GET ${P}/form.pdf`]: pdf, [`GET ${P}/sheet`]: pdf });
      expect(said.out).toEqual([`Written: ${paperName(ID)}`]);
      expect(await readdir(folder)).toEqual([paperName(ID)]);
    } finally {
      process.chdir(before);
    }
  });
});
