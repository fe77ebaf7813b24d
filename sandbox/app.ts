import express, { type ErrorRequestHandler, type Express } from 'express';
import { json, send } from './answer';
import { appealRoutes } from './appeals/routes';
import { appRoutes } from './control/app-routes';
import { appealControlRoutes } from './control/appeal-routes';
import { carrierRoutes } from './control/carrier-routes';
import { faultRoutes, webhookRoutes } from './control/fault-routes';
import { formControlRoutes } from './control/form-routes';
import { orderRoutes } from './control/order-routes';
import { productRoutes } from './control/product-routes';
import { readingRoutes } from './control/reading-routes';
import { notFromPages, onlyFromHere } from './control/requests';
import { sellerRoutes } from './control/seller-routes';
import { shopRoutes } from './control/shop-routes';
import { formRoute } from './easypost/forms';
import { labelRoute } from './easypost/label';
import { easypostRoutes } from './easypost/routes';
import { answerProblem, problem } from './problem';
import { shipsavingRoutes } from './shipsaving/routes';
import { authRoutes } from './tiktok/auth-routes';
import { documentRoute } from './tiktok/documents';
import { failure } from './tiktok/envelope';
import { eventRoutes } from './tiktok/events';
import { tiktokRoutes } from './tiktok/routes';
import { manifestRoute } from './tiktok/seller-manifests';
import { logTraffic } from './traffic';
import { upsRoutes } from './ups/routes';
import { uspsRoutes } from './usps/routes';
import type { World } from './world';

/** An appeal's pack comes with its photographs. */
const MOST_BODY = '64mb';

/** All routes: the control side, EasyPost under `/v2`, the appeal desk under `/appeals`, and TikTok Shop wherever its own paths lie. */
export function createApp(world: World): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  // Every body is kept as the bytes it came in: TikTok's signature is over them.
  app.use(express.raw({ type: () => true, limit: MOST_BODY }));
  app.use(logTraffic(world.traffic));
  app.get('/healthz', (_req, res) => {
    send(res, json(200, { ok: true }));
  });
  app.use('/control', onlyFromHere, notFromPages);
  app.use(
    '/control',
    appRoutes(world),
    shopRoutes(world),
    orderRoutes(world),
    appealControlRoutes(world),
    faultRoutes(world),
    carrierRoutes(world),
    formControlRoutes(world),
    productRoutes(world),
    sellerRoutes(world),
    webhookRoutes(world),
    readingRoutes(world),
  );
  app.use('/control', (_req, res) => {
    send(res, problem(404, 'No such control route'));
  });
  app.get('/labels/:shop/:file', labelRoute(world));
  app.get('/forms/:shop/:file', formRoute(world));
  app.get('/seller-center/:shop/manifests/:file', manifestRoute(world));
  app.get('/documents/:shop/:file', documentRoute(world));
  app.use('/appeals', appealRoutes(world));
  app.use('/v2', easypostRoutes(world));
  app.use('/ups/api', upsRoutes(world));
  app.use('/usps', uspsRoutes(world));
  app.use('/shipsaving', shipsavingRoutes(world));
  app.use(authRoutes(world), eventRoutes(world), tiktokRoutes(world));
  app.use((_req, res) => {
    send(res, failure({ code: 36009009, message: 'Invalid path', status: 404 }));
  });
  app.use(answerProblem satisfies ErrorRequestHandler);
  return app;
}
