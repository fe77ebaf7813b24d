import { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { type Answer, json, rawBody, readJson, send } from '../answer';
import { answerThroughFaults } from '../fault-gate';
import type { FaultRoute } from '../faults';
import { allShops } from '../shops';
import { watch } from '../traffic';
import type { World } from '../world';
import { isWindowClosed, openCase, ordersOf, shownCase } from './cases';
import { deskFault, type DeskRefusal, NO_CASE, turnedDown } from './wire';

type DeskCall = {
  readonly shopId: string;
  readonly caseNumber: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
};
type Work = (world: World, call: DeskCall) => Answer;

/** The appeal desk, mounted at `/appeals`. TikTok has only pages for it: this wire is the sandbox's own. */
export function appealRoutes(world: World): Router {
  const on = (work: Work, route: FaultRoute): RequestHandler => gated(world, work, route);
  const router = Router();
  router.post('/cases', on(fileCase, 'appeals.file'));
  router.get('/cases', on(findCases, 'appeals.find'));
  router.get('/cases/:caseNumber', on(readCase, 'appeals.read'));
  router.use((_req, res) => {
    send(res, turnedDown({ status: 404, code: 'not_found', message: 'There is no such path.' }));
  });
  return router;
}

const WRONG_TOKEN: DeskRefusal = { status: 401, code: 'unauthorized', message: 'The token is no shop’s.' };
const BAD_BODY: DeskRefusal = { status: 400, code: 'bad_request', message: 'The body is not JSON.' };
const TOO_MANY: DeskRefusal = {
  status: 422,
  code: 'too_many_orders',
  message: 'A case takes at most 100 orders.',
};
const NO_PDF: DeskRefusal = { status: 422, code: 'invalid', message: 'pack_pdf is no PDF.' };
const WINDOW_CLOSED: DeskRefusal = {
  status: 422,
  code: 'window_closed',
  message: 'The window for another appeal of this order is over.',
};

function gated(world: World, work: Work, route: FaultRoute): RequestHandler {
  return async (req, res) => {
    const shopId = shopOfToken(world, req);
    if (shopId === undefined) {
      send(res, turnedDown(WRONG_TOKEN));
      return;
    }
    watch(world, shopId, { req, res });
    const body = readJson(rawBody(req));
    if (!body.ok) {
      send(res, turnedDown(BAD_BODY));
      return;
    }
    const query = new URL(req.originalUrl, 'http://sandbox').searchParams;
    const call = { shopId, caseNumber: String(req.params['caseNumber'] ?? ''), query, body: body.value };
    await answerThroughFaults(world, { shopId, route, res, instead: deskFault }, () => work(world, call));
  };
}

function shopOfToken(world: World, req: Request): string | undefined {
  const [scheme, token] = (req.get('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer') return undefined;
  return allShops(world).find(({ accessToken }) => accessToken === token)?.id;
}

const Filing = z.object({
  reference: z.string().min(1).max(128),
  order_id: z.string().min(1),
  order_ids: z.array(z.string().min(1)).optional(),
  statement: z.string().trim().min(1),
  evidence: z.record(z.string(), z.unknown()),
  /** The paper, in base64. */
  pack_pdf: z.base64().optional(),
});

/** How many orders one case takes. */
const MOST_ORDERS = 100;

const PDF_HEAD = '%PDF-';

/** Files an appeal. The same reference again is answered with the case that is there, whatever else it says. */
function fileCase(world: World, { shopId, body }: DeskCall): Answer {
  const asked = Filing.safeParse(body);
  if (!asked.success) return turnedDown({ status: 422, code: 'invalid', message: z.prettifyError(asked.error) });
  const { reference, order_id: orderId, order_ids: orderIds = [], statement, evidence, pack_pdf } = asked.data;
  const known = world.state.appeals.of(shopId).find((one) => one.reference === reference);
  if (known !== undefined) return json(200, shownCase(known));
  const pack = pack_pdf === undefined ? undefined : Buffer.from(pack_pdf, 'base64');
  const filing = { reference, orderId, orderIds, statement, evidence, ...(pack ? { packBytes: pack.length } : {}) };
  const refusal = refusalOf(world, shopId, { orders: ordersOf(filing), pack });
  return refusal === undefined ? json(201, shownCase(openCase(world, shopId, filing))) : turnedDown(refusal);
}

type Asked = { readonly orders: readonly string[]; readonly pack: Buffer | undefined };

/** One order whose window is over turns the whole case down. */
function refusalOf(world: World, shopId: string, { orders, pack }: Asked): DeskRefusal | undefined {
  if (orders.length > MOST_ORDERS) return TOO_MANY;
  if (pack !== undefined && !pack.toString('latin1', 0, PDF_HEAD.length).startsWith(PDF_HEAD)) return NO_PDF;
  return orders.some((orderId) => isWindowClosed(world, shopId, orderId)) ? WINDOW_CLOSED : undefined;
}

/** The cases of a reference: one or none. */
function findCases(world: World, { shopId, query }: DeskCall): Answer {
  const reference = query.get('reference');
  if (reference === null) return turnedDown({ status: 422, code: 'invalid', message: 'reference is required.' });
  const cases = world.state.appeals.of(shopId).filter((one) => one.reference === reference);
  return json(200, { cases: cases.map(shownCase) });
}

function readCase(world: World, { shopId, caseNumber }: DeskCall): Answer {
  const found = world.state.appeals.get(shopId, caseNumber);
  return found === undefined ? turnedDown(NO_CASE) : json(200, shownCase(found));
}
