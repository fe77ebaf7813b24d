import type { RequestHandler } from 'express';
import { ALL_SHOPS_KEY } from '../../contracts/standing';
import { allWrites } from '../accounts';
import { callerOf } from '../caller';
import { readBody } from '../door';
import { Writes } from './switch-shop';
import type { ApiDeps } from '../deps';

/** `GET /v1/writes`: the switch of all shops, and who threw it. */
export function readAllWrites(deps: Pick<ApiDeps, 'documents'>): RequestHandler {
  return async (_req, res) => {
    res.json(await allWrites(deps));
  };
}

/**
 * `POST /v1/writes`: switches the writes of all shops, with one document and without Temporal: the switch works when nothing else
 * does. A repeat is harmless.
 */
export function switchAllWrites(deps: Pick<ApiDeps, 'documents'>): RequestHandler {
  return async (req, res) => {
    const { writes } = readBody(req, Writes);
    const { actor } = callerOf(req);
    await deps.documents.put(ALL_SHOPS_KEY, JSON.stringify({ writes, by: actor, at: Date.now() }));
    res.json(await allWrites(deps));
  };
}
