import type { RequestHandler } from 'express';
import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';
import { ShopMode } from '../../contracts/standing';
import { details } from '../../words/api';
import { bodyHashOf, callerOf, requestIdOf } from '../caller';
import { beginConnect, chooseOf, readConnect } from '../connects';
import type { ApiDeps } from '../deps';
import { readBody } from '../door';
import { Problem } from '../problem';

const ANSWER_WITHIN_MS = 5_000;
const MOST_SHOPS = 500;

const Nothing = z.strictObject({});
const Choice = z.strictObject({ shops: z.array(PlatformId).min(1).max(MOST_SHOPS), mode: ShopMode.optional() });

const within = (deps: ApiDeps): number => Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);

/** `POST /v1/connect/tiktok`: begins a connection and tells where the owner of the shops consents. */
export function startConnect(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    readBody(req, Nothing);
    const begun = await deps.client.withDeadline(within(deps), () => beginConnect(deps));
    res.status(201).set('Location', `/v1/connect/tiktok/${begun.state}`).json(begun);
  };
}

/** `GET /v1/connect/tiktok/:state`: where a connection stands, and the shops that its owner consented to. */
export function showConnect(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const state = String(req.params['state']);
    res.json(await deps.client.withDeadline(within(deps), () => readConnect(deps, state)));
  };
}

/**
 * `POST /v1/connect/tiktok/:state/shops`: chooses which of them are connected. They are set up in the background; `GET` tells what
 * became of each.
 */
export function chooseConnectShops(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const state = String(req.params['state']);
    const { shops: shopIds, mode } = readBody(req, Choice);
    const caller = callerOf(req);
    const input = { shopIds, ...(mode === undefined ? {} : { mode }), ...caller, bodyHash: bodyHashOf(req) };
    const updateId = requestIdOf(caller, state, 'connect/shops');
    const verdict = await deps.client.withDeadline(within(deps), () => chooseOf(deps, state, { ...input, updateId }));
    if (verdict.bodyHash !== input.bodyHash) throw new Problem('key-reused', details.keyReused);
    if (!verdict.accepted) throw new Problem('refused', verdict.reason ?? '');
    res.status(202).json({ accepted: true });
  };
}
