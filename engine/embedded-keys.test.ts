import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareKeys } from './embedded-keys';
import { PlainFailure } from './plain-failure';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'shipclock-embedded-keys-'));
});
afterEach(() => rm(home, { recursive: true }));

const prepare = (env: NodeJS.ProcessEnv = {}): ReturnType<typeof prepareKeys> =>
  prepareKeys({ env, home, documentsDir: join(home, 'documents') });

const refusal = (env?: NodeJS.ProcessEnv): Promise<unknown> =>
  prepare(env).then(
    () => 'started',
    (error: unknown) => (error instanceof PlainFailure ? error.message : error),
  );

const file = (): string => join(home, 'keys.json');

describe('the keys of a state folder', () => {
  it('are made once and found again', async () => {
    const { codecToken } = await prepare();
    expect(await prepare()).toMatchObject({ codecToken });
  });

  it('are not made anew where they are lost', async () => {
    await prepare();
    await rm(file());
    expect(await refusal()).toMatch(/^There is no keys file .*put a copy of the file back.* --fresh\.$/);
  });

  it('are refused in a sentence where they are cut off, without advice to make others', async () => {
    await prepare();
    await truncate(file(), 40);
    expect(await refusal()).toMatch(/put a copy of it back\.$/);
  });

  it('are refused in a sentence where they are others', async () => {
    await prepare();
    const other = JSON.stringify({ current: 'k1', keys: { k1: Buffer.alloc(32, 7).toString('base64') } });
    expect(await refusal({ SHIPCLOCK_KEYS: other })).toMatch(/^The keys of SHIPCLOCK_KEYS do not open the secrets in /);
  });
});
