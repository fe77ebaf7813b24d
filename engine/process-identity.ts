import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { runCommand } from './command';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in the system's own words; only ever compared. */
  readonly startedAt: string;
}

/** Who a running process is; undefined when there is none, or only a dead one that nobody has reaped. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const startedAt = process.platform === 'linux' ? await startedAtOnLinux(pid) : await startedAtElsewhere(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether that very process still runs. */
export async function isRunning({ pid, startedAt }: ProcessIdentity): Promise<boolean> {
  return (await identify(pid))?.startedAt === startedAt;
}

/** Ends a process left over from a start that was killed: asked first, then made to. */
export async function endLeftOver(left: ProcessIdentity, graceMs: number): Promise<void> {
  const deadline = Date.now() + graceMs;
  send(left.pid, (await isRunning(left)) ? 'SIGTERM' : undefined);
  while (await isRunning(left)) {
    if (Date.now() > deadline) send(left.pid, 'SIGKILL');
    await pause(50);
  }
}

function send(pid: number, signal: NodeJS.Signals | undefined): void {
  if (signal === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

async function startedAtOnLinux(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name in brackets may hold spaces and brackets, so the fields are counted from the last bracket:
    // the state is the 3rd field, the start time in ticks since boot the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    // Ticks begin again at each boot, and so do process numbers.
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return `${boot.trim()}:${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}

async function startedAtElsewhere(pid: number): Promise<string | undefined> {
  const args = ['-o', 'lstart=,state=', '-p', String(pid)];
  const { exitCode, output } = await runCommand({
    file: 'ps',
    args,
    env: { ...process.env, LC_ALL: 'C' },
    limitMs: 5_000,
  });
  const line = output.trim();
  return exitCode !== 0 || line === '' || / Z\S*$/.test(line) ? undefined : line.replace(/ \S+$/, '');
}
