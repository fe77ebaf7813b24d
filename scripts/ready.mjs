import { ensureReady } from './bootstrap.mjs';

// As a command: make a clone ready and say so on stderr. CI and people with editors want the packages without a start.
await ensureReady({ need: 'test', say: (line) => process.stderr.write(`${line}\n`) });
