import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { engineWords } from '../words/engine';
import { dynamicConfigArgs } from './dynamic-config';
import type { DynamicConfig } from './dynamic-config';
import { openLog } from './log-file';
import { PlainFailure } from './plain-failure';

export interface ServerOptions {
  readonly binary: string;
  /** Where the database lies; in memory, and lost at the end, if left out. */
  readonly dbFile?: string;
  readonly ip: string;
  readonly port: number;
  /** No web UI if left out. */
  readonly uiPort?: number;
  /** Where the UI has payloads decoded; it shows them as they lie if left out. */
  readonly uiCodecUrl?: string;
  readonly metricsPort?: number;
  readonly namespace: string;
  readonly dynamicConfig: DynamicConfig;
  readonly logFile: string;
}

/** A Temporal server of our own, under a supervisor that ends it when this process dies. */
export interface StartedServer {
  readonly address: string;
  /** Settles when it answers; rejects with a sentence that names its log when it cannot start. */
  readonly ready: Promise<{ pid: number; supervisorPid: number }>;
  /** Settles when the server is gone, asked or not. */
  readonly gone: Promise<void>;
  /** Asks it to stop, and ends it after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
  /** Ends it now; its database is a write-ahead log, which survives that. */
  kill(): void;
}

const startLimitMs = 60_000;

/** Starts the server. It can be stopped from the first instant; wait for `ready` before using it. */
export function startServer(options: ServerOptions): StartedServer {
  const supervisor = superviseServer(options);
  const gone = new Promise<void>((resolve) => {
    supervisor.once('exit', () => {
      resolve();
    });
  });
  const tell = (message: 'stop' | 'kill'): void => {
    if (supervisor.connected) supervisor.send(message);
  };
  return {
    address: `${options.ip}:${options.port}`,
    ready: untilServing({ supervisor, gone, options }),
    gone,
    stop: async (graceMs = 8_000): Promise<void> => {
      tell('stop');
      const last = setTimeout(tell, graceMs, 'kill');
      await gone;
      clearTimeout(last);
    },
    kill: () => {
      tell('kill');
    },
  };
}

/** The arguments of `temporal server start-dev`. */
function serverArgs(options: ServerOptions): string[] {
  const { dbFile, ip, port, metricsPort, namespace, dynamicConfig } = options;
  // In the default mode of a database file each transaction waits for the disk; with these, three times the orders fit.
  const pragmas = ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'];
  return [
    ...['server', 'start-dev', '--log-level', 'warn', '--ip', ip, '--port', String(port), '--namespace', namespace],
    ...(dbFile === undefined ? [] : ['--db-filename', dbFile, ...pragmas]),
    ...uiArgs(options),
    ...(metricsPort === undefined ? [] : ['--metrics-port', String(metricsPort)]),
    ...dynamicConfigArgs(dynamicConfig),
  ];
}

function uiArgs({ uiPort, uiCodecUrl }: ServerOptions): string[] {
  if (uiPort === undefined) return ['--headless'];
  const codec = uiCodecUrl === undefined ? [] : ['--ui-codec-endpoint', uiCodecUrl];
  return ['--ui-port', String(uiPort), '--ui-disable-news-fetch', ...codec];
}

function superviseServer(options: ServerOptions): ChildProcess {
  const log = openLog(options.logFile);
  try {
    return fork(join(__dirname, 'supervisor.cjs'), [options.binary, ...serverArgs(options)], {
      // Its own process group: Ctrl-C at the terminal must reach neither it nor the server before the workers have drained.
      detached: true,
      execArgv: [],
      cwd: dirname(options.logFile),
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

interface Starting {
  readonly supervisor: ChildProcess;
  readonly gone: Promise<void>;
  readonly options: ServerOptions;
}

async function untilServing({ supervisor, gone, options }: Starting): Promise<{ pid: number; supervisorPid: number }> {
  const first = new Promise<{ serverPid?: number }>((resolve) => supervisor.once('message', resolve));
  const { serverPid: pid } = await Promise.race([first, gone.then(() => ({ serverPid: undefined }))]);
  if (pid === undefined) throw new PlainFailure(engineWords.serverDidNotStart(options.logFile));

  const deadline = Date.now() + startLimitMs;
  while (!(await answers(`${options.ip}:${options.port}`))) {
    const isGone = supervisor.exitCode !== null || supervisor.signalCode !== null;
    if (isGone || Date.now() > deadline) throw new PlainFailure(engineWords.serverDidNotStart(options.logFile));
    await pause(50);
  }
  return { pid, supervisorPid: supervisor.pid ?? 0 };
}

async function answers(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}
