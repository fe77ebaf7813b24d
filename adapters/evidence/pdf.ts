import { PDFArray, PDFDict, PDFDocument, PDFName, PDFStream, type PDFContext, type PDFObject } from '@cantoo/pdf-lib';
import { textOfPdf, type PdfText } from './pdf-text';
import { hasMarkup } from './polyglot';
import type { EvidenceRefusal } from './refusal';

export const PDF_SIGNATURE = '%PDF-';

/** Long enough that chance does not write them into a picture. */
const ACTS =
  /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|Rendition|XFA|FileAttachment)\b/;
const ACTS_BRIEFLY = /\/(JS|AA|EF|Movie|Sound|3D)(?![\w-])/;

/** The same as names, for what is read as objects. */
const ACTING: readonly string[] = [
  ...['JavaScript', 'JS', 'AA', 'Launch', 'EmbeddedFile', 'EmbeddedFiles', 'RichMedia', 'SubmitForm', 'ImportData'],
  ...['GoToE', 'GoToR', 'Rendition', 'XFA', 'Movie', 'Sound', '3D', 'EF', 'FileAttachment'],
];

/** Actions that only turn to another page, or to an address when somebody clicks. */
const QUIET_WHEN_CLICKED: readonly string[] = ['GoTo', 'URI', 'Named'];

/** What may follow by itself: when the file is opened, or after another action. */
const QUIET_BY_ITSELF: readonly string[] = ['GoTo'];

/** Objects that are read before others get their turn. */
const OBJECTS_PER_TURN = 500;

/**
 * A PDF that only shows pages. It is read twice, for the two ways of hiding something: as text, which finds what an old revision or
 * an escaped name hides, and as objects, which finds what happens by itself when it is opened.
 */
export async function checkPdf(bytes: Buffer): Promise<EvidenceRefusal | undefined> {
  const text = textOfPdf(bytes);
  if (typeof text === 'string') return text;
  if (hasMarkup(Buffer.from(text.outside, 'latin1'))) return 'polyglot';
  if (/%%EOF\s*[^\s\0]/.test(lastPart(text.outside))) return 'polyglot';
  if (acts(text)) return 'active';
  // Its objects cannot be read before they are decrypted, and what they unpack to is not known then.
  if (/\/Encrypt\b/.test(text.outside + text.objects) && text.objects !== '') return 'locked';
  return checkObjects(bytes);
}

const acts = ({ outside, objects, all }: PdfText): boolean =>
  ACTS.test(all) || ACTS.test(objects) || ACTS_BRIEFLY.test(outside) || ACTS_BRIEFLY.test(objects);

/** From the last end mark on: an earlier one ends an earlier revision. */
const lastPart = (text: string): string => text.slice(Math.max(0, text.lastIndexOf('%%EOF')));

async function checkObjects(bytes: Buffer): Promise<EvidenceRefusal | undefined> {
  let context: PDFContext;
  try {
    const options = {
      updateMetadata: false,
      throwOnInvalidObject: true,
      preserveXFA: true,
      parseSpeed: OBJECTS_PER_TURN,
    };
    const document = await PDFDocument.load(bytes, { ...options, password: '' });
    if (document.getPageCount() === 0) return 'damaged';
    ({ context } = document);
  } catch (error) {
    return error instanceof Error && /encrypt|password/i.test(error.message) ? 'locked' : 'damaged';
  }
  const objects = context.enumerateIndirectObjects().map(([, object]) => object);
  if (objects.some(isUntyped)) return 'damaged';
  return objects.some((object) => isElsewhere(object) || hasAction(object, context)) ? 'active' : undefined;
}

/** A stream of objects that does not call itself one is unpacked by readers that go by offsets, and was not by this one. */
const isUntyped = (object: PDFObject): boolean =>
  object instanceof PDFStream &&
  object.dict.has(PDFName.of('N')) &&
  object.dict.has(PDFName.of('First')) &&
  !(object.dict.lookup(PDFName.of('Type')) === PDFName.of('ObjStm'));

/** Whether one that stands here is more than a turn of the page. What it refers to stands in the list itself. */
function hasAction(root: PDFObject, context: PDFContext): boolean {
  const toSee = [root];
  for (let object = toSee.pop(); object !== undefined; object = toSee.pop()) {
    if (object instanceof PDFName && ACTING.includes(object.decodeText())) return true;
    if (object instanceof PDFArray) toSee.push(...object.asArray());
    const dictionary = object instanceof PDFStream ? object.dict : object;
    if (!(dictionary instanceof PDFDict)) continue;
    for (const [key, value] of dictionary.entries()) {
      if (isLoud(key.decodeText(), value, context)) return true;
      toSee.push(value);
    }
  }
  return false;
}

/** A stream whose bytes, or whose picture, another file holds (ISO 32000-1, 7.3.8.2 and 8.10.4). */
const isElsewhere = (object: PDFObject): boolean =>
  object instanceof PDFStream && (object.dict.has(PDFName.of('F')) || object.dict.has(PDFName.of('Ref')));

/** Entries that lead to an action, each with what it may be. */
const LEADING: ReadonlyMap<string, readonly string[]> = new Map([
  ['A', QUIET_WHEN_CLICKED],
  ['OpenAction', QUIET_BY_ITSELF],
  ['Next', QUIET_BY_ITSELF],
]);

function isLoud(name: string, value: PDFObject, context: PDFContext): boolean {
  const quiet = LEADING.get(name);
  return (
    ACTING.includes(name) || (quiet !== undefined && !actionsAt(value, context).every((kind) => quiet.includes(kind)))
  );
}

/** What stands here, or in the list here, as far as it is an action. A place in the file is none. */
function actionsAt(value: PDFObject, context: PDFContext): string[] {
  const found = context.lookup(value);
  const each = found instanceof PDFArray ? found.asArray().map((one) => context.lookup(one)) : [found];
  return each.flatMap((one) => {
    const kind = one instanceof PDFDict ? one.lookup(PDFName.of('S')) : undefined;
    return kind instanceof PDFName ? [kind.decodeText()] : [];
  });
}
