import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Floor } from '../support/floor';
import type { Heard } from './forms-set';
import type { WorkerNews, WorkerWish } from './forms-worker';
import { killProcess } from './worker-process';

const ENTRY = join(__dirname, 'forms-worker.ts');

/** A worker in a process of its own, whose every word to an order is written down. */
export type FormsWorker = {
  /** The accounts whose work stands still. */
  reached: ReadonlySet<string>;
  /** The most memory that it has held, in MB. */
  peakMemoryMb: () => Promise<number>;
  kill: () => Promise<void>;
};

type Wish = Pick<WorkerWish, 'dooms' | 'most'>;

export async function startFormsWorker(floor: Floor, wish: Wish): Promise<FormsWorker> {
  const { taskQueue, documentsDir } = floor;
  const asked: WorkerWish = {
    ...wish,
    ...{ taskQueue, documentsDir, heardFile: heardFile(floor) },
    address: process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '',
    codePath: process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '',
  };
  const child = fork(ENTRY, {
    execArgv: ['--require', 'tsx/cjs'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, SHIPCLOCK_FORMS_WORKER: JSON.stringify(asked) },
  });
  const reached = new Set<string>();
  child.on('message', (news: WorkerNews) => {
    if ('reached' in news) reached.add(news.reached);
  });
  await newsOf(child, 'ready');
  return {
    reached,
    peakMemoryMb: async () => {
      child.send('memory');
      return ((await newsOf(child, 'peakMemoryMb')) as { peakMemoryMb: number }).peakMemoryMb;
    },
    kill: () => (child.exitCode === null && child.signalCode === null ? killProcess(child) : Promise.resolve()),
  };
}

async function newsOf(child: ChildProcess, name: string): Promise<WorkerNews> {
  const ended = once(child, 'exit').then(() => undefined);
  for (;;) {
    const news = await Promise.race([once(child, 'message') as Promise<[WorkerNews]>, ended]);
    if (news === undefined) throw new Error('the worker process ended');
    if (name in news[0]) return news[0];
  }
}

const heardFile = ({ documentsDir }: Floor): string => join(documentsDir, 'heard.ndjson');

/** What orders were told so far, by all workers of a floor. */
export async function heardOn(floor: Floor): Promise<Heard[]> {
  const text = await readFile(heardFile(floor), 'utf8').catch(() => '');
  // The last line may be half written, or its writer killed in it.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Heard);
}
