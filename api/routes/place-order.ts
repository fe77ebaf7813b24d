import type { RequestHandler } from 'express';
import { z } from 'zod';
import { platformStatusOf } from '../../adapters/tiktok-shop/webhook';
import { NewOrder, PlatformId } from '../../contracts/platform-order';
import type { Shop } from '../../contracts/shop';
import { details } from '../../words/api';
import { orderWorkflowId } from '../../workflows/messages';
import { bodyHashOf, callerOf, requestIdOf } from '../caller';
import type { ApiDeps } from '../deps';
import { bytesOf, knownShop, readBody, readQuery } from '../door';
import { linksOf } from '../links';
import { openOrder, type FirstSeen, type OpeningRequest, type OrderRef } from '../orders';
import { isKnownToPlatform, placeInSandbox } from '../platform';
import { Problem } from '../problem';

/** The shop of the embedded sandbox: what a first order is placed in. */
const DEFAULT_SHOP = '7000000000000000001';

const ROUTE = 'orders';

const OPEN_WITHIN_MS = 5_000;

const Query = z.strictObject({ shop: PlatformId.default(DEFAULT_SHOP) });

/**
 * `POST /v1/orders`: takes an order in and opens its workflow. In a sandbox shop the order is placed first; a live shop must
 * have it already. Of many such requests one is answered 201; its repeats under the same key get the same answer.
 */
export function placeOrder(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await knownShop(deps, readQuery(req, Query).shop);
    const order = readBody(req, NewOrder);
    const request = { id: requestIdOf(callerOf(req), shop.id, ROUTE), bodyHash: bodyHashOf(req) };
    const ref: OrderRef = { shopId: shop.id, orderId: order.id };
    const opening = await deps.client.withDeadline(Date.now() + OPEN_WITHIN_MS, async () => {
      const isPlacedByUs = await ensureAtPlatform(deps, { shop, ref, request, bytes: bytesOf(req) });
      return { isPlacedByUs, ...(await openOrder(deps, ref, { seen: firstSeen(shop, order), request })) };
    });
    if (!opening.isNew && !isOpenedMeanwhile(opening)) {
      assertRepeat(ref, request, opening.openedBy);
      res.set('Idempotent-Replayed', 'true');
    }
    const links = linksOf(deps, ref);
    res.status(201).location(links.self);
    res.json({ ...ref, workflowId: orderWorkflowId(ref.shopId, ref.orderId), links });
  };
}

type Placing = { shop: Shop; ref: OrderRef; request: OpeningRequest; bytes: Buffer };

/** Whether this request placed it: a live shop's order came from its buyer. */
async function ensureAtPlatform(deps: ApiDeps, { shop, ref, request, bytes }: Placing): Promise<boolean> {
  if (shop.kind === 'sandbox') return placeInSandbox(deps, ref, { requestId: request.id, bytes });
  if (!(await isKnownToPlatform(deps, ref))) throw new Problem('unknown-order', details.unknownOrder(ref.orderId));
  return false;
}

type PlacedOpening = { isPlacedByUs: boolean; openedBy?: OpeningRequest | undefined };

/** Between its placing and its opening a sweep of the shop may find an order, and open it for nobody's request. */
const isOpenedMeanwhile = ({ isPlacedByUs, openedBy }: PlacedOpening): boolean =>
  isPlacedByUs && openedBy === undefined;

/** In a live shop the platform's word counts, and it has not been asked yet. */
function firstSeen({ kind }: Shop, order: NewOrder): FirstSeen {
  const seconds = order.update_time ?? order.create_time;
  const at = seconds === undefined ? Date.now() : seconds * 1000;
  const status = kind === 'sandbox' ? platformStatusOf(order.status) : undefined;
  return status === undefined ? { at } : { at, status };
}

/** The order was open already: only the request that opened it may hear so again. */
function assertRepeat({ orderId }: OrderRef, request: OpeningRequest, openedBy: OpeningRequest | undefined): void {
  if (openedBy?.id !== request.id) throw new Problem('duplicate-order', details.duplicateOrder(orderId));
  if (openedBy.bodyHash !== request.bodyHash) throw new Problem('key-reused', details.keyReused);
}
