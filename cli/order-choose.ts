import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { choiceHelp, choiceWords } from '../words/choice';
import { helpWords } from '../words/cli';
import { readAs } from './api';
import { sendToApi } from './catalogue-send';
import type { Io } from './io';
import { parseOrderRef, parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';

const BulkAnswer = z.object({
  orders: z.array(
    z.object({ orderId: z.string(), status: z.int(), phase: z.string().optional(), problem: z.string().optional() }),
  ),
  accepted: z.int(),
  refused: z.int(),
});
type BulkAnswer = z.infer<typeof BulkAnswer>;

interface ChooseOptions {
  readonly shop?: string;
  readonly account?: string;
  readonly carrier?: string;
  readonly service?: string;
  readonly method?: string;
  readonly json?: true;
}

/** As many as the API takes at once. */
const mostOrders = 600;

/** `shipclock order choose` */
export function addOrderChoose(parent: Command, io: Io): void {
  parent
    .command('choose')
    .description(choiceHelp.choose)
    .argument('<order...>', choiceHelp.orders)
    .option('--account <name>', choiceHelp.account)
    .option('--carrier <name>', choiceHelp.carrier)
    .option('--service <name>', choiceHelp.service)
    .addOption(new Option('--method <method>', choiceHelp.method).choices(['pickup', 'dropOff']))
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId))
    .option('--json', helpWords.json)
    .addHelpText('after', choiceHelp.chooseMore)
    .action((orders: string[], options: ChooseOptions) => chooseLabels(orders, options, io));
}

async function chooseLabels(orders: string[], { shop, json, ...choice }: ChooseOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const refs = orders.map((order) => parseOrderRef(order, shop));
  const [shopId = '', ...others] = new Set(refs.map((ref) => ref.shopId));
  if (others.length > 0) throw new PlainFailure(choiceHelp.severalShops);
  const ids = [...new Set(refs.map(({ orderId }) => orderId))];
  const answers: BulkAnswer[] = [];
  for (let from = 0; from < ids.length; from += mostOrders) {
    const order = { command: 'choose-label', orders: ids.slice(from, from + mostOrders), ...choice };
    answers.push(await tellMany(apiUrl, shopId, order));
  }
  const told = answers.flatMap((answer) => answer.orders);
  const refused = answers.reduce((sum, answer) => sum + answer.refused, 0);
  if (json === true) io.out(JSON.stringify({ orders: told, accepted: told.length - refused, refused }));
  else for (const one of told) io.out(lineOf(one));
  if (refused > 0) throw new PlainFailure(choiceWords.someRefused(refused, told.length));
}

async function tellMany(apiUrl: string, shopId: string, order: object): Promise<BulkAnswer> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const body = JSON.stringify(order);
  const response = await sendToApi(apiUrl, `/v1/shops/${shopId}/orders/bulk`, { method: 'POST', headers, body });
  return readAs(BulkAnswer, await response.json().catch(() => undefined), apiUrl);
}

const lineOf = ({ orderId, phase, problem }: BulkAnswer['orders'][number]): string =>
  problem === undefined
    ? choiceWords.accepted(orderId, phase ?? choiceWords.nothing)
    : choiceWords.refused(orderId, problem);
