import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { Settings } from '../../contracts/settings';
import { settingsMistakes } from '../../words/settings';
import { readYaml, sayPath } from './file';
import type { Mistake, WrittenSettings } from './file';
import { mistakesOf } from './issues';
import { referenceMistakes } from './references';
import { fillIn, valueOf } from './variables';

const USUAL_FILE = 'shipclock.yaml';

/** More than any shops need; it is read whole. */
const MOST_BYTES = 1_000_000;

/** Settings as the file has them, or every mistake in it. Without a file they are empty: the embedded product needs none. */
export type ReadSettings =
  { settings: Settings; path: string | undefined; file: WrittenSettings } | { mistakes: Mistake[]; path: string };

export type SettingsWish = {
  env: NodeJS.ProcessEnv;
  /** The file that somebody names; else `SHIPCLOCK_CONFIG`, else `shipclock.yaml` in `folder` if it is there. */
  path?: string;
  /** Where relative paths begin. @default the working directory */
  folder?: string;
  /** The names of all rule sets, where names are to be checked. */
  policySets?: readonly string[];
};

/** Reads the configuration file and never throws for what stands in it: all mistakes come at once, sorted by line. */
export async function readSettings({ env, path, folder = '.', policySets }: SettingsWish): Promise<ReadSettings> {
  const named = path ?? valueOf(env, 'SHIPCLOCK_CONFIG');
  const file = resolve(folder, named ?? USUAL_FILE);
  const source = await textOf(file);
  if (typeof source === 'string') return judge(source, { file, env, policySets });
  if (source.code === 'ENOENT' && named === undefined) return { settings: noSettings(), path: undefined, file: noFile };
  return { mistakes: [{ path: '', sentence: unread(file, source.code) }], path: file };
}

function unread(file: string, code: string): string {
  if (code === TOO_LARGE) return settingsMistakes.tooLarge(file);
  return code === 'ENOENT' ? settingsMistakes.noFile(file) : settingsMistakes.unreadableFile(file, code);
}

const noSettings = (): Settings => Settings.parse({});
const noFile: WrittenSettings = { value: {}, lineOf: () => undefined };

type Judging = { file: string; env: NodeJS.ProcessEnv; policySets: readonly string[] | undefined };

function judge(source: string, { file, env, policySets }: Judging): ReadSettings {
  const read = readYaml(source);
  if ('mistakes' in read) return { ...read, path: file };
  const { lineOf } = read.written;
  const { value, unset } = fillIn(read.written.value, env);
  const filled = { value, lineOf };
  const parsed = Settings.safeParse(value);
  const unsetMistakes = unset.map(({ path, sentence }) => placed({ path: sayPath(path), sentence }, lineOf(path)));
  const isUnset = ({ path }: Mistake): boolean => unsetMistakes.some((mistake) => mistake.path === path);
  const others = [
    ...(parsed.success ? [] : mistakesOf(parsed.error.issues, filled)),
    ...referenceMistakes(filled, policySets),
  ];
  const mistakes = [...unsetMistakes, ...others.filter((mistake) => !isUnset(mistake))];
  if (parsed.success && mistakes.length === 0) return { settings: parsed.data, path: file, file: filled };
  return { mistakes: mistakes.sort((one, other) => (one.line ?? 0) - (other.line ?? 0)), path: file };
}

const placed = (mistake: Mistake, line: number | undefined): Mistake =>
  line === undefined ? mistake : { ...mistake, line };

/** The system's own word for it. */
const TOO_LARGE = 'EFBIG';

async function textOf(file: string): Promise<string | { code: string }> {
  try {
    const parts: Buffer[] = [];
    // One more than the most: no file, however it tells its size, is read further than that.
    for await (const part of createReadStream(file, { end: MOST_BYTES })) parts.push(part as Buffer);
    const bytes = Buffer.concat(parts);
    return bytes.length > MOST_BYTES ? { code: TOO_LARGE } : bytes.toString('utf8');
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string') throw error;
    return { code };
  }
}
