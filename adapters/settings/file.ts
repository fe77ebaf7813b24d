import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type YAMLError,
} from 'yaml';
import { configWords, settingsMistakes, shortened } from '../../words/settings';

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
  path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${shortened(String(key))}`))
    .join('');

/** A mistake as one line. */
export const sayMistake = ({ path, sentence, line }: Mistake): string => settingsMistakes.at(path, sentence, line);

/** More than anybody corrects before looking again. */
const MOST_SAID = 30;

/** All mistakes of a file, or of the environment where no file is named: a heading, then a line for each. */
export function sayMistakes(mistakes: readonly Mistake[], path: string | undefined): string {
  const heading = configWords.invalid(path ?? configWords.environment, mistakes.length);
  const said = mistakes.slice(0, MOST_SAID).map(sayMistake);
  const left = mistakes.length - said.length;
  const lines = left === 0 ? said : [...said, configWords.moreMistakes(left)];
  return [heading, ...lines.map((line) => `  ${line}`)].join('\n');
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
    // 'silent' would swallow that there is a second document, and what stands in it.
    logLevel: 'error',
    lineCounter,
  });
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
  const [first] = document.errors;
  if (first !== undefined) {
    const line = lineAt(first.pos[0]);
    const sentence = notYaml(first, { line: source.split('\n')[line - 1] ?? '', others: document.errors.length - 1 });
    return { mistakes: [{ path: '', line, sentence }] };
  }
  const anchorAt = firstAnchor(document);
  if (anchorAt !== undefined) {
    return { mistakes: [{ path: '', line: lineAt(anchorAt), sentence: settingsMistakes.anchor }] };
  }
  if (!isMap(document.contents)) return { mistakes: [{ path: '', sentence: settingsMistakes.notMap }] };
  const lineOf = (path: Path): number | undefined => {
    const offset = offsetOf(document, path);
    return offset === undefined ? undefined : lineAt(offset);
  };
  return { written: { value: document.toJS(), lineOf } };
}

/**
 * One wrong sign makes a mistake of everything that comes after it: the first is told, and how many there are behind it. In our own
 * words: those of the parser quote the file, and somebody may have written a secret there.
 */
function notYaml({ code }: YAMLError, { line, others }: { line: string; others: number }): string {
  if (code === 'MULTIPLE_DOCS') return settingsMistakes.manyDocuments;
  const isBareReference = line.replace(/"[^"]*"|'[^']*'|#.*$/g, '').includes('${');
  return settingsMistakes.notYaml(code, { isBareReference, others });
}

/** Where the first anchor or alias stands: one that leads nowhere, or in circles, could not be read. */
function firstAnchor(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor === undefined) return undefined;
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
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
