import { Option } from 'commander';
import type { Command } from 'commander';
import { helpWords } from '../words/cli';
import { askApi, orderPath, readAs } from './api';
import type { Io } from './io';
import { OrderAnswer } from './order-answer';
import { orderPageLines } from './order-page';
import { parseOrderRef, parseShopId } from './order-ref';
import { readShopClocks } from './shop-clock';
import { readSurroundings } from './surroundings';

interface ShowOptions {
  readonly shop?: string;
  readonly json?: true;
}

/** `shipclock order show` */
export function addOrderShow(parent: Command, io: Io): void {
  parent
    .command('show')
    .description(helpWords.orderShow)
    .argument('<order>', helpWords.orderArgument)
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId))
    .option('--json', helpWords.json)
    .addHelpText('after', helpWords.orderShowMore)
    .action((order: string, options: ShowOptions) => showOrder(order, options, io));
}

async function showOrder(order: string, { shop, json }: ShowOptions, io: Io): Promise<void> {
  const ref = parseOrderRef(order, shop);
  const surroundings = readSurroundings(io.env);
  const { apiUrl } = surroundings;
  const body = await askApi(apiUrl, orderPath(ref));
  const answer = readAs(OrderAnswer, body, apiUrl);
  if (json === true) {
    io.out(JSON.stringify(body));
    return;
  }
  const clocks = await readShopClocks(surroundings, [ref.shopId]);
  for (const line of orderPageLines(answer, clocks, Date.now())) io.out(line);
}
