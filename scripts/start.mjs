import { createRequire } from 'node:module';
import { ensureReady } from './bootstrap.mjs';

await ensureReady({ need: 'run', say: (line) => process.stdout.write(`${line}\n`) });

// The engine runs in this very process: one process less between Ctrl-C and an orderly stop.
const require = createRequire(import.meta.url);
require('tsx/cjs');
require('../engine/main.ts');
