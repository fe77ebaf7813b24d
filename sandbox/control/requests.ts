import type { Request, RequestHandler } from 'express';
import { type Answer, json, rawBody, readJson, send } from '../answer';
import { Problem, problem } from '../problem';
import { findShop, type Shop } from '../shops';
import type { World } from '../world';

/** A control call: what its path names and what its body says. */
export type ControlCall = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly requestId: string | null;
};

/** A control route's work. What it returns is answered as JSON; a `Problem` is thrown. */
export type ControlWork = (call: ControlCall) => Answer | Promise<Answer>;

/** Makes an Express handler of a control route's work. */
export function control(work: ControlWork): RequestHandler {
  return async (req, res) => {
    send(res, await work(callOf(req)));
  };
}

/** Lets only this machine give orders: the control side asks for no key. */
export const onlyFromHere: RequestHandler = (req, res, next) => {
  const from = req.socket.remoteAddress ?? '';
  if (/^(::ffff:)?127\.|^::1$/.test(from)) next();
  else send(res, problem(403, 'The control routes answer this machine alone'));
};

/** Turns away what a browser sends for a web page: any page that is open on this machine could move a shop's clock. */
export const notFromPages: RequestHandler = (req, res, next) => {
  const site = req.get('sec-fetch-site') ?? 'none';
  if (req.get('origin') === undefined && (site === 'none' || site === 'same-origin')) next();
  else send(res, problem(403, 'The control routes answer no web page'));
};

/** The shop a call names. */
export function shopOf(world: World, call: ControlCall): Shop {
  const shop = findShop(world, call.params['shop'] ?? '');
  if (shop === undefined) throw new Problem(404, 'No such shop');
  return shop;
}

/** A 200 with data in it. */
export function ok(value: unknown): Answer {
  return json(200, value);
}

function callOf(req: Request): ControlCall {
  const body = readJson(rawBody(req));
  if (!body.ok) throw new Problem(400, 'The body is not JSON');
  return {
    params: Object.fromEntries(Object.entries(req.params).map(([key, value]) => [key, String(value)])),
    query: new URL(req.originalUrl, 'http://sandbox').searchParams,
    body: body.value,
    requestId: req.get('x-request-id') ?? null,
  };
}
