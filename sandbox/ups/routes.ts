import { type RequestHandler, Router } from 'express';
import { type Answer, rawBody, readJson, send } from '../answer';
import { answerThroughFaults } from '../fault-gate';
import type { FaultRoute } from '../faults';
import { watch } from '../traffic';
import type { World } from '../world';
import { accessToken, shopOfBasic, shopOfBearer, type UpsCall } from './gate';
import { bookPickup, cancelPickup, readPending } from './pickups';
import { rate, timeInTransit } from './rates';
import { recoverLabel, ship, voidShipment } from './ship';
import { readByReference, readDetails } from './tracking';
import { refusal, upsFault } from './wire';

type Work = (world: World, call: UpsCall) => Answer;

/** The UPS wire; mounted at `/ups/api`. Versions are part of its paths, and all answer alike. */
export function upsRoutes(world: World): Router {
  const on = (work: Work, route: FaultRoute): RequestHandler => gated(world, work, route);
  const router = Router();
  router.post('/security/v1/oauth/token', tokenRoute(world));
  router.post('/rating/:version/:option', on(rate, 'ups.rates'));
  router.post('/shipments/v1/transittimes', on(timeInTransit, 'ups.rates'));
  router.post('/shipments/:version/ship', on(ship, 'ups.ship'));
  router.delete('/shipments/:version/void/cancel/:id', on(voidShipment, 'ups.void'));
  router.post('/labels/:version/recovery', on(recoverLabel, 'ups.recovery'));
  router.get('/track/v1/details/:number', on(readDetails, 'ups.track'));
  router.get('/track/v1/reference/details/:reference', on(readByReference, 'ups.track'));
  router.post('/pickupcreation/:version/pickup', on(bookPickup, 'ups.pickup'));
  router.delete('/shipments/:version/pickup/:cancelBy', on(cancelPickup, 'ups.pickup'));
  router.get('/shipments/:version/pickup/:type', on(readPending, 'ups.pickup'));
  router.use((_req, res) => {
    send(res, refusal({ status: 404, code: '10404', message: 'The requested resource is not found.' }));
  });
  return router;
}

/** The token call has no token yet: its shop is found by its Basic credentials. */
function tokenRoute(world: World): RequestHandler {
  return async (req, res) => {
    const shopId = shopOfBasic(world, req);
    if (shopId === undefined) {
      send(res, refusal({ status: 401, code: '10401', message: 'ClientId is Invalid' }));
      return;
    }
    watch(world, shopId, { req, res });
    const isWhole = new URLSearchParams(rawBody(req).toString('utf8')).get('grant_type') === 'client_credentials';
    const wrong = { status: 400, code: '10400', message: 'Invalid/Missing Grant Type' };
    const call = { shopId, route: 'ups.token' as const, res, instead: upsFault };
    await answerThroughFaults(world, call, () => (isWhole ? accessToken(world, shopId) : refusal(wrong)));
  };
}

function gated(world: World, work: Work, route: FaultRoute): RequestHandler {
  return async (req, res) => {
    const shopId = shopOfBearer(world, req);
    if (shopId === undefined) {
      send(res, refusal({ status: 401, code: '250002', message: 'Invalid Authentication Information.' }));
      return;
    }
    watch(world, shopId, { req, res });
    const body = readJson(rawBody(req));
    if (!body.ok) {
      send(res, refusal({ status: 400, code: '10400', message: 'The request body is not valid JSON.' }));
      return;
    }
    const params = Object.fromEntries(Object.entries(req.params).map(([key, value]) => [key, String(value)]));
    const query = new URL(req.originalUrl, 'http://sandbox').searchParams;
    const call: UpsCall = { shopId, query, params, body: body.value, header: (name) => req.get(name) ?? '' };
    await answerThroughFaults(world, { shopId, route, res, instead: upsFault }, () => work(world, call));
  };
}
