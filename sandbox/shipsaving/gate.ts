import type { RequestHandler } from 'express';
import { type Answer, rawBody, readJson, send } from '../answer';
import { standingOf } from '../carrier-accounts';
import { answerThroughFaults } from '../fault-gate';
import type { FaultRoute } from '../faults';
import { allShops, carrierKeysOf } from '../shops';
import { watch } from '../traffic';
import type { World } from '../world';
import { INVALID, refusal, shipsavingFault, WRONG_TOKEN } from './wire';

/** A call whose token has been found to be a shop's. */
export type ShipSavingCall = { readonly shopId: string; readonly query: URLSearchParams; readonly body: unknown };

/** Answers a call that carries a shop's token, through the faults that lie on its route. */
export function gated(
  world: World,
  work: (world: World, call: ShipSavingCall) => Answer,
  route: FaultRoute | undefined,
): RequestHandler {
  return async (req, res) => {
    const query = new URL(req.originalUrl, 'http://sandbox').searchParams;
    const shopId = shopOfToken(world, query.get('api_token'));
    if (shopId !== undefined) watch(world, shopId, { req, res });
    if (shopId === undefined || standingOf(world, shopId, 'shipsaving').isDead) {
      send(res, refusal(WRONG_TOKEN));
      return;
    }
    const body = readJson(rawBody(req));
    if (!body.ok) {
      send(res, refusal(INVALID));
      return;
    }
    const call = { shopId, query, body: body.value };
    await answerThroughFaults(world, { shopId, route, res, instead: shipsavingFault }, () => work(world, call));
  };
}

/** The token stands in the address of every call: there is no other way in. */
function shopOfToken(world: World, token: string | null): string | undefined {
  if (token === null) return undefined;
  return allShops(world).find((shop) => carrierKeysOf(world, shop).shipsaving.apiToken === token)?.id;
}
