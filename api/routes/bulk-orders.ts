import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';
import { details } from '../../words/api';
import { choiceWords } from '../../words/choice';
import { callerOf, type Caller } from '../caller';
import type { ApiDeps } from '../deps';
import { readBody, shopOfPath } from '../door';
import { Problem } from '../problem';
import { isNotNow } from '../temporal-failures';

/** One order that is told something: whose word it is, and the hash by which a repeat under one key is known. */
export type OneOrder = { shopId: string; orderId: string; caller: Caller; bodyHash: string };

/**
 * What may be ordered of many, by the last part of the path that one has.
 * `names`: those there are. `prepare` reads the fields as the one order's route does, and throws what that throws; what it gives
 * orders it of one and answers the verdict, or throws a Problem.
 */
export type OrderCommands = {
  names: readonly string[];
  prepare: (name: string, fields: Record<string, unknown>) => (deps: ApiDeps, one: OneOrder) => Promise<Followed>;
};

type Followed = { phase: string; at: number };

/** As many as the platform's own bulk pages take. */
const MOST_ORDERS = 600;
const AT_ONCE = 10;
/** Each order has its own deadline beside; callers and proxies rarely wait longer than this. */
const ALL_WITHIN_MS = 50_000;

const orders = z
  .array(PlatformId)
  .min(1)
  .max(MOST_ORDERS)
  .refine((ids) => new Set(ids).size === ids.length, choiceWords.repeated);

const bodyOf = (names: readonly string[]) =>
  z.looseObject({
    command: z.string().refine((name) => names.includes(name), choiceWords.unknownCommand(names)),
    orders,
  });

type Answer = { orderId: string; status: number; phase?: string; at?: string; problem?: string };

/**
 * `POST /v1/shops/:shopId/orders/bulk`: orders one thing of up to 600 orders, ten at once, and answers for each, in the order in
 * which they were named. Each order is told under the request's key: a repeat has one effect on each, also where the first was cut off.
 */
export function bulkOrders(deps: ApiDeps, commands: OrderCommands): RequestHandler {
  const Body = bodyOf(commands.names);
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const { command, orders: orderIds, ...fields } = readBody(req, Body);
    const order = commands.prepare(command, fields);
    const { key, ...who } = callerOf(req);
    const caller = { ...who, ...(key === undefined ? {} : { key: bulkKey(key) }) };
    const common = { shopId, caller, bodyHash: sha256(JSON.stringify([command, sorted(fields)])) };
    const until = Date.now() + ALL_WITHIN_MS;
    const data = await allOf(orderIds, async (orderId) => {
      if (Date.now() >= until) return { orderId, status: 503, problem: choiceWords.notBegun };
      return answerFor(orderId, () => order(deps, { ...common, orderId }), deps);
    });
    const accepted = data.filter(({ status }) => status === 200).length;
    res.json({ command, orders: data, accepted, refused: data.length - accepted });
  };
}

/** A key of its own: the same one on a single order's route is another request. */
const bulkKey = (key: string): string => sha256(`bulk:${key}`);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same fields in another order are the same request. */
const sorted = (fields: Record<string, unknown>): [string, unknown][] =>
  Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));

/** A queue with ten who take from it: a slow order holds up one of them. */
async function allOf(orderIds: readonly string[], tell: (orderId: string) => Promise<Answer>): Promise<Answer[]> {
  const answers = new Map<string, Answer>();
  const queue = orderIds.values();
  const takeOne = async (): Promise<void> => {
    for (const orderId of queue) answers.set(orderId, await tell(orderId));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeOne));
  return orderIds.flatMap((orderId) => answers.get(orderId) ?? []);
}

async function answerFor(orderId: string, order: () => Promise<Followed>, { logger }: ApiDeps): Promise<Answer> {
  try {
    const { phase, at } = await order();
    return { orderId, status: 200, phase, at: new Date(at).toISOString() };
  } catch (error) {
    if (error instanceof Problem) return { orderId, status: error.status, problem: error.detail };
    if (isNotNow(error)) return { orderId, status: 503, problem: details.temporalSilent };
    logger.error({ orderId, err: error }, 'unexpected');
    return { orderId, status: 500, problem: choiceWords.failed };
  }
}
