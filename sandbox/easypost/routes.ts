import { type RequestHandler, Router } from 'express';
import { type Answer, rawBody, readJson, send } from '../answer';
import { standingOf } from '../carrier-accounts';
import { answerThroughFaults } from '../fault-gate';
import type { Fault, FaultRoute } from '../faults';
import { watch } from '../traffic';
import type { World } from '../world';
import { createHook, deleteHook, getEvent, getHook, getUser, listEvents, listHooks } from './account';
import { createAddress, createAndVerify, getAddress, verifyAddress } from './addresses';
import { deliveryDates, rerateShipment, smartRates } from './estimates';
import { createForm, getForm, listForms } from './form-calls';
import { type EasyPostCall, shopOfKey } from './gate';
import { easypostInstead } from './instead';
import { buyPickup, cancelPickup, createPickup, getPickup, listPickups } from './pickups';
import { buyShipment, refundShipment } from './purchase';
import { createRefunds, listRefunds } from './refunds';
import { convertLabel, createShipment, getShipment } from './shipments';
import { createTracker, getTracker } from './tracker-calls';
import { batchTrackers, deleteTracker, listTrackers } from './tracker-lists';
import { type EasyPostError, NOT_FOUND, refusal } from './wire';

type Work = (world: World, call: EasyPostCall) => Answer;

const WRONG_KEY: EasyPostError = { status: 401, code: 'APIKEY.INACTIVE', message: 'This api key is no longer active.' };
const BAD_BODY: EasyPostError = { status: 400, code: 'BAD_REQUEST', message: 'The request body is not valid JSON.' };

/** The EasyPost wire, version 2; mounted at `/v2`. */
export function easypostRoutes(world: World): Router {
  const on = (work: Work, route?: FaultRoute): RequestHandler => gated(world, work, route);
  const router = Router();
  moreRoutes(router, on);
  router.post('/shipments', on(createShipment, 'easypost.createShipment'));
  router.get('/shipments/:id', on(getShipment, 'easypost.getShipment'));
  router.post('/shipments/:id/buy', on(buyShipment, 'easypost.buy'));
  router.post('/shipments/:id/refund', on(refundShipment, 'easypost.refund'));
  router.post('/scan_forms', on(createForm, 'easypost.createForm'));
  router.get('/scan_forms', on(listForms, 'easypost.listForms'));
  router.get('/scan_forms/:id', on(getForm, 'easypost.getForm'));
  router.post('/trackers/batch', on(batchTrackers, 'easypost.trackers'));
  router.post('/trackers', on(createTracker));
  router.get('/trackers', on(listTrackers, 'easypost.trackers'));
  router.delete('/trackers/:id', on(deleteTracker));
  router.get('/trackers/:id', on(getTracker));
  router.use((_req, res) => {
    send(res, refusal(NOT_FOUND));
  });
  return router;
}

type On = (work: Work, route?: FaultRoute) => RequestHandler;

/** The calls beside buying a label, giving it back, putting it on a form and following it. */
function moreRoutes(router: Router, on: On): void {
  router.post('/shipments/:id/rerate', on(rerateShipment));
  router.get('/shipments/:id/smartrate', on(smartRates));
  router.get('/shipments/:id/smartrate/delivery_date', on(deliveryDates));
  router.get('/shipments/:id/label', on(convertLabel, 'easypost.labelFile'));
  router.post('/refunds', on(createRefunds, 'easypost.refund'));
  router.get('/refunds', on(listRefunds));
  router.post('/addresses/create_and_verify', on(createAndVerify, 'easypost.address'));
  router.post('/addresses', on(createAddress, 'easypost.address'));
  router.get('/addresses/:id', on(getAddress));
  router.get('/addresses/:id/verify', on(verifyAddress, 'easypost.address'));
  // To ask for a collection costs nothing: a fault meets the order and its cancelling.
  router.post('/pickups', on(createPickup));
  router.post('/pickups/:id/buy', on(buyPickup, 'easypost.pickup'));
  router.post('/pickups/:id/cancel', on(cancelPickup, 'easypost.pickup'));
  router.get('/pickups/:id', on(getPickup));
  router.get('/pickups', on(listPickups));
  router.get('/users', on(getUser));
  router.post('/webhooks', on(createHook));
  router.get('/webhooks', on(listHooks));
  router.get('/webhooks/:id', on(getHook));
  router.delete('/webhooks/:id', on(deleteHook));
  router.get('/events', on(listEvents));
  router.get('/events/:id', on(getEvent));
}

function gated(world: World, work: Work, route: FaultRoute | undefined): RequestHandler {
  return async (req, res) => {
    const shopId = shopOfKey(world, req);
    if (shopId === undefined || standingOf(world, shopId, 'easypost').isDead) {
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
