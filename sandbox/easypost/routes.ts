import { type RequestHandler, Router } from 'express';
import { type Answer, rawBody, readJson, send } from '../answer';
import { answerThroughFaults } from '../fault-gate';
import type { Fault, FaultRoute } from '../faults';
import { watch } from '../traffic';
import type { World } from '../world';
import { createForm, getForm, listForms } from './form-calls';
import { type EasyPostCall, shopOfKey } from './gate';
import { easypostInstead } from './instead';
import { buyShipment, refundShipment } from './purchase';
import { createShipment, getShipment } from './shipments';
import { createTracker, getTracker } from './tracker-calls';
import { type EasyPostError, NOT_FOUND, refusal } from './wire';

type Work = (world: World, call: EasyPostCall) => Answer;

const WRONG_KEY: EasyPostError = { status: 401, code: 'APIKEY.INACTIVE', message: 'This api key is no longer active.' };
const BAD_BODY: EasyPostError = { status: 400, code: 'BAD_REQUEST', message: 'The request body is not valid JSON.' };

/** The EasyPost wire, version 2; mounted at `/v2`. */
export function easypostRoutes(world: World): Router {
  const on = (work: Work, route?: FaultRoute): RequestHandler => gated(world, work, route);
  const router = Router();
  router.post('/shipments', on(createShipment, 'easypost.createShipment'));
  router.get('/shipments/:id', on(getShipment, 'easypost.getShipment'));
  router.post('/shipments/:id/buy', on(buyShipment, 'easypost.buy'));
  router.post('/shipments/:id/refund', on(refundShipment, 'easypost.refund'));
  router.post('/scan_forms', on(createForm, 'easypost.createForm'));
  router.get('/scan_forms', on(listForms, 'easypost.listForms'));
  router.get('/scan_forms/:id', on(getForm, 'easypost.getForm'));
  router.post('/trackers', on(createTracker));
  router.get('/trackers/:id', on(getTracker));
  router.use((_req, res) => {
    send(res, refusal(NOT_FOUND));
  });
  return router;
}

function gated(world: World, work: Work, route: FaultRoute | undefined): RequestHandler {
  return async (req, res) => {
    const shopId = shopOfKey(world, req);
    if (shopId === undefined) {
      send(res, refusal(WRONG_KEY));
      return;
    }
    watch(world, shopId, { req, res });
    const body = readJson(rawBody(req));
    if (!body.ok) {
      send(res, refusal(BAD_BODY));
      return;
    }
    const params = Object.fromEntries(Object.entries(req.params).map(([key, value]) => [key, String(value)]));
    const query = new URL(req.originalUrl, 'http://sandbox').searchParams;
    const call = { shopId, query, params, body: body.value };
    const instead = (fault: Fault): Answer => easypostInstead(world, call, fault);
    await answerThroughFaults(world, { shopId, route, res, instead }, () => work(world, call));
  };
}
