/** A stream as its dictionary announces it; `begin`: where its bytes begin. */
type FoundStream = { dictionary: string; begin: number };

const HEAD = /obj(?=[\s\0%<])/g;
const STREAM_NEXT = /stream[ \t]*(?:\r\n|\n|\r|)/y;

/** Dictionaries within dictionaries are read once for each head that stands in them: an honest file has no head there. */
const MOST_READINGS = 4;

/**
 * Every stream that any reader could find, wherever it looks: at each head of an object a dictionary is read word by word, so that no
 * text in it is taken for another head or for its end. Undefined where heads stand within each other without end.
 */
export function streamsIn(raw: string): FoundStream[] | undefined {
  const streams: FoundStream[] = [];
  let read = 0;
  for (const { index, 0: head } of raw.matchAll(HEAD)) {
    const from = afterGap(raw, index + head.length);
    const end = raw.startsWith('<<', from) ? endOfDictionary(raw, from) : from;
    read += (end ?? raw.length) - index;
    if (read > MOST_READINGS * raw.length) return undefined;
    if (end === undefined || end === from) continue;
    STREAM_NEXT.lastIndex = afterGap(raw, end);
    if (STREAM_NEXT.test(raw)) streams.push({ dictionary: raw.slice(from, end), begin: STREAM_NEXT.lastIndex });
  }
  return streams;
}

/** White space and comments, which may stand between any two words (ISO 32000-1, 7.2.3). */
function afterGap(raw: string, from: number): number {
  const gap = /[\s\0]+|%[^\r\n]*/y;
  let at = from;
  for (gap.lastIndex = at; gap.test(raw); at = gap.lastIndex);
  return at;
}

/** Texts, which may hold anything, and the marks that open and close a dictionary. */
const WORD = /<<|>>|%[^\r\n]*|\(|</g;

/** Where the dictionary ends that begins here; undefined where it does not. */
function endOfDictionary(raw: string, from: number): number | undefined {
  const word = new RegExp(WORD);
  word.lastIndex = from;
  let depth = 0;
  for (let found = word.exec(raw); found !== null; found = word.exec(raw)) {
    if (found[0] === '<<') depth += 1;
    if (found[0] === '>>') depth -= 1;
    if (depth === 0) return word.lastIndex;
    if (found[0] === '(') word.lastIndex = endOfText(raw, word.lastIndex);
    // A text in hexadecimal digits.
    if (found[0] === '<') word.lastIndex = afterNext(raw, '>', word.lastIndex);
  }
  return undefined;
}

/** Brackets in a text are balanced, or escaped (ISO 32000-1, 7.3.4.2). */
function endOfText(raw: string, from: number): number {
  const mark = /\\[^]|[()]/g;
  mark.lastIndex = from;
  let depth = 1;
  for (let found = mark.exec(raw); found !== null; found = mark.exec(raw)) {
    if (found[0] === '(') depth += 1;
    if (found[0] === ')') depth -= 1;
    if (depth === 0) return mark.lastIndex;
  }
  return raw.length;
}

function afterNext(raw: string, sign: string, from: number): number {
  const at = raw.indexOf(sign, from);
  return at === -1 ? raw.length : at + 1;
}
