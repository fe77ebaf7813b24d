import type { Io } from './io';
import { runCli } from './run';

/** `npx` hands on the Ctrl-C that the terminal already sent, within milliseconds; only a later one is a person's second. */
const sameKeyPressMs = 1_000;

function onInterrupt(act: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let lastAt = -Infinity;
  const listen = (): void => {
    const isSameKeyPress = Date.now() - lastAt < sameKeyPressMs;
    lastAt = Date.now();
    if (!isSameKeyPress) act();
  };
  for (const signal of signals) process.on(signal, listen);
  return () => {
    for (const signal of signals) process.off(signal, listen);
  };
}

const io: Io = {
  env: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  onInterrupt,
};

// A reader that went away (`shipclock order list | head -1`) has read what it wanted.
process.stdout.on('error', () => undefined);

void runCli(process.argv.slice(2), io).then((exitCode) => {
  // Open sockets would keep the process for seconds; what was written must still arrive.
  process.stdout.write('', () => process.exit(exitCode));
});
