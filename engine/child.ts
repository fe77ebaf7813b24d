import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { engineWords } from '../words/engine';
import { openLog } from './log-file';
import { PlainFailure } from './plain-failure';

export interface ChildOptions {
  /** What it is called in sentences and in its log's name. */
  readonly name: string;
  readonly entry: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
}

/**
 * A part of the product in a process of its own. It says `{ready: true}` or `{failed: {sentence?}}` once, stops on the
 * message `'stop'`, and ends by itself when the channel closes, for then the engine is dead.
 */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Rejects with a sentence when it fails before it is ready. */
  readonly ready: Promise<void>;
  readonly gone: Promise<void>;
  stop(graceMs: number): Promise<void>;
  readonly kill: () => void;
}

const readyLimitMs = 60_000;

export function startChild(options: ChildOptions): Child {
  const child = forkChild(options);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const kill = (): void => {
    killGroup(child.pid);
  };
  return {
    name: options.name,
    pid: child.pid ?? 0,
    ready: untilReady(child, gone, options),
    gone,
    kill,
    stop: async (graceMs): Promise<void> => {
      if (child.connected) child.send('stop');
      const last = setTimeout(kill, graceMs);
      await gone;
      clearTimeout(last);
    },
  };
}

function forkChild({ entry, cwd, env, logFile }: ChildOptions): ChildProcess {
  const log = openLog(logFile);
  try {
    return fork(entry, [], {
      // A process group of its own: Ctrl-C reaches the engine alone, which stops the parts one after the other.
      detached: true,
      execArgv: ['--require', require.resolve('tsx/cjs')],
      cwd,
      env,
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

async function untilReady(child: ChildProcess, gone: Promise<void>, { name, logFile }: ChildOptions): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const sentence = await Promise.race([
    firstWord(child, engineWords.partFailed(name, logFile)),
    gone.then(() => engineWords.partFailed(name, logFile)),
    new Promise<string>((resolve) => {
      timer = setTimeout(resolve, readyLimitMs, engineWords.partTooSlow(name, readyLimitMs / 1000, logFile));
    }),
  ]);
  clearTimeout(timer);
  if (sentence !== undefined) throw new PlainFailure(sentence);
}

/** What the child says first: nothing when it is ready, its sentence or the usual one when it failed. */
function firstWord(child: ChildProcess, usual: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on('message', (message: { ready?: boolean; failed?: { sentence?: string } }) => {
      if (message.ready === true) resolve(undefined);
      else if (message.failed !== undefined) resolve(message.failed.sentence ?? usual);
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
