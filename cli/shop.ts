import { Argument } from 'commander';
import type { Command } from 'commander';
import { ShopMode } from '../contracts/standing';
import { helpWords } from '../words/cli';
import { shopCliWords, shopHelp } from '../words/connect';
import { postToApi } from './alert-post';
import { askApi, readAs } from './api';
import { minuteOf } from './instant';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { ShopList, SwitchedAnswer, type ShopAnswer } from './shop-answer';
import { readSurroundings } from './surroundings';
import { tableLines } from './table';

interface JsonOption {
  readonly json?: true;
}

/** `shipclock shop` */
export function addShop(program: Command, io: Io): void {
  const shop = program.command('shop').description(shopHelp.shop).helpCommand(false);
  shop
    .command('list')
    .description(shopHelp.list)
    .option('--json', helpWords.json)
    .addHelpText('after', shopHelp.listMore)
    .action((options: JsonOption) => listShops(options, io));
  shop
    .command('mode')
    .description(shopHelp.mode)
    .addArgument(new Argument('<shop>', shopHelp.shopId).argParser(parseShopId))
    .addArgument(new Argument('<mode>', shopHelp.modeName).choices(ShopMode.options))
    .option('--json', helpWords.json)
    .addHelpText('after', shopHelp.modeMore)
    .action((shopId: string, mode: string, options: JsonOption) => switchMode({ shopId, mode }, options, io));
}

async function listShops({ json }: JsonOption, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, '/v1/shops');
  const { data } = readAs(ShopList, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else if (data.length === 0) io.out(shopCliWords.none);
  else for (const line of tableLines(shopCliWords.columns, data.map(rowOf))) io.out(line);
}

const rowOf = ({ id, name, mode, writes, writesOfShop, connection, consentEndsAt }: ShopAnswer): string[] => [
  id,
  name,
  mode,
  shopCliWords.writes(writes, writesOfShop),
  shopCliWords.connection(connection),
  consentEndsAt === null ? shopCliWords.nothing : minuteOf(consentEndsAt),
];

async function switchMode(order: { shopId: string; mode: string }, { json }: JsonOption, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await postToApi(apiUrl, `/v1/shops/${order.shopId}/mode`, { mode: order.mode });
  const { shopId, mode } = readAs(SwitchedAnswer, body, apiUrl);
  io.out(json === true ? JSON.stringify(body) : shopCliWords.mode(shopId, mode));
}
