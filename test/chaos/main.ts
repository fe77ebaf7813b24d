import { Command } from 'commander';
import { chaosWords } from '../../words/chaos';
import type { Figures } from './judge';
import { runChaos } from './run';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const out = (line: string): void => void process.stdout.write(`${line}\n`);

const USUAL = { kills: '20', orders: '60', seed: '1' };

/** What must not have happened; and nothing may be left over. */
const isWell = (figures: Figures): boolean =>
  figures.finished === figures.orders &&
  figures.doubleLabels + figures.doubleUploads + figures.doubleForms === 0 &&
  figures.lostCommands + figures.lateTimers === 0;

type Options = { kills: string; orders: string; seed: string; json?: boolean };

async function run({ json, ...asked }: Options): Promise<number> {
  const bad = Object.entries(asked).find(([, value]) => !/^\d+$/.test(value));
  if (bad !== undefined) {
    say(chaosWords.badNumber(bad[0]));
    return 2;
  }
  const wish = { kills: Number(asked.kills), orders: Number(asked.orders), seed: Number(asked.seed) };
  const begunAt = Date.now();
  try {
    const { figures, complaints } = await runChaos(wish, say);
    complaints.forEach(say);
    const report = { chaos: true, seed: wish.seed, seconds: Math.round((Date.now() - begunAt) / 1_000), figures };
    out(json === true ? JSON.stringify(report) : tableOf({ seed: report.seed, seconds: report.seconds, ...figures }));
    return isWell(figures) ? 0 : 1;
  } catch (error) {
    say(chaosWords.failed(error instanceof Error ? error.message : String(error)));
    return 1;
  }
}

const tableOf = (figures: Record<string, number>): string =>
  Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(16)}${String(value).padStart(8)}`)
    .join('\n');

new Command('chaos')
  .description(chaosWords.about)
  .option('--kills <number>', chaosWords.kills, USUAL.kills)
  .option('--orders <number>', chaosWords.orders, USUAL.orders)
  .option('--seed <number>', chaosWords.seed, USUAL.seed)
  .option('--json', chaosWords.json)
  .action(async (options: Options) => {
    process.exit(await run(options));
  })
  .parse();
