import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { defaultShopId } from '../engine/sandbox-shop';
import { qrLines } from './form-link';
import { numbersIn } from './form-load';
import { dayOf, ID, LISTED, manifest, P, say, type Said } from './form-test-support';

let folder: string;
let pdf: Uint8Array;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-form-'));
  const document = await PDFDocument.create();
  document.addPage();
  pdf = await document.save();
});
afterEach(() => rm(folder, { recursive: true }));

const calls = ({ asked }: Said): string[] => asked.map(({ call }) => call);

const formed = { phase: 'formed', forms: [{ formId: 'sf_1', number: '9475', members: 3, sha256: 'a' }] };

describe('shipclock form', () => {
  it('today shows each manifest, and each parcel that is on none with why', async () => {
    const orphans = [
      { orderId: '1', trackingNumber: '9400', why: 'notPacked' },
      { orderId: '2', trackingNumber: '9401', why: 'leftOff', reason: 'label not paid' },
    ];
    const { out } = await say(['form', 'today'], dayOf([manifest()], orphans));
    expect(out[0]).toBe(`Forms of shop ${defaultShopId}, 2026-11-23`);
    expect(out[2]).toMatch(/^manifest:easypost-\d+:la:2026-11-23 +open +2026-11-24 04:00 +1 h 30 min +3 +1 +0 +2 +-$/);
    expect(out.slice(4)).toEqual([
      'On no form: 2 parcels',
      '  1  9400  not packed yet',
      '  2  9401  left off: label not paid',
    ]);
    expect((await say(['form', 'today'], dayOf([]))).out.at(-1)).toMatch(/^Every labelled parcel/);
  });

  it('close --today closes what is open today, waits, and saves form and sheet as one file', async () => {
    const tomorrow = manifest({ manifest: ID.replace('23', '24'), date: '2026-11-24' });
    const done = manifest({ manifest: `${ID}:2`, ...formed });
    const said = await say(['form', 'close', '--today', '--out', folder], {
      ...dayOf([manifest(), done, tomorrow]),
      [`POST ${P}/close`]: { accepted: true },
      [`GET ${P}`]: [manifest({ phase: 'closing' }), manifest({ ...formed, leftOff: 1 })],
      [`GET ${P}/form.pdf`]: pdf,
      [`GET ${P}/sheet`]: pdf,
    });
    expect(said.failure).toBeUndefined();
    expect(calls(said).filter((call) => call.startsWith('POST'))).toEqual([`POST ${P}/close`]);
    expect(said.err).toEqual([`Closed: ${ID}`, `${ID}: closing`, `${ID}: formed`]);
    const [file = ''] = await readdir(folder);
    expect(file).toBe(`form-easypost-${defaultShopId}-la-2026-11-23.pdf`);
    expect((await PDFDocument.load(await readFile(join(folder, file)))).getPageCount()).toBe(2);
    expect(said.out).toEqual([
      'Form 9475 is made for 3 parcels.',
      '1 parcel left off; see why: npx shipclock form parcels',
      `Written: ${join(folder, file)}`,
    ]);
  });

  it('close --today goes on where one is refused, says which, and fails at the end', async () => {
    const [other, made] = [`${ID}:2`, manifest(formed)];
    const answers = {
      ...dayOf([manifest({ manifest: other }), manifest()]),
      [`POST ${P}/close`]: {},
      [`GET ${P}`]: made,
    };
    const said = await say(['form', 'close', '--today', '--out', folder], {
      ...answers,
      [`GET ${P}/form.pdf`]: pdf,
      [`GET ${P}/sheet`]: pdf,
    });
    expect(said.err.slice(0, 2)).toEqual([`${other} is not closed: No POST ${P}:2/close.`, `Closed: ${ID}`]);
    expect(said.out[0]).toBe('Form 9475 is made for 3 parcels.');
    expect(said.failure).toMatch(/^1 manifest is left/);
    const asJson = await say(['form', 'close', '--today', '--no-wait', '--json'], answers);
    expect(JSON.parse(asJson.out.join(''))).toEqual([
      { manifest: ID },
      { manifest: other, failure: `No POST ${P}:2/close.` },
    ]);
  });

  it('on a day without a mailing names the manifests of the next date, and what to type', async () => {
    const tomorrow = manifest({ manifest: ID.replace('23', '24'), date: '2026-11-24' });
    const id = ID.replace('23', '24');
    const closing = await say(['form', 'close', '--today'], dayOf([tomorrow]));
    expect(closing.err).toEqual([
      `No manifest of today is open; those of the next mailing date are (${id}). To close one now: npx shipclock form close ${id}`,
    ]);
    expect(closing.failure).toBeUndefined();
    expect((await say(['form', 'link'], dayOf([tomorrow]))).failure).toBe(
      `No manifest of today is here; there are those of other mailing dates (${id}). Name one: npx shipclock form link ${id}`,
    );
    expect((await say(['form', 'close', '--today'], dayOf([]))).err).toEqual(['No manifest of today is open.']);
  });

  it('close says that a person makes the form, and fails where none was made', async () => {
    const byHand = manifest({ phase: 'closing', byHand: { url: 'https://seller' } });
    const asked = { ...LISTED, [`POST ${P}/close`]: {}, [`GET ${P}/sheet`]: pdf };
    const hand = await say(['form', 'close', ID, '--out', folder], { ...asked, [`GET ${P}`]: byHand });
    expect(hand.out[0]).toMatch(/made by a person: https:\/\/seller Then: npx shipclock form bring /);
    const refused = manifest({ phase: 'failed', toDo: ['Put it right.'] });
    const failed = await say(['form', 'close', ID], { ...asked, [`GET ${P}`]: refused });
    expect([failed.out, failed.failure]).toEqual([
      [`${ID} has no form: Put it right.`],
      expect.stringMatching(/^1 man/),
    ]);
    const empty = await say(['form', 'close', ID, '--only-loaded', '--no-wait'], asked);
    expect(empty.asked.at(-1)?.body).toBe('{"onlyLoaded":true}');
  });

  it('takes a part of an id that no other has', async () => {
    const answers = { ...LISTED, [`GET ${P}/parcels?limit=1000&cursor=0`]: { data: [], nextCursor: null } };
    expect((await say(['form', 'parcels', '2026-11-23'], answers)).out).toEqual(['No parcels.']);
    expect((await say(['form', 'parcels', 'easypost'], answers)).failure).toMatch(/is part of several manifests/);
    expect((await say(['form', 'parcels', '2027'], answers)).failure).toMatch(/^No manifest is called 2027/);
    expect((await say(['form', 'parcels'], dayOf([]))).failure).toMatch(/^No manifest of today is here/);
  });

  it('parcels goes through all pages', async () => {
    const row = { orderId: '1', package: '1', trackingNumber: '9400', state: 'onForm', form: '9475', reason: null };
    const silent = { ...row, loadedAt: null, carrier: null, silentSince: '2026-11-24T01:00:00.000Z' };
    const { out } = await say(['form', 'parcels', ID, '--silent'], {
      ...LISTED,
      [`GET ${P}/parcels?limit=1000&silent=true&cursor=0`]: { data: [silent], nextCursor: '1' },
      [`GET ${P}/parcels?limit=1000&silent=true&cursor=1`]: { data: [{ ...silent, orderId: '2' }], nextCursor: null },
    });
    expect(out[1]).toMatch(/^1 +9400 +on the form +9475 +- +- +2026-11-24 01:00$/);
    expect([out.length, out[3]]).toEqual([4, '2 parcels.']);
  });

  it('print saves the sheet alone where the form has no file, and says so', async () => {
    const out = join(folder, 'a.pdf');
    const said = await say(['form', 'print', ID, '--out', out], { ...LISTED, [`GET ${P}/sheet`]: pdf });
    expect([said.out, said.err]).toEqual([
      [`Written: ${out}`],
      [expect.stringMatching(/^The form itself is not in it/)],
    ]);
  });
});

describe('shipclock form load', () => {
  const answer = (trackingNumber: string, what: string): object => ({
    answers: [{ trackingNumber, answer: what, sentence: `${what}.` }],
  });

  it('answers each as a scanner types it, red where it must stay, and then fails', async () => {
    const answers = [answer('9400111', 'onTruck'), answer('9400111', 'again'), answer('9400222', 'voided')];
    const typed = ['9400111', '', '9400111', '9400222'];
    const said = await say(['typed', 'load', ID], { ...LISTED, [`POST ${P}/load`]: answers }, typed);
    expect(said.asked.slice(1).map(({ body }) => body)).toEqual([
      '{"trackingNumbers":["9400111"]}',
      '{"trackingNumbers":["9400111"]}',
      '{"trackingNumbers":["9400222"]}',
    ]);
    const red = '\u001b[31m9400222  voided.\u001b[39m';
    expect(said.out).toEqual(['9400111  onTruck.', '9400111  again.', red, '1 parcel on the truck.']);
    expect(said.failure).toBe('1 parcel must not go on the truck; see above.');
  });

  it('takes them from arguments or a file', async () => {
    const file = join(folder, 'truck.csv');
    await writeFile(file, '\ufeffTracking number\r\n"9400 1118"\r\n9400119\r\n');
    const answers = { ...LISTED, [`POST ${P}/load`]: answer('9400118', 'onTruck') };
    const fromFile = await say(['form', 'load', ID, '--numbers', file], answers);
    expect(fromFile.asked[1]?.body).toBe('{"trackingNumbers":["94001118","9400119"]}');
    const said = await say(['form', 'load', ID, '9400118', '--json'], answers);
    expect(JSON.parse(said.out.join(''))).toMatchObject({ answers: [{ answer: 'onTruck' }] });
    expect((await say(['form', 'load', ID, '--numbers', join(folder, 'no')], answers)).failure).toMatch(
      /cannot be read/,
    );
    expect((await say(['typed', 'load', ID], answers)).failure).toMatch(/^There are no tracking numbers/);
  });

  it('reads numbers out of whatever stands in a file', () => {
    expect(numbersIn('a;9400 111\n9400222,USPS\n\n')).toEqual(['9400111', '9400222']);
  });
});

describe('shipclock form report, bring and link', () => {
  it('report sends each file first, then tells; it says what is still to be fetched', async () => {
    const [stamped, receipt] = [join(folder, 'form.jpg'), join(folder, 'receipt.jpg')];
    for (const file of [stamped, receipt]) await writeFile(file, file);
    const args = ['--scanned-at', '2026-11-23T17:40:00-08:00', '--place', 'Post office'];
    const said = await say(['form', 'report', ID, ...args, '--stamped-form', stamped, '--receipt', receipt], {
      ...LISTED,
      [`POST ${P}/evidence`]: [{ sha256: 'a'.repeat(64) }, { sha256: 'b'.repeat(64) }],
      [`POST ${P}/scanned`]: { accepted: true, evidence: 'weak', toFetch: 'Fetch it.' },
    });
    expect(JSON.parse(said.asked.at(-1)?.body ?? '')).toEqual({
      scannedAt: '2026-11-24T01:40:00.000Z',
      place: 'Post office',
      proofs: [
        { kind: 'stampedForm', file: 'a'.repeat(64) },
        { kind: 'receipt', file: 'b'.repeat(64) },
      ],
    });
    expect(said.out).toEqual(['The scan is reported; the evidence is weak.', 'Fetch it.']);
    expect((await say(['form', 'report', ID, '--scanned-at', 'noon'], {})).failure).toMatch(/with its offset/);
  });

  it('a file that is refused ends it before anything is reported', async () => {
    const file = join(folder, 'form.html');
    await writeFile(file, '<html>');
    const args = ['--scanned-at', '2026-11-23T17:40:00Z', '--stamped-form', file];
    const said = await say(['form', 'report', ID, ...args], LISTED);
    expect(said.failure).toBe(`${file} cannot be read: No POST ${P}/evidence.`);
    expect(calls(said).at(-1)).toBe(`POST ${P}/evidence`);
  });

  it('bring tells number, list and file', async () => {
    const [file, numbers] = [join(folder, 'form.pdf'), join(folder, 'list.txt')];
    await writeFile(file, pdf);
    await writeFile(numbers, '9400111\n9400222\n');
    const said = await say(['form', 'bring', ID, '9475', '--numbers', numbers, '--file', file], {
      ...LISTED,
      [`POST ${P}/evidence`]: { sha256: 'a'.repeat(64) },
      [`POST ${P}/bring`]: { accepted: true },
    });
    const body: unknown = JSON.parse(said.asked.at(-1)?.body ?? '');
    expect(body).toEqual({ number: '9475', trackingNumbers: ['9400111', '9400222'], file: 'a'.repeat(64) });
    expect(said.out[0]).toMatch(/^Form 9475 is taken in/);
  });

  it('link shows a code for a phone, and until when it is good', async () => {
    const answer = { url: 'http://127.0.0.1:8080/u/abc', expiresAt: '2026-11-26T01:00:00.000Z', note: 'Only here.' };
    const said = await say(['form', 'link', ID], { ...LISTED, [`POST ${P}/upload-link`]: answer });
    expect(said.out.slice(-3)).toEqual([answer.url, 'Good for one report, until 2026-11-26 01:00 UTC.', 'Only here.']);
    expect(said.out.slice(0, -3)).toEqual(qrLines(answer.url));
  });

  it('the code is a square with light around it', () => {
    const lines = qrLines('http://127.0.0.1:8080/u/abc');
    const [width = 0] = lines.map((line) => line.length);
    expect(lines.every((line) => line.length === width)).toBe(true);
    expect(lines.length * 2).toBe(width + (width % 2));
    expect(lines[0]).toBe('█'.repeat(width));
    // The finder pattern: a dark row over a light one with its dark border.
    expect(lines[2]?.slice(4, 11)).toBe(' ▄▄▄▄▄ ');
  });
});
