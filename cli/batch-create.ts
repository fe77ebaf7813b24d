import { setTimeout as pause } from 'node:timers/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import { defaultShopId } from '../engine/sandbox-shop';
import { batchCli, batchHelp } from '../words/batch';
import { helpWords } from '../words/cli';
import { postToApi } from './alert-post';
import { askApi, readAs } from './api';
import { BatchAnswer, CreatedBatch } from './batch-answer';
import { failureLines } from './batch-show';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';

interface CreateOptions {
  readonly shop: string;
  readonly slips?: true;
  readonly format?: string;
  readonly wait: boolean;
  readonly json?: true;
}

const lookAgainMs = 2_000;

/** `shipclock batch create` */
export function addBatchCreate(parent: Command, io: Io): void {
  parent
    .command('create')
    .description(batchHelp.create)
    .argument('[orders...]', batchHelp.orders)
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId))
    .option('--slips', batchHelp.slips)
    .addOption(new Option('--format <format>', batchHelp.format).choices(['pdf', 'zpl']))
    .option('--no-wait', batchHelp.noWait)
    .option('--json', helpWords.json)
    .addHelpText('after', batchHelp.createMore)
    .action((orders: string[], options: CreateOptions) => create(orders, options, io));
}

async function create(orders: string[], options: CreateOptions, io: Io): Promise<void> {
  const { shop, slips = false, format, wait, json } = options;
  const { apiUrl } = readSurroundings(io.env);
  const body = await postToApi(apiUrl, `/v1/shops/${shop}/batches`, {
    slips,
    ...(orders.length === 0 ? {} : { orders }),
    ...(format === undefined ? {} : { format }),
  });
  const { batchId, total } = readAs(CreatedBatch, body, apiUrl);
  if (json !== true) io.out(batchCli.created(batchId, total));
  const last = wait ? await untilThrough(`/v1/shops/${shop}/batches/${batchId}`, apiUrl, io) : body;
  if (json === true) {
    io.out(JSON.stringify(last));
    return;
  }
  if (wait) for (const line of failureLines(readAs(BatchAnswer, last, apiUrl))) io.out(line);
  io.out(batchCli.print(batchId));
}

/** Tells each change; the batch itself runs on whatever becomes of this. */
async function untilThrough(path: string, apiUrl: string, io: Io): Promise<unknown> {
  let told = '';
  for (;;) {
    const body = await askApi(apiUrl, path);
    const answer = readAs(BatchAnswer, body, apiUrl);
    const line = batchCli.progress(answer);
    if (line !== told) io.err(line);
    told = line;
    if (answer.status === 'done' || answer.status === 'broken') return body;
    await pause(lookAgainMs);
  }
}
