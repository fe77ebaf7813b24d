import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Said = { ready?: true; url?: string; failed?: { sentence: string } };

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-api-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Starts the order API as a process, as its parent does. */
function start(env: NodeJS.ProcessEnv): ChildProcess {
  const child = fork(join(__dirname, '../../api/main.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'],
      SHIPCLOCK_DOCUMENTS_DIR: folder,
      SHIPCLOCK_HOME: folder,
      SHIPCLOCK_API_PORT: '0',
      ...env,
    },
  });
  children.push(child);
  return child;
}

const said = async (child: ChildProcess): Promise<Said> => ((await once(child, 'message')) as [Said])[0];

const exitCode = async (child: ChildProcess): Promise<unknown> => {
  const [code] = (await once(child, 'exit')) as unknown[];
  return code;
};

describe('the process of the order API', () => {
  it('says where it listens, and ends when its parent says so', async () => {
    const child = start({});
    const { ready, url } = await said(child);
    expect(ready).toBe(true);
    expect((await fetch(`${url ?? ''}/healthz`)).status).toBe(200);
    child.kill('SIGINT');
    expect((await fetch(`${url ?? ''}/healthz`)).status).toBe(200);
    const ended = exitCode(child);
    child.send('stop');
    expect(await ended).toBe(0);
  });

  it('ends when its parent is gone', async () => {
    const child = start({});
    await said(child);
    const ended = exitCode(child);
    child.disconnect();
    expect(await ended).toBe(0);
  });

  it('says in one sentence which setting is wrong', async () => {
    const child = start({ SHIPCLOCK_API_PORT: 'eighty' });
    const ended = exitCode(child);
    const { failed } = await said(child);
    expect(failed?.sentence).toMatch(/^SHIPCLOCK_API_PORT is wrong: .+ start again\.$/);
    expect(await ended).toBe(1);
  });

  it('says in one sentence that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const child = start({ SHIPCLOCK_API_PORT: port });
    const ended = exitCode(child);
    const { failed } = await said(child);
    expect(failed?.sentence).toContain(`Port ${port} of 127.0.0.1 is in use`);
    expect(await ended).toBe(1);
    other.close();
  });
});
