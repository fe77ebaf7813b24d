import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import { helpWords } from '../words/cli';
import { shopCliWords, shopHelp } from '../words/connect';
import { postToApi } from './alert-post';
import { askApi, readAs } from './api';
import { minuteOf } from './instant';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { ShopAnswer, ShopList, SwitchedAnswer, WritesAnswer } from './shop-answer';
import { readSurroundings } from './surroundings';

interface WritesOptions {
  readonly shop?: string;
  readonly json?: true;
}

/** `shipclock writes` */
export function addWrites(program: Command, io: Io): void {
  program
    .command('writes')
    .description(shopHelp.writes)
    .addArgument(new Argument('[state]', shopHelp.writesState).choices(['on', 'off']))
    .addOption(new Option('--shop <id>', shopHelp.onlyShop).argParser(parseShopId))
    .option('--json', helpWords.json)
    .addHelpText('after', shopHelp.writesMore)
    .action((writes: string | undefined, options: WritesOptions) => writesOf(writes, options, io));
}

async function writesOf(writes: string | undefined, { shop, json }: WritesOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const path = shop === undefined ? '/v1/writes' : `/v1/shops/${shop}/writes`;
  const about = shop === undefined ? '/v1/shops' : `/v1/shops/${shop}`;
  const body = writes === undefined ? await askApi(apiUrl, about) : await postToApi(apiUrl, path, { writes });
  if (json === true) io.out(JSON.stringify(body));
  else for (const line of linesOf(body, { apiUrl, shop, isOrder: writes !== undefined })) io.out(line);
  // Whoever lets writes go on believes that all of them do.
  if (json !== true && shop === undefined && writes === 'on') await tellStillOff(apiUrl, io);
}

async function tellStillOff(apiUrl: string, io: Io): Promise<void> {
  const { data } = readAs(ShopList, await askApi(apiUrl, '/v1/shops'), apiUrl);
  for (const line of stillOff(data)) io.out(line);
}

function stillOff(shops: readonly ShopAnswer[]): string[] {
  const off = shops.filter(({ writesOfShop }) => writesOfShop === 'off').map(({ id }) => id);
  return off.length === 0 ? [] : [shopCliWords.stillOff(off)];
}

type About = { apiUrl: string; shop: string | undefined; isOrder: boolean };

function linesOf(body: unknown, { apiUrl, shop, isOrder }: About): string[] {
  if (shop !== undefined && isOrder) {
    const { shopId, writes } = readAs(SwitchedAnswer, body, apiUrl);
    return [shopCliWords.writesOfShop(shopId, writes)];
  }
  if (shop !== undefined) {
    const { id, writes, writesOfShop, switched } = readAs(ShopAnswer, body, apiUrl);
    return [shopCliWords.writesOfShop(id, shopCliWords.writes(writes, writesOfShop)), ...byWhom(switched.writes)];
  }
  if (isOrder) {
    const all = readAs(WritesAnswer, body, apiUrl);
    return [shopCliWords.writesOfAll(all.writes), ...byWhom(all)];
  }
  const { data, writes: all } = readAs(ShopList, body, apiUrl);
  return [shopCliWords.writesOfAll(all.writes), ...byWhom(all), ...stillOff(data)];
}

const byWhom = (switched: { by: string | null; at: string | null } | null): string[] =>
  switched === null || switched.by === null || switched.at === null
    ? []
    : [shopCliWords.by(switched.by, minuteOf(switched.at))];
