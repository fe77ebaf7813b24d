import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { NEXT } from '../domain/order/phase';
import { cliFailures, helpWords } from '../words/cli';
import { askApi, readAs } from './api';
import type { Io } from './io';
import { OrderList, orderListLines } from './order-list-table';
import { parseShopId } from './order-ref';
import { readShopClocks } from './shop-clock';
import { readSurroundings } from './surroundings';

interface ListOptions {
  readonly shop?: string;
  readonly phase?: string;
  readonly limit?: string;
  readonly cursor?: string;
  readonly json?: true;
}

/** Lists write no phase of its own for what was handed over: the same deadline runs until the carrier's first scan. */
const LISTED = Object.keys(NEXT).filter((phase) => phase !== 'handedOver');

/** `shipclock order list` */
export function addOrderList(parent: Command, io: Io): void {
  parent
    .command('list')
    .description(helpWords.orderList)
    .addOption(new Option('--shop <id>', helpWords.onlyShop).argParser(parseShopId))
    .addOption(new Option('--phase <phase>', helpWords.phase).choices(LISTED))
    .addOption(new Option('--limit <n>', helpWords.limit).argParser(parseLimit))
    .option('--cursor <cursor>', helpWords.cursor)
    .option('--json', helpWords.json)
    .addHelpText('after', helpWords.orderListMore)
    .action((options: ListOptions) => listOrders(options, io));
}

async function listOrders({ json, ...filter }: ListOptions, io: Io): Promise<void> {
  const surroundings = readSurroundings(io.env);
  const { apiUrl } = surroundings;
  const body = await askApi(apiUrl, `/v1/orders?${new URLSearchParams(filter).toString()}`);
  const list = readAs(OrderList, body, apiUrl);
  if (json === true) {
    io.out(JSON.stringify(body));
    return;
  }
  const shops = list.data.map(({ shopId }) => shopId);
  const clocks = await readShopClocks(surroundings, shops);
  for (const line of orderListLines(list, clocks, filter)) io.out(line);
}

function parseLimit(text: string): string {
  if (!/^(?:[1-9]\d?|100)$/.test(text)) throw new InvalidArgumentError(cliFailures.notALimit);
  return text;
}
