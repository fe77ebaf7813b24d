import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { defaultShopId } from '../engine/sandbox-shop';
import { batchCli, batchHelp } from '../words/batch';
import { helpWords } from '../words/cli';
import { askApi, readAs } from './api';
import { BatchAnswer } from './batch-answer';
import { fetchFile } from './batch-file';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';

interface PrintOptions {
  readonly shop: string;
  readonly from?: number;
  readonly to?: number;
  readonly out: string;
}

function parseNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError(batchCli.notANumber);
  return Number(text);
}

/** `shipclock batch print` */
export function addBatchPrint(parent: Command, io: Io): void {
  parent
    .command('print')
    .description(batchHelp.print)
    .argument('<batch>', batchHelp.batchArgument)
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId))
    .option('--from <number>', batchHelp.from, parseNumber)
    .option('--to <number>', batchHelp.to, parseNumber)
    .requiredOption('--out <file>', batchHelp.out)
    .addHelpText('after', batchHelp.printMore)
    .action((batch: string, options: PrintOptions) => print(batch, options, io));
}

async function print(batch: string, { shop, from, to, out }: PrintOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const path = `/v1/shops/${shop}/batches/${encodeURIComponent(batch)}`;
  const { format } = readAs(BatchAnswer, await askApi(apiUrl, path), apiUrl);
  const range = Object.entries({ from, to }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  const query = range.length === 0 ? '' : `?${range.join('&')}`;
  const { printedBefore, notYet } = await fetchFile(apiUrl, `${path}/labels.${format}${query}`, out);
  io.out(batchCli.written(out));
  if (printedBefore !== undefined) io.err(batchCli.printedBefore(printedBefore));
  if (notYet !== undefined) io.err(batchCli.notYet(notYet));
}
