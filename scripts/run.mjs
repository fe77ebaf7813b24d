import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { ensureReady } from './bootstrap.mjs';
import { words } from './words.mjs';

// Progress goes to stderr: whoever pipes a bench or a proof into a file gets its answer and nothing else.
const say = (line) => process.stderr.write(`${line}\n`);
const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  say(words.noEntry());
  process.exit(1);
}
await ensureReady({ need: 'test', say });

const file = resolve(entry);
process.argv.splice(1, process.argv.length - 1, file, ...args);
const require = createRequire(import.meta.url);
require('tsx/cjs');
require(file);
