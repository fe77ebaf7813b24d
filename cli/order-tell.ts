import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { helpWords, tellHelp, tellWords } from '../words/cli';
import { orderPath, readAs } from './api';
import { sendToApi } from './catalogue-send';
import type { Io } from './io';
import { parseOrderRef, parseShopId, type OrderRef } from './order-ref';
import { readSurroundings } from './surroundings';

/** What a person says of orders without a word more; the last part of the API's path is the command's name. */
const verbs = ['release', 'packed', 'approve'] as const;
type Verb = (typeof verbs)[number];

/** What became of one order; `problem` says why it refused. */
const Told = z.object({
  orderId: z.string(),
  status: z.int(),
  phase: z.string().optional(),
  problem: z.string().optional(),
});
type Told = z.infer<typeof Told>;

const Followed = z.object({ phase: z.string() });
const BulkAnswer = z.object({ orders: z.array(Told) });

interface TellOptions {
  readonly shop?: string;
  readonly as: string;
  readonly json?: true;
}

/** As many as the API takes at once. */
const mostOrders = 600;

/** `shipclock order release`, `order packed` and `order approve` */
export function addOrderTell(parent: Command, io: Io): void {
  for (const verb of verbs)
    parent
      .command(verb)
      .description(tellHelp.about[verb])
      .argument('<order...>', tellHelp.orders)
      .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId))
      .addOption(
        new Option('--as <name>', tellHelp.as).argParser(parseActor).default(tellWords.operator, tellWords.operator),
      )
      .option('--json', helpWords.json)
      .addHelpText('after', tellHelp.more[verb])
      .action((orders: string[], options: TellOptions) => tellOrders(verb, { orders, options }, io));
}

type Wish = { orders: readonly string[]; options: TellOptions };

async function tellOrders(verb: Verb, { orders, options: { shop, as, json } }: Wish, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const refs = refsOf(orders, shop);
  const [first, ...others] = refs;
  if (first === undefined) return;
  const asked = { apiUrl, verb, actor: as };
  const told = others.length === 0 ? [await tellOne(first, asked)] : await tellMany(refs, asked);
  const refused = told.filter(({ problem }) => problem !== undefined).length;
  if (json === true) io.out(JSON.stringify({ orders: told, accepted: told.length - refused, refused }));
  else for (const one of told) io.out(sentenceOf(verb, one));
  if (refused > 0) throw new PlainFailure(tellWords.someRefused(refused, told.length));
}

/** Each order once, all of one shop: the API takes many of one shop alone. */
function refsOf(orders: readonly string[], shop: string | undefined): OrderRef[] {
  const refs = orders.map((order) => parseOrderRef(order, shop));
  if (new Set(refs.map(({ shopId }) => shopId)).size > 1) throw new PlainFailure(tellWords.severalShops);
  return [...new Map(refs.map((ref) => [ref.orderId, ref])).values()];
}

type Asked = { apiUrl: string; verb: Verb; actor: string };

/** Its refusal is the failure of the command. */
async function tellOne(ref: OrderRef, asked: Asked): Promise<Told> {
  const body = await post(`${orderPath(ref)}/${asked.verb}`, {}, asked);
  return { orderId: ref.orderId, status: 200, phase: readAs(Followed, body, asked.apiUrl).phase };
}

async function tellMany(refs: readonly OrderRef[], asked: Asked): Promise<Told[]> {
  const { apiUrl, verb } = asked;
  const told: Told[] = [];
  for (let from = 0; from < refs.length; from += mostOrders) {
    const some = refs.slice(from, from + mostOrders);
    const order = { command: verb, orders: some.map(({ orderId }) => orderId) };
    const body = await post(`/v1/shops/${some[0]?.shopId ?? ''}/orders/bulk`, order, asked);
    told.push(...readAs(BulkAnswer, body, apiUrl).orders);
  }
  return told;
}

async function post(path: string, order: object, { apiUrl, actor }: Asked): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), 'x-actor': actor };
  const response = await sendToApi(apiUrl, path, { method: 'POST', headers, body: JSON.stringify(order) });
  return response.json().catch(() => undefined);
}

const sentenceOf = (verb: Verb, { orderId, phase, problem }: Told): string =>
  problem === undefined
    ? tellWords.done[verb](orderId, phase ?? tellWords.unknown)
    : tellWords.refused(orderId, problem);

/** As the API takes an `X-Actor`. */
function parseActor(text: string): string {
  if (!/^[\x20-\x7e]{1,64}$/.test(text)) throw new InvalidArgumentError(tellWords.notAnActor);
  return text;
}
