import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { engineWords } from '../words/engine';
import { PlainFailure, codeOf } from './plain-failure';
import { startProduct } from './product';
import type { Product } from './product';
import type { Say } from './say';
import { readSettings } from './settings';

const projectDir = dirname(__dirname);

/** npm hands on the Ctrl-C that the terminal already sent, within milliseconds; only a later one is a person's second. */
const sameKeyPressMs = 1_000;

const orphanLookMs = 1_000;

const write: Say = (line) => process.stdout.write(`${line}\n`);

function stopwatch(): Say {
  const begun = Date.now();
  return (line) => {
    write(engineWords.step((Date.now() - begun) / 1000, line));
  };
}

/** Settles at the first signal; every later key press ends all parts at once. */
function untilSignal(product: Product): Promise<void> {
  let firstAt: number | undefined;
  return new Promise((resolve) => {
    const onSignal = (): void => {
      if (firstAt === undefined) {
        firstAt = Date.now();
        write(engineWords.stopping());
        resolve();
      } else if (Date.now() - firstAt > sameKeyPressMs) {
        product.kill();
        process.exit(1);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
    whenOrphaned(() => {
      if (firstAt === undefined) onSignal();
    });
  });
}

/** A signal to npm alone ends npm and its shell but not their child: a product without a terminal that nobody would stop. */
function whenOrphaned(act: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, orphanLookMs);
  watch.unref();
}

async function run({ fresh, hasDemo }: { fresh: boolean; hasDemo: boolean }): Promise<number> {
  const settings = readSettings(process.env, projectDir);
  const product = startProduct({
    projectDir,
    configFolder: projectDir,
    settings,
    env: process.env,
    fresh,
    hasDemo,
    say: stopwatch(),
  });
  const stopped = untilSignal(product).then(() => undefined);
  // A part may break, or a person may stop, before the start is through: whichever comes first decides.
  const sentence = await Promise.race([stopped, product.broken, product.ready.then(() => null, sentenceOf)]);
  let failure = sentence ?? undefined;
  if (sentence === null) {
    const urls = await product.ready;
    for (const line of engineWords.welcome(urls)) write(line);
    failure = await Promise.race([stopped, product.broken]);
  }
  if (failure !== undefined) write(failure);
  await product.stop();
  if (failure === undefined) write(engineWords.stopped());
  return failure === undefined ? 0 : 1;
}

function sentenceOf(error: unknown): string {
  if (String(codeOf(error)).startsWith('ERR_PARSE_ARGS')) return engineWords.unknownOption();
  if (error instanceof PlainFailure) return error.message;
  return engineWords.unexpected(error instanceof Error ? error.message : String(error));
}

const options = {
  fresh: { type: 'boolean' },
  'no-demo': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function main(): Promise<number> {
  try {
    const { values } = parseArgs({ options });
    const hasDemo = values['no-demo'] !== true && process.env['SHIPCLOCK_DEMO'] !== 'off';
    if (values.help !== true) return await run({ fresh: values.fresh === true, hasDemo });
    write(engineWords.help());
    return 0;
  } catch (error) {
    write(sentenceOf(error));
    return 1;
  }
}

// A reader that went away (`npm start | head`) is no reason to leave the product unstopped.
process.stdout.on('error', () => undefined);
void main().then((exitCode) => process.exit(exitCode));
