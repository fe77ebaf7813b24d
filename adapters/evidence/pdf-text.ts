import { inflateSync } from 'node:zlib';
import { streamsIn } from './pdf-streams';
import type { EvidenceRefusal } from './refusal';

/** What a PDF says outside its streams, and in those that hold further objects; names without their escapes. */
export type PdfText = { outside: string; objects: string; all: string };

const STREAM = /stream\r?\n/g;
const END = 'endstream';

/** Nobody's form has that many objects: what unpacks to more is there to fill the memory. */
const MOST_UNPACKED = 64 * 1024 * 1024;

/** `#4a` in a name is a letter (ISO 32000-1, 7.3.5). */
const unescaped = (text: string): string =>
  text.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/**
 * Streams that a reader unpacks before it knows what the file is: of objects, and of where objects lie. `/N` with `/First`, and `/W`,
 * tell them where their type stands elsewhere.
 */
const isStructural = (dictionary: string): boolean =>
  /\/(ObjStm|XRef)\b/.test(dictionary) ||
  (/\/N\b/.test(dictionary) && /\/First\b/.test(dictionary)) ||
  /\/W\b/.test(dictionary);

const FILTERS = /\/(FlateDecode|Fl|LZWDecode|LZW|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL|Crypt)\b/g;

/** Reads a PDF as text, without trusting where it says that its objects lie: what an old revision hides is read, too. */
export function textOfPdf(bytes: Buffer): PdfText | EvidenceRefusal {
  const raw = bytes.toString('latin1');
  const outside = outsideOf(raw);
  const objects = objectsOf(bytes, raw);
  if (outside === undefined || objects === undefined) return /\/Encrypt\b/.test(raw) ? 'locked' : 'damaged';
  return { outside: unescaped(outside.join(' ')), objects: unescaped(objects.join(' ')), all: unescaped(raw) };
}

/** What stands around streams; undefined where one does not end. */
function outsideOf(raw: string): string[] | undefined {
  const outside: string[] = [];
  let from = 0;
  for (const { index, 0: keyword } of raw.matchAll(STREAM)) {
    if (index < from) continue;
    outside.push(raw.slice(from, index));
    const end = raw.indexOf(END, index + keyword.length);
    if (end === -1) return undefined;
    from = end + END.length;
  }
  return [...outside, raw.slice(from)];
}

/**
 * What streams of objects hold, wherever in the file they stand: a comment or another stream around one hides it from us, and not from
 * a reader that goes by offsets. Undefined where one cannot be read.
 */
function objectsOf(bytes: Buffer, raw: string): string[] | undefined {
  const objects: string[] = [];
  let unpacked = 0;
  const streams = streamsIn(raw);
  if (streams === undefined) return undefined;
  for (const { begin, ...stream } of streams) {
    const dictionary = unescaped(stream.dictionary);
    if (!isStructural(dictionary)) continue;
    const end = raw.indexOf(END, begin);
    if (end === -1) return undefined;
    const content = contentOf(bytes.subarray(begin, end), { dictionary, most: MOST_UNPACKED - unpacked });
    if (content === undefined) return undefined;
    unpacked += content.length;
    objects.push(content);
  }
  return objects;
}

/** What a stream of objects holds; undefined where it is packed twice, in another way, or into too much. */
function contentOf(packed: Buffer, { dictionary, most }: { dictionary: string; most: number }): string | undefined {
  const filters: string[] = dictionary.match(FILTERS) ?? [];
  // A filter may be named elsewhere, and what is packed with a predictor reads as something else.
  if (/\/(DecodeParms|DP|Predictor)\b/.test(dictionary) && !/\/(XRef|W)\b/.test(dictionary)) return undefined;
  if (filters.length === 0) return /\/Filter\b/.test(dictionary) ? undefined : packed.toString('latin1');
  if (filters.length > 1 || !filters.every((filter) => filter.startsWith('/Fl'))) return undefined;
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, most) }).toString('latin1');
  } catch {
    return undefined;
  }
}
