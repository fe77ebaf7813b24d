import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One changed thing: which table, which shop, which id, and its new value; `null` says it is gone. */
type JournalEntry = readonly [table: string, shopId: string, id: string, value: unknown];

/** Where changed things are written down before anyone is answered. */
export type Journal = {
  /** What was alive when the journal was opened, in the order it first appeared. */
  readonly entries: readonly JournalEntry[];
  append(entry: JournalEntry): void;
  /** Writes all that the work changes in one go, so that a kill leaves the whole of it or nothing. */
  atOnce<Result>(work: () => Result): Result;
  close(): void;
};

/**
 * Opens, replays and compacts the journal of a folder. Without a folder nothing is kept.
 *
 * A line is one `write` to a file opened for appending: it outlives a kill -9 of this process, though not a power cut.
 */
export function openJournal(dataDir: string | undefined): Journal {
  if (dataDir === undefined)
    return { entries: [], append: () => undefined, atOnce: (work) => work(), close: () => undefined };
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'journal.jsonl');
  const entries = existsSync(path) ? replay(readFileSync(path, 'utf8')) : [];
  compact(path, entries);
  const file = openSync(path, 'a');
  let together: string[] | undefined;
  return {
    entries,
    append: (entry) => {
      const line = `${JSON.stringify(entry)}\n`;
      if (together === undefined) writeSync(file, line);
      else together.push(line);
    },
    atOnce: (work) => {
      const lines: string[] = [];
      together = lines;
      try {
        return work();
      } finally {
        together = undefined;
        writeSync(file, lines.join(''));
      }
    },
    close: () => {
      closeSync(file);
    },
  };
}

function replay(text: string): JournalEntry[] {
  const alive = new Map<string, JournalEntry>();
  // What follows the last line break is a line that a kill cut short: it was never answered for.
  for (const line of text.split('\n').slice(0, -1)) {
    const entry = JSON.parse(line) as JournalEntry;
    const key = entry.slice(0, 3).join('\u0000');
    if (entry[3] === null) alive.delete(key);
    else alive.set(key, entry);
  }
  return [...alive.values()];
}

/** Writes beside and renames, so that a kill in the middle leaves the old journal whole. */
function compact(path: string, entries: readonly JournalEntry[]): void {
  const file = openSync(`${path}.new`, 'w');
  for (const entry of entries) writeSync(file, `${JSON.stringify(entry)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}
