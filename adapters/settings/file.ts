import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { configWords, settingsMistakes } from '../../words/settings';

/** One mistake in the configuration file: where it stands and what to do, in one sentence without the place. */
export type Mistake = { path: string; line?: number; sentence: string };

/** The place of a setting, key by key: `['shops', 1, 'shipFrom']`. */
export type Path = readonly PropertyKey[];

/** A configuration file, read but not yet judged. `lineOf` gives the line of a setting, or of what it should stand in. */
export type WrittenSettings = {
  /** Records, lists and texts; nothing else. */
  value: unknown;
  lineOf: (path: Path) => number | undefined;
};

/** A path as people write it: `shops[1].shipFrom`. */
export const sayPath = (path: Path): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('');

/** A mistake as one line. */
export const sayMistake = ({ path, sentence, line }: Mistake): string => settingsMistakes.at(path, sentence, line);

/** All mistakes of a file, or of the environment where no file is named: a heading, then a line for each. */
export function sayMistakes(mistakes: readonly Mistake[], path: string | undefined): string {
  const heading = configWords.invalid(path ?? configWords.environment, mistakes.length);
  return [heading, ...mistakes.map((mistake) => `  ${sayMistake(mistake)}`)].join('\n');
}

/**
 * Reads YAML 1.2 in which every value is text: the schema alone says what is a number. So an id of 19 digits keeps its last ones,
 * `02134` its zero, and `no` is no boolean.
 */
export function readYaml(source: string): { written: WrittenSettings } | { mistakes: Mistake[] } {
  const lineCounter = new LineCounter();
  // Pretty errors repeat lines of the file, and somebody may have written a secret there.
  const document = parseDocument(source, {
    schema: 'failsafe',
    strict: true,
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter,
  });
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
  const mistakes = document.errors.map(({ pos, message }) => ({
    path: '',
    line: lineAt(pos[0]),
    sentence: settingsMistakes.notYaml(message.replace(/\.$/, '')),
  }));
  if (mistakes.length > 0) return { mistakes };
  if (!isMap(document.contents)) return { mistakes: [{ path: '', sentence: settingsMistakes.notMap }] };
  const lineOf = (path: Path): number | undefined => {
    const offset = offsetOf(document, path);
    return offset === undefined ? undefined : lineAt(offset);
  };
  return { written: { value: document.toJS({ maxAliasCount: 100 }), lineOf } };
}

/** Where a setting begins; that of the nearest key around it where it is not there. */
function offsetOf(document: Document, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) return offset;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
      offset = rangeOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

const rangeOf = (node: unknown): number | undefined =>
  isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
