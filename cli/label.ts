import { Option } from 'commander';
import type { Command } from 'commander';
import { batchCli, batchHelp } from '../words/batch';
import { helpWords } from '../words/cli';
import { orderPath } from './api';
import { fetchFile } from './batch-file';
import type { Io } from './io';
import { parseOrderRef, parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';

interface LabelOptions {
  readonly shop?: string;
  readonly package?: string;
  readonly out: string;
  readonly slip?: string;
}

/** `shipclock label` */
export function addLabel(program: Command, io: Io): void {
  program
    .command('label')
    .description(batchHelp.label)
    .argument('<order>', helpWords.orderArgument)
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId))
    .option('--package <name>', batchHelp.package)
    .requiredOption('--out <file>', batchHelp.out)
    .option('--slip <file>', batchHelp.slipsOut)
    .action((order: string, options: LabelOptions) => fetchLabel(order, options, io));
}

async function fetchLabel(order: string, options: LabelOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const path = orderPath(parseOrderRef(order, options.shop));
  const query = options.package === undefined ? '' : `?package=${encodeURIComponent(options.package)}`;
  const { printedBefore } = await fetchFile(apiUrl, `${path}/label${query}`, options.out);
  io.out(batchCli.written(options.out));
  if (printedBefore !== undefined) io.err(batchCli.labelPrintedBefore);
  if (options.slip === undefined) return;
  await fetchFile(apiUrl, `${path}/packing-slip${query}`, options.slip);
  io.out(batchCli.written(options.slip));
}
