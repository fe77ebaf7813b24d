import type { RequestHandler } from 'express';
import { shopKey } from '../../contracts/shop';
import { allWrites, listedShop } from '../accounts';
import { shopOfPath } from '../door';
import type { ApiDeps } from '../deps';

const LIST_WITHIN_MS = 5_000;
const FOLDER = shopKey('');

/** `GET /v1/shops`: every shop that is configured, and the switch of all of them. */
export function listShops(deps: ApiDeps): RequestHandler {
  return async (_req, res) => {
    const keys = await deps.documents.list(FOLDER.replace(/\/$/, ''));
    const found = await Promise.all(keys.map((key) => deps.findShop(key.slice(FOLDER.length))));
    const shops = found.filter((shop) => shop !== undefined);
    const data = await deps.client.withDeadline(Date.now() + LIST_WITHIN_MS, () =>
      Promise.all(shops.map((shop) => listedShop(deps, shop))),
    );
    res.json({ data, writes: await allWrites(deps) });
  };
}

/** `GET /v1/shops/:shopId`: its mode, its switch, its connection and how long that lasts. */
export function readShop(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    const listed = await deps.client.withDeadline(Date.now() + LIST_WITHIN_MS, () => listedShop(deps, shop));
    res.json(listed);
  };
}
