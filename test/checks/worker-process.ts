import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { defaultNamespace } from '../../engine/settings';
import type { Floor } from '../support/floor';
import { must } from './check';

const ENTRY = join(__dirname, '..', '..', 'workers', 'main.ts');

/** A worker of the floor's orders in a process of its own, so that it can be killed. */
export async function startWorkerProcess({ taskQueue, documentsDir }: Floor): Promise<ChildProcess> {
  const child = fork(ENTRY, {
    execArgv: ['--require', 'tsx/cjs'],
    silent: true,
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '',
      TEMPORAL_NAMESPACE: defaultNamespace,
      SHIPCLOCK_TASK_QUEUE: taskQueue,
      SHIPCLOCK_DOCUMENTS_DIR: documentsDir,
      SHIPCLOCK_KEYS_FILE: join(documentsDir, 'keys.json'),
      // The floor's own client reads its orders' histories as they are.
      SHIPCLOCK_ENCRYPTION: 'off',
    },
  });
  // What it logs is read and dropped: a full pipe would stop it.
  child.stdout?.resume();
  child.stderr?.resume();
  const [message] = (await once(child, 'message')) as [{ ready?: boolean }];
  must('the worker process is ready', message.ready, true);
  return child;
}

/** Ends it without a word. */
export async function killProcess(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
