import { startSandbox } from './server';

const USUAL_PORT = 8090;

async function main(): Promise<void> {
  // Listened for before the start: a parent may die while we are starting.
  const told = untilTold();
  const port = Number(process.env['SHIPCLOCK_SANDBOX_PORT'] ?? USUAL_PORT);
  const dataDir = process.env['SHIPCLOCK_SANDBOX_DIR'];
  const host = process.env['SHIPCLOCK_SANDBOX_HOST'];
  const trafficLog = process.env['SANDBOX_TRAFFIC_LOG'];
  try {
    const sandbox = await startSandbox({
      port,
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(host === undefined ? {} : { host }),
      ...(trafficLog === undefined || trafficLog === '' ? {} : { trafficLog }),
    });
    if (process.connected) process.send?.({ ready: true, url: sandbox.url });
    await told;
    await sandbox.close();
    process.exit(0);
  } catch (error) {
    fail(port, error as NodeJS.ErrnoException);
  }
}

/** A child is stopped by its parent, in the parent's order; alone it stops on a signal. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => resolve();
    // Ctrl-C reaches the whole process group: with a parent, the workers still need this sandbox while they drain.
    process.on('SIGINT', process.send === undefined ? stop : () => undefined);
    process.on('SIGTERM', stop);
    process.on('disconnect', stop);
    process.on('message', (message) => {
      if (message === 'stop') stop();
    });
  });
}

function fail(port: number, error: NodeJS.ErrnoException): void {
  const failed = { port, code: error.code ?? error.message };
  if (process.send === undefined || !process.connected) {
    process.stderr.write(`sandbox: cannot listen on port ${port}: ${failed.code}\n`);
    process.exit(1);
  }
  process.send({ failed }, () => process.exit(1));
}

void main();
