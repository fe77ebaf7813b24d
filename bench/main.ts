import { Command } from 'commander';
import { benchWords } from '../words/bench';
import { openFloor } from '../test/support/floor';
import globalSetup from '../test/support/global-setup';
import globalTeardown from '../test/support/global-teardown';
import { machine, type Bench, type Figures } from './bench';
import { cost } from './cost';
import { manifest } from './manifest';
import { plan } from './plan';
import { rates } from './rates';
import { webhooks } from './webhooks';

const BENCHES: Record<string, Bench> = { cost, manifest, plan, rates, webhooks };

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Brings up what a bench needs, runs it and stops all of it. */
async function run(name: string, { json, seed }: { json?: boolean; seed: string }): Promise<number> {
  const bench = BENCHES[name];
  if (bench === undefined) {
    say(benchWords.unknown(name, Object.keys(BENCHES)));
    return 2;
  }
  say(benchWords.begins(name));
  try {
    await globalSetup();
    const figures = await onFloor(bench, Number(seed));
    const report = { bench: name, seed: Number(seed), machine: machine(), figures };
    process.stdout.write(`${json === true ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`);
    return 0;
  } catch (error) {
    say(benchWords.failed(name, error instanceof Error ? error.message : String(error)));
    return 1;
  } finally {
    await globalTeardown().catch(() => undefined);
  }
}

/** What fails while all is taken down must not hide what failed first. */
async function onFloor(bench: Bench, seed: number): Promise<Figures> {
  const floor = { ...(await openFloor()), say };
  const [measured] = await Promise.allSettled([bench(floor, seed)]);
  const [closed] = await Promise.allSettled([floor.close()]);
  if (measured.status === 'rejected') throw measured.reason;
  if (closed.status === 'rejected') throw closed.reason;
  return measured.value;
}

new Command('bench')
  .description(benchWords.about(Object.keys(BENCHES)))
  .argument('<name>', benchWords.name)
  .option('--json', benchWords.json)
  .option('--seed <number>', benchWords.seed, '1')
  .action(async (name: string, options: { json?: boolean; seed: string }) => {
    process.exit(await run(name, options));
  })
  .parse();
