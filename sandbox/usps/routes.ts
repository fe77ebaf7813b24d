import { type Request, type RequestHandler, Router } from 'express';
import { type Answer, json, rawBody, readJson, send } from '../answer';
import { answerThroughFaults } from '../fault-gate';
import type { FaultRoute } from '../faults';
import { watch } from '../traffic';
import type { World } from '../world';
import { createScanForm } from './forms';
import { shopOfBearer, type UspsCall } from './gate';
import { buyLabel, cancelByKey, cancelLabel, reprintByKey, reprintLabel } from './label-calls';
import { bookPickup, cancelPickup, changePickup, readEligibility, readPickup } from './pickups';
import { searchOptions } from './rates';
import { accessToken, paymentAuthorization, shopOfRequest, WRONG_CLIENT } from './tokens';
import { readTracking } from './tracking';
import { refused, uspsFault } from './wire';

type Work = (world: World, call: UspsCall) => Answer;

/** The wire of the USPS APIs, version 3; mounted at `/usps`. */
export function uspsRoutes(world: World): Router {
  const on = (work: Work, route?: FaultRoute): RequestHandler => gated(world, work, route);
  const router = Router();
  router.post('/oauth2/v3/token', tokenRoute(world));
  router.post('/payments/v3/payment-authorization', on(paymentAuthorization));
  router.post('/shipments/v3/options/search', on(searchOptions, 'usps.rates'));
  router.post('/labels/v3/label', on(buyLabel, 'usps.label'));
  router.delete('/labels/v3/label', on(cancelByKey, 'usps.cancelLabel'));
  router.delete('/labels/v3/label/:trackingNumber', on(cancelLabel, 'usps.cancelLabel'));
  router.post('/labels/v3/label-reprint', on(reprintByKey));
  router.post('/labels/v3/label-reprint/:trackingNumber', on(reprintLabel));
  router.post('/scan-forms/v3/scan-form', on(createScanForm, 'usps.createForm'));
  router.get('/tracking/v3/tracking/:trackingNumber', on(readTracking, 'usps.tracking'));
  router.get('/pickup/v3/carrier-pickup/eligibility', on(readEligibility, 'usps.pickup'));
  router.post('/pickup/v3/carrier-pickup', on(bookPickup, 'usps.pickup'));
  router.get('/pickup/v3/carrier-pickup/:confirmationNumber', on(readPickup, 'usps.pickup'));
  router.put('/pickup/v3/carrier-pickup/:confirmationNumber', on(changePickup, 'usps.pickup'));
  router.delete('/pickup/v3/carrier-pickup/:confirmationNumber', on(cancelPickup, 'usps.pickup'));
  router.use((_req, res) => {
    send(res, refused('/', 404, { code: '404', detail: 'The resource was not found.' }));
  });
  return router;
}

/** The token call has no token yet: its shop is found by the client in its body, JSON or form. */
function tokenRoute(world: World): RequestHandler {
  return async (req, res) => {
    const shopId = shopOfRequest(world, tokenBody(req));
    if (shopId === undefined) {
      send(res, WRONG_CLIENT);
      return;
    }
    watch(world, shopId, { req, res });
    const call = { shopId, route: 'usps.token' as const, res, instead: uspsFault };
    await answerThroughFaults(world, call, () => accessToken(world, shopId));
  };
}

function tokenBody(req: Request): unknown {
  if (req.is('application/x-www-form-urlencoded') !== false)
    return Object.fromEntries(new URLSearchParams(rawBody(req).toString('utf8')));
  const body = readJson(rawBody(req));
  return body.ok ? body.value : undefined;
}

function gated(world: World, work: Work, route: FaultRoute | undefined): RequestHandler {
  return async (req, res) => {
    const shopId = shopOfBearer(world, req);
    if (shopId === undefined) {
      const wrong = refused(req.path, 401, { code: '401', detail: 'The access token is missing, invalid or expired.' });
      send(res, { ...wrong, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });
      return;
    }
    watch(world, shopId, { req, res });
    const body = readJson(rawBody(req));
    if (!body.ok) {
      send(res, json(400, { error: { code: '400', message: 'Bad Request', errors: [] } }));
      return;
    }
    const params = Object.fromEntries(Object.entries(req.params).map(([key, value]) => [key, String(value)]));
    const query = new URL(req.originalUrl, 'http://sandbox').searchParams;
    const call: UspsCall = { shopId, query, params, body: body.value, header: (name) => req.get(name) ?? '' };
    await answerThroughFaults(world, { shopId, route, res, instead: uspsFault }, () => work(world, call));
  };
}
