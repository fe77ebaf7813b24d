import { deflateSync } from 'node:zlib';
import { PDFName, PDFString } from '@cantoo/pdf-lib';
import { MOST_EVIDENCE_BYTES } from '../../contracts/evidence';
import { checkEvidence } from './check';
import { chunkOf, heicOf, jpegOf, pdfOf, plainPdf, pngOf } from './test-support';

const refused = async (file: Uint8Array | Promise<Uint8Array>): Promise<unknown> => {
  const checked = await checkEvidence(await file);
  return 'refused' in checked ? checked.refused : checked;
};

const ZIP = Buffer.concat([Buffer.from('PK\u0003\u0004 a file '), Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]);
const text = (words: string): Buffer => Buffer.from(words, 'latin1');

/** A catalog that names a script, its pages and the script, packed as one stream of objects, and where its objects begin. */
function packedScript(): [Buffer, number] {
  const catalog = '<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a) 4 0 R]>>>>>>';
  const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>';
  const objects = [catalog, '<</Type/Pages/Kids[3 0 R]/Count 1>>', page, '<</S/JavaScript/JS(x)>>'];
  const starts = objects.map((_, index) => objects.slice(0, index).join(' ').length + (index === 0 ? 0 : 1));
  const head = `${starts.map((start, index) => `${index + 1} ${start}`).join(' ')} `;
  return [deflateSync(Buffer.from(head + objects.join(' '))), head.length];
}

/** A PDF of one stream with all its objects. `before`: between its head and its dictionary; `first`: before its head. */
function streamOf(packed: Buffer, dictionary: string, ...[before = '', first = '']: string[]): Buffer {
  const begin = `%PDF-1.7\n${first}10 0 obj ${before}<<${dictionary}>>\nstream\n`;
  const end = '\nendstream\nendobj\ntrailer<</Root 1 0 R/Size 11>>\nstartxref\n0\n%%EOF\n';
  return Buffer.concat([text(begin), packed, text(end)]);
}

describe('what is taken as evidence', () => {
  it('is a photo with its camera’s time, and nothing of where it was taken', async () => {
    expect(await checkEvidence(jpegOf())).toEqual({ type: 'jpeg', takenAt: '2026-11-23T15:04:05-08:00' });
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['a PNG', pngOf, 'png'],
    ['a PNG with a remark', () => pngOf({ more: [chunkOf('tEXt', text('Title\0dock 4'))] }), 'png'],
    ['a picture of an iPhone', heicOf, 'heic'],
    ['a picture of any HEIF maker', () => heicOf('mif1'), 'heic'],
    ['a PDF', pdfOf, 'pdf'],
    ['a PDF as it was first written', () => plainPdf(), 'pdf'],
    [
      'a photo with a second one behind it',
      () => jpegOf({ behind: Buffer.from(jpegOf({ comment: 'gain map' })) }),
      'jpeg',
    ],
    ['a photo with a film behind it', () => jpegOf({ behind: text('\0\0\0\u0010ftypmp42\0\0\0\0') }), 'jpeg'],
    ['a PDF that opens at its first page', () => plainPdf('<</S/GoTo/D[3 0 R/Fit]>>'), 'pdf'],
    ['a PDF with a link', () => plainPdf('<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://usps.com)>>>>'), 'pdf'],
  ])('is %s', async (_what, file, type) => {
    expect(await checkEvidence(await file())).toMatchObject({ type });
  });
});

describe('what is refused', () => {
  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['more than 15 MB', Buffer.alloc(MOST_EVIDENCE_BYTES + 1), 'tooLarge'],
    ['a page', text('<html><script>alert(1)</script>'), 'unknown'],
    ['a GIF', text('GIF89a'), 'unknown'],
    ['a film', heicOf('mp42').subarray(0, 20), 'unknown'],
    ['a drawing with a script', text('<svg onload="x()"/>'), 'unknown'],
    ['a photo that was cut off', jpegOf().subarray(0, -2), 'damaged'],
    ['a photo without a picture', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'damaged'],
    ['a photo with a page behind it', jpegOf({ behind: text('<!doctype html><p>') }), 'polyglot'],
    ['a photo with a page in its comment', jpegOf({ comment: '*/<script>x()</script>' }), 'polyglot'],
    ['a photo with a PDF in its comment', jpegOf({ comment: '%PDF-1.7' }), 'polyglot'],
    ['a photo with a PDF behind it', jpegOf({ behind: plainPdf() }), 'polyglot'],
    ['a photo with an archive behind it', jpegOf({ behind: ZIP }), 'polyglot'],
    ['a photo with an archive behind its film', jpegOf({ behind: Buffer.concat([text('\0 film'), ZIP]) }), 'polyglot'],
    ['a photo with a program behind it', jpegOf({ behind: text('MZ\u0090') }), 'polyglot'],
    ['a picture with a broken checksum', Buffer.concat([pngOf().subarray(0, -1), Buffer.from([0])]), 'damaged'],
    ['a picture with something behind it', Buffer.concat([pngOf(), text(' ')]), 'polyglot'],
    ['a picture with a page in its remark', pngOf({ more: [chunkOf('tEXt', text('a\0<?php x'))] }), 'polyglot'],
    ['a picture of 100,000 by 100,000 dots', pngOf({ side: 100_000 }), 'tooLarge'],
    ['an iPhone’s picture with a page behind it', heicOf('heic', text('<html>')), 'polyglot'],
    ['an iPhone’s picture with an archive behind it', heicOf('heic', ZIP), 'polyglot'],
    ['a PDF with an archive behind it', Buffer.concat([plainPdf(), ZIP]), 'polyglot'],
    ['a PDF with a page behind it', Buffer.concat([plainPdf(), text('<html>')]), 'polyglot'],
    ['a PDF with something behind it', Buffer.concat([plainPdf(), text('rm -rf')]), 'polyglot'],
    ['a PDF that does not begin with one', Buffer.concat([text('\n'), plainPdf()]), 'unknown'],
    ['a PDF without a page', text('%PDF-1.7\n%%EOF'), 'damaged'],
  ])('is %s', async (_what, file, reason) => {
    expect(await refused(file)).toBe(reason);
  });

  it.each<[string, string]>([
    ['a script', '<</S/JavaScript/JS(app.alert\\(1\\))>>'],
    ['a script whose name is hidden', '<</S/J#61vaScr#69pt/J#53(x)>>'],
    ['a script in a stream', '<</S/Rendition/JS 9 0 R>>'],
    ['a program to start', '<</S/Launch/F(cmd.exe)>>'],
    ['what happens on opening', '<</Type/Catalog/OpenAction<</S/GoToR/F(x.pdf)>>>>'],
    ['what happens by itself', '<</AA<</O 9 0 R>>>>'],
    ['a file in it', '<</Type/Filespec/EF<</F 9 0 R>>/Names<</EmbeddedFiles 9 0 R>>>>'],
    ['a form that sends', '<</S/SubmitForm/F(https://evil.test)>>'],
    ['a form that fetches', '<</S/ImportData/F(x)>>'],
    ['a form of the other kind', '<</AcroForm<</XFA 9 0 R>>>>'],
    ['media', '<</Subtype/RichMedia>>'],
    ['a file pinned to a page', '<</Type/Annot/Subtype/FileAttachment/FS 9 0 R>>'],
    ['a file that does not call itself one', '<</AF[<</Type/Filespec/EF<</F 9 0 R>>>>]>>'],
    ['an address that opens by itself', '<</OpenAction<</S/URI/URI(https://evil.test)>>>>'],
    ['a print that starts by itself', '<</OpenAction<</S/Named/N/Print>>>>'],
    [
      'an address behind a turn of the page',
      '<</OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[5 0 R]>>>>\nendobj\n5 0 obj\n<</S/URI/URI(https://evil.test)>>',
    ],
    ['a stream that another place holds', '<</F<</FS/URL/F(https://evil.test)>>/Length 1>>\nstream\nx\nendstream'],
    ['a picture of another file', '<</Subtype/Form/Ref<</F(x.pdf)/Page 0>>/Length 1>>\nstream\nx\nendstream'],
  ])('is a PDF with %s', async (_what, object) => {
    expect(await refused(plainPdf(object))).toBe('active');
  });

  it('is no PDF that turns to a page when it is opened, or has a link to click', async () => {
    const quiet = '<</OpenAction<</S/GoTo/D[3 0 R/Fit]>>/X<</Subtype/Link/F 4/A<</S/URI/URI(https://usps.test)>>>>>>';
    expect(await refused(plainPdf(quiet))).toEqual({ type: 'pdf' });
  });

  it('is a PDF whose script is packed away, or was there in an older revision', async () => {
    const packed = await pdfOf((document) => {
      const action = document.context.obj({ S: 'JavaScript', JS: PDFString.of('x()') });
      document.catalog.set(PDFName.of('OpenAction'), document.context.register(action));
    });
    expect(packed.includes('JavaScript')).toBe(false);
    expect(await refused(packed)).toBe('active');
    const older = plainPdf('<</S/JavaScript/JS(x)>>').toString('latin1');
    expect(await refused(text(older.replace('%%EOF\n', '%%EOF\n4 0 obj<<>>\nendobj\n%%EOF\n')))).toBe('active');
  });

  it.each<[string, (packed: Buffer, kind: string) => Buffer]>([
    ['at its own place', (packed, kind) => streamOf(packed, kind)],
    ['behind a text that looks like an object', (packed, kind) => streamOf(packed, `${kind}/X (obj)`)],
    ['behind a text that looks like a whole one', (packed, kind) => streamOf(packed, `${kind}/X (\\) 5 0 obj<<) /Y 1`)],
    ['behind a text in digits', (packed, kind) => streamOf(packed, `/X<2829>/Y(a(b)>>)${kind}`)],
    ['behind a remark', (packed, kind) => streamOf(packed, `${kind}%>>stream 6 0 obj<<\n`)],
    ['behind a remark before its dictionary', (packed, kind) => streamOf(packed, kind, '%<<>>\n')],
    ['in what looks like another stream', (packed, kind) => streamOf(packed, kind, '', '%9 0 obj<<>>stream\n')],
  ])('is a PDF whose script is packed away %s', async (_where, hidden) => {
    const [packed, first] = packedScript();
    const file = hidden(packed, `/Type/ObjStm/N 4/First ${first}/Filter/FlateDecode/Length ${packed.length}`);
    expect(await refused(file)).toBe('active');
  });

  it.each<[string, string]>([
    ['with a predictor', '/Type/ObjStm/DecodeParms<</Predictor 12/Columns 4>>/Filter/FlateDecode'],
    ['by a filter that is named elsewhere', '/Type/ObjStm/Filter 9 0 R'],
    ['twice', '/Type/ObjStm/Filter[/FlateDecode/FlateDecode]'],
  ])('is a PDF whose objects are packed %s', async (_how, kind) => {
    const [packed, first] = packedScript();
    expect(await refused(streamOf(packed, `${kind}/N 4/First ${first}/Length ${packed.length}`))).toBe('damaged');
  });

  it('is a PDF whose heads stand within each other, before they cost a minute', async () => {
    const begun = Date.now();
    expect(await refused(text(`%PDF-1.7\n${'obj<<'.repeat(400_000)}%%EOF`))).toBe('damaged');
    expect(await refused(text(`%PDF-1.7\n1 0 obj${'%obj'.repeat(300_000)} %%EOF`))).toBe('damaged');
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  it('is a PDF that opens only with a password', async () => {
    const locked = pdfOf((document) => document.encrypt({ userPassword: 'secret', ownerPassword: 'owner' }));
    expect(await refused(locked)).toBe('locked');
  });

  it('is a PDF that unpacks to more than the memory holds, before it is unpacked', async () => {
    const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024)).toString('latin1');
    const stream = (kind: string): Buffer =>
      text(`%PDF-1.7\n1 0 obj<<${kind}/Filter/FlateDecode>>stream\n${bomb}\nendstream endobj\n%%EOF`);
    expect(await refused(stream('/Type/ObjStm'))).toBe('damaged');
    expect(await refused(stream('/N 1/First 4'))).toBe('damaged');
    expect(
      await refused(text('%PDF-1.7\n1 0 obj<</Type/XRef/Filter[/FlateDecode/FlateDecode]>>stream\nx\nendstream')),
    ).toBe('damaged');
  });
});
