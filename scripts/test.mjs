import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { ensureReady, projectDir } from './bootstrap.mjs';

// The Temporal server of the suite is found or fetched by jest's own global setup, so that a bare `npx jest` works too.
await ensureReady({ need: 'test', say: (line) => process.stderr.write(`${line}\n`) });

const require = createRequire(import.meta.url);
const jest = spawn(process.execPath, [require.resolve('jest/bin/jest'), ...process.argv.slice(2)], {
  cwd: projectDir,
  stdio: 'inherit',
});
// jest hears Ctrl-C itself, being in the same process group; this one only waits to hand on its exit code.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => signal !== 'SIGINT' && jest.kill(signal));
}
jest.once('exit', (code) => process.exit(code ?? 1));
