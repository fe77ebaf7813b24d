import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { readKeys } from '../adapters/keyring/key-set';
import { keysCommand } from './keys';

let home: string;
let out: string[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'shipclock-cli-keys-'));
  out = [];
});
afterEach(() => rm(home, { recursive: true }));

const run = async (line: string, env: NodeJS.ProcessEnv = { SHIPCLOCK_HOME: home }): Promise<void> => {
  const program = new Command('shipclock').exitOverride();
  keysCommand(program, {
    env,
    out: (text) => void out.push(text),
    err: () => undefined,
    onInterrupt: () => () => undefined,
  });
  await program.parseAsync(line.split(' '), { from: 'user' });
};

const file = (): string => join(home, 'keys.json');

describe('shipclock keys', () => {
  it('creates once, and rotates under the same roof', async () => {
    await run('keys create');
    expect(out[0]).toMatch(/keys\.json holds the key k1; keep a copy/);
    const before = readKeys(file());
    await expect(run('keys create')).rejects.toThrow('use shipclock keys rotate');
    await run('keys rotate --json');
    expect(JSON.parse(out[1] ?? '')).toEqual({ file: file(), current: 'k2' });
    expect(readKeys(file())?.keys.get('k1')).toEqual(before?.keys.get('k1'));
    expect([...(readKeys(file())?.keys.keys() ?? [])]).toEqual(['k1', 'k2']);
    expect(out.join()).not.toContain(before?.keys.get('k1')?.toString('base64'));
  });

  it('says in one sentence what stands in the way', async () => {
    await expect(run('keys rotate')).rejects.toThrow('shipclock keys create');
    await expect(run('keys rotate', { SHIPCLOCK_HOME: home, SHIPCLOCK_KEYS: '{}' })).rejects.toThrow('SHIPCLOCK_KEYS');
  });
});
