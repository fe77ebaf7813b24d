import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findTemporal } from './binary';
import type { BinarySource } from './binary';
import { findCached, keepInCache } from './binary-cache';
import { isRecentEnough, parseTemporalVersion } from './temporal-version';

const cli = (version: string): string => `#!/bin/sh\necho "temporal version ${version} (Server 1.32.0, UI 2.54.1)"\n`;

async function place(path: string, script: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}

describe('where the Temporal CLI comes from', () => {
  let dir: string;
  let env: NodeJS.ProcessEnv;
  const said: string[] = [];
  const search = (): Parameters<BinarySource>[0] => ({
    env,
    cacheDir: join(dir, 'cache'),
    say: (line) => said.push(line),
  });

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'shipclock-binary-'));
    // /bin/sh is enough for the stand-ins; a real CLI or pip of this machine must not be found.
    env = { PATH: join(dir, 'path') };
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('takes the binary that is named, before any other', async () => {
    await place(join(dir, 'path/temporal'), cli('1.9.4'));
    env['SHIPCLOCK_TEMPORAL_BINARY'] = await place(join(dir, 'own/temporal'), cli('1.9.0'));
    await expect(findTemporal(search())).resolves.toBe(join(dir, 'own/temporal'));
  });

  it('refuses a named binary that does not run or is too old, and looks no further', async () => {
    await place(join(dir, 'path/temporal'), cli('1.9.4'));
    env['SHIPCLOCK_TEMPORAL_BINARY'] = join(dir, 'nothing-here');
    await expect(findTemporal(search())).rejects.toThrow('SHIPCLOCK_TEMPORAL_BINARY');
    env['SHIPCLOCK_TEMPORAL_BINARY'] = await place(join(dir, 'own/temporal'), cli('1.8.3'));
    await expect(findTemporal(search())).rejects.toThrow('SHIPCLOCK_TEMPORAL_BINARY');
  });

  it('takes the one on the PATH before the cache', async () => {
    await place(join(dir, 'cache/temporal/1.9.1/temporal'), cli('1.9.1'));
    await place(join(dir, 'path/temporal'), cli('1.10.0'));
    await expect(findTemporal(search())).resolves.toBe(join(dir, 'path/temporal'));
  });

  it('passes over an old one on the PATH and takes the newest of the cache', async () => {
    await place(join(dir, 'path/temporal'), cli('1.4.1'));
    await place(join(dir, 'cache/temporal/1.9.1/temporal'), cli('1.9.1'));
    const newest = await place(join(dir, 'cache/temporal/1.10.0/temporal'), cli('1.10.0'));
    await expect(findTemporal(search())).resolves.toBe(newest);
  });

  it('goes on to the next source, in order, where one has nothing', async () => {
    const asked: string[] = [];
    const source =
      (name: string, answer?: string): BinarySource =>
      (): Promise<string | undefined> => {
        asked.push(name);
        return Promise.resolve(answer);
      };
    const sources = [source('first'), source('second', '/found'), source('third', '/never')];
    await expect(findTemporal(search(), sources)).resolves.toBe('/found');
    expect(asked).toEqual(['first', 'second']);
  });

  it('says what to do when there is none', async () => {
    await expect(findTemporal(search(), [])).rejects.toThrow(/install the Temporal CLI/i);
  });

  it('keeps a fetched binary under its own version, and never one that does not run', async () => {
    const fetched = await place(join(dir, 'fetched'), cli('1.9.1'));
    const kept = await keepInCache(fetched, join(dir, 'cache'), env);
    expect(kept).toBe(join(dir, 'cache/temporal/1.9.1/temporal'));
    await expect(findCached(join(dir, 'cache'), env)).resolves.toBe(kept);
    const broken = await place(join(dir, 'broken'), '#!/bin/sh\nexit 1\n');
    await expect(keepInCache(broken, join(dir, 'cache'), env)).resolves.toBeUndefined();
  });
});

describe('the version of a Temporal CLI', () => {
  it.each([
    ['temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)', { major: 1, minor: 9, patch: 1 }, true],
    ['temporal version v1.10.0-rc.1 (Server 1.33.0)', { major: 1, minor: 10, patch: 0 }, true],
    ['temporal version 2.0.0', { major: 2, minor: 0, patch: 0 }, true],
    ['temporal version 1.8.3 (Server 1.31.2, UI 2.50.0)', { major: 1, minor: 8, patch: 3 }, false],
  ])('reads %s', (line, version, recent) => {
    expect(parseTemporalVersion(line)).toEqual(version);
    expect(isRecentEnough(version)).toBe(recent);
  });

  it('does not take another program of that name for it', () => {
    expect(parseTemporalVersion('temporal: unknown option')).toBeUndefined();
  });
});
