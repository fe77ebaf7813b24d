import { Option } from 'commander';
import type { Command } from 'commander';
import { defaultShopId } from '../engine/sandbox-shop';
import { batchCli, batchHelp } from '../words/batch';
import { helpWords } from '../words/cli';
import { askApi, readAs } from './api';
import { BatchAnswer, BatchList } from './batch-answer';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';
import { tableLines } from './table';

interface ShowOptions {
  readonly shop: string;
  readonly json?: true;
}

const shopOption = (): Option =>
  new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId);

/** `shipclock batch list` */
export function addBatchList(parent: Command, io: Io): void {
  parent
    .command('list')
    .description(batchHelp.list)
    .addOption(shopOption())
    .option('--json', helpWords.json)
    .action((options: ShowOptions) => list(options, io));
}

async function list({ shop, json }: ShowOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, `/v1/shops/${shop}/batches`);
  const { data } = readAs(BatchList, body, apiUrl);
  if (json === true) {
    io.out(JSON.stringify(body));
    return;
  }
  if (data.length === 0) {
    io.out(batchCli.none(shop));
    return;
  }
  const rows = data.map(({ batchId, createdAt, status, total, settled, failed }) => {
    return [batchId, createdAt.slice(0, 16).replace('T', ' '), status, String(total), String(settled), String(failed)];
  });
  for (const line of tableLines(batchCli.columns, rows)) io.out(line);
}

/** `shipclock batch show` */
export function addBatchShow(parent: Command, io: Io): void {
  parent
    .command('show')
    .description(batchHelp.show)
    .argument('<batch>', batchHelp.batchArgument)
    .addOption(shopOption())
    .option('--json', helpWords.json)
    .action((batch: string, options: ShowOptions) => show(batch, options, io));
}

async function show(batch: string, { shop, json }: ShowOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, `/v1/shops/${shop}/batches/${encodeURIComponent(batch)}`);
  const answer = readAs(BatchAnswer, body, apiUrl);
  if (json === true) {
    io.out(JSON.stringify(body));
    return;
  }
  io.out(batchCli.created(answer.batchId, answer.total));
  io.out(batchCli.progress(answer));
  for (const line of printableLines(answer)) io.out(line);
  for (const line of failureLines(answer)) io.out(line);
}

/** What can be printed now, and what came after its turn. */
const printableLines = ({ printable, late }: BatchAnswer): string[] => [
  batchCli.printable(printable),
  ...(late.length === 0 ? [] : [batchCli.late(late)]),
];

/** Which orders have no label, and why. */
export function failureLines({ failures }: BatchAnswer): string[] {
  if (failures.length === 0) return [];
  return [
    '',
    batchCli.failures,
    ...failures.map(({ number, orderId, sentence }) => batchCli.failure(number, orderId, sentence)),
  ];
}
