import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 25;

/** Looks again and again until it is so: for what another process does in its own time, which no clock of ours can move. */
export async function untilTrue(what: string, isSo: () => Promise<boolean> | boolean, limitMs = 30_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not so after ${limitMs / 1000} s: ${what}`);
    await pause(LOOK_AGAIN_MS);
  }
}
