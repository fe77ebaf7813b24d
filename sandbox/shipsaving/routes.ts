import { type RequestHandler, Router } from 'express';
import { type Answer, send } from '../answer';
import type { FaultRoute } from '../faults';
import type { World } from '../world';
import { listAccounts, readBalance } from './account';
import { verifyAddress } from './addresses';
import { formFile, labelFile } from './files';
import { createDhlForm, createScanForm, getDhlForm } from './forms';
import { gated, type ShipSavingCall } from './gate';
import { createOrder, deleteOrder } from './orders';
import { buyDirectly, buyRate, getShipments, voidLabel } from './purchase';
import { listRates } from './rates';
import { NOT_FOUND, refusal } from './wire';

/** The ShipSaving wire, Open API v2; mounted at `/shipsaving`. */
export function shipsavingRoutes(world: World): Router {
  const on = (work: (world: World, call: ShipSavingCall) => Answer, route?: FaultRoute): RequestHandler =>
    gated(world, work, route);
  const forms = '/api/shipments/scan-forms';
  const router = Router();
  router.post('/api/rates/list', on(listRates, 'shipsaving.rates'));
  router.get('/api/rates/buy', on(buyRate, 'shipsaving.buy'));
  router.post('/api/rates/buy-label', on(buyDirectly, 'shipsaving.buy'));
  router.get('/api/shipments/get', on(getShipments, 'shipsaving.get'));
  router.post('/api/shipments/void', on(voidLabel, 'shipsaving.void'));
  router.post(`${forms}/create`, on(createScanForm, 'shipsaving.createForm'));
  router.post(`${forms}/dhl/ecommerce/create`, on(createDhlForm, 'shipsaving.createForm'));
  router.get(`${forms}/dhl/ecommerce/get`, on(getDhlForm));
  router.post('/api/orders/create', on(createOrder));
  router.delete('/api/orders/delete', on(deleteOrder));
  router.post('/api/addresses/verify', on(verifyAddress, 'shipsaving.verifyAddress'));
  router.get('/api/carrier-account/list', on(listAccounts, 'shipsaving.accounts'));
  router.get('/api/balance', on(readBalance, 'shipsaving.balance'));
  router.get('/labels/:shop/:day/:file', labelFile(world));
  router.get('/forms/:shop/:day/:file', formFile(world));
  router.use((_req, res) => {
    send(res, refusal(NOT_FOUND));
  });
  return router;
}
