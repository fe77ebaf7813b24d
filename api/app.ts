import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { details } from '../words/api';
import { answerProblem, logRequests } from './answer-problem';
import type { ApiDeps } from './deps';
import { STYLE_SOURCE } from './overview-page';
import { offer } from './offer';
import { offerAppeals } from './offer-appeals';
import { offerForms } from './offer-forms';
import { Problem } from './problem';
import { ownHostOnly, ownSiteOnly } from './same-site';
import { acknowledgeOne } from './routes/acknowledge-alert';
import { codecRoutes } from './routes/codec';
import { commandOrder, orderCommands, VERBS } from './routes/command-order';
import { takeConsent } from './routes/connect-callback';
import { chooseConnectShops, showConnect, startConnect } from './routes/connect-tiktok';
import { takeEasyPostWebhook } from './routes/easypost-webhook';
import { askPull, putCatalogue, readCatalogue, readMissing, readPull } from './routes/catalogue';
import { bulkOrders } from './routes/bulk-orders';
import { readAddressCheck, readRates } from './routes/rates';
import { createBatch, listBatches, readBatch } from './routes/batches';
import { printBatch } from './routes/batch-labels';
import { listCarriers } from './routes/carriers';
import { lookAtCarriers } from './routes/look-at-carriers';
import { readLabel, readPackingSlip } from './routes/labels';
import { commandPickup, listPickups, readPickup } from './routes/pickups';
import { answerHealth, answerReadiness } from './routes/health';
import { listAlerts } from './routes/list-alerts';
import { listAllOrders } from './routes/list-orders';
import { listShops, readShop } from './routes/list-shops';
import { showMetrics } from './routes/metrics';
import { showOverview } from './routes/overview';
import { placeOrder } from './routes/place-order';
import { tellProblemType } from './routes/problem-type';
import { readOrder } from './routes/read-order';
import { sweepShop } from './routes/sweep-shop';
import { readAllWrites, switchAllWrites } from './routes/switch-all';
import { switchShop } from './routes/switch-shop';
import { takeTikTokWebhook } from './routes/tiktok-webhook';
import { uploadRoutes } from './upload/routes';

/** `isOpen`: something in front keeps strangers out, and calls us by a name of its own. @default false */
type AppDeps = ApiDeps & { isOpen?: boolean };

/** The order API: platforms and carriers report here, people order here, and all of it becomes messages to workflows. */
export function createApp({ isOpen = false, ...deps }: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  // Two values of one name come as a list, and a schema refuses it; nothing nests.
  app.set('query parser', 'simple');
  // Its token stands in the path, which is logged from here on.
  const addressed: RequestHandler[] = isOpen ? [] : [ownHostOnly];
  app.use('/u', uploadRoutes(deps));
  if (deps.codec) app.use('/v1/codec', ...addressed, codecRoutes(deps.codec));
  if (deps.metrics) app.use(deps.metrics.timeRequests);
  app.use(logRequests(deps.logger), secured());

  // These may come through a tunnel, under its name; a signature and a state stand for them.
  offer(app, '/v1/webhooks/tiktok/:shopId{/:topic}', { post: takeTikTokWebhook(deps) });
  offer(app, '/v1/webhooks/easypost/:shopId', { post: takeEasyPostWebhook(deps) });
  offer(app, '/v1/connect/tiktok/callback', { get: takeConsent(deps) });
  for (const guard of addressed) app.use(guard);

  offer(app, '/', { get: showOverview(deps) });
  offer(app, '/healthz', { get: answerHealth });
  offer(app, '/readyz', { get: answerReadiness(deps) });
  offer(app, '/problems/:name', { get: tellProblemType });
  if (deps.metrics) offer(app, '/metrics', { get: showMetrics(deps.metrics) });
  app.use('/v1/orders', ownSiteOnly);
  offer(app, '/v1/orders', { get: listAllOrders(deps), post: placeOrder(deps) });
  offer(app, '/v1/orders/:shopId/:orderId', { get: readOrder(deps) });
  for (const path of Object.keys(VERBS) as (keyof typeof VERBS)[]) {
    offer(app, `/v1/orders/:shopId/:orderId/${path}`, { post: commandOrder(deps, path) });
  }
  offer(app, '/v1/orders/:shopId/:orderId/rates', { get: readRates(deps) });
  offer(app, '/v1/orders/:shopId/:orderId/address-check', { get: readAddressCheck(deps) });
  offer(app, '/v1/orders/:shopId/:orderId/label', { get: readLabel(deps) });
  offer(app, '/v1/orders/:shopId/:orderId/packing-slip', { get: readPackingSlip(deps) });
  app.use('/v1/alerts', ownSiteOnly);
  offer(app, '/v1/alerts', { get: listAlerts(deps) });
  offer(app, '/v1/alerts/:shopId/acknowledge', { post: acknowledgeOne(deps) });
  offerForms(app, deps);
  offerAppeals(app, deps);
  offerShops(app, deps);

  app.use((req) => {
    throw new Problem('unknown-route', details.unknownRoute(req.path));
  });
  app.use(answerProblem(deps.logger));
  return app;
}

/** What is done with a shop as a whole, and the way by which one is connected. */
function offerShops(app: Express, deps: ApiDeps): void {
  app.use(['/v1/connect/tiktok'], ownSiteOnly);
  offer(app, '/v1/connect/tiktok', { post: startConnect(deps) });
  offer(app, '/v1/connect/tiktok/:state', { get: showConnect(deps) });
  offer(app, '/v1/connect/tiktok/:state/shops', { post: chooseConnectShops(deps) });
  app.use(['/v1/shops', '/v1/writes'], ownSiteOnly);
  offer(app, '/v1/shops', { get: listShops(deps) });
  offer(app, '/v1/shops/:shopId', { get: readShop(deps) });
  offer(app, '/v1/shops/:shopId/mode', { post: switchShop(deps, 'mode') });
  offer(app, '/v1/shops/:shopId/writes', { post: switchShop(deps, 'writes') });
  offer(app, '/v1/shops/:shopId/sweep', { post: sweepShop(deps) });
  offerLabels(app, deps);
  offer(app, '/v1/writes', { get: readAllWrites(deps), post: switchAllWrites(deps) });
}

/** What a shop's labels are bought through, and how they are printed and fetched. */
function offerLabels(app: Express, deps: ApiDeps): void {
  offer(app, '/v1/shops/:shopId/carriers', { get: listCarriers(deps), post: lookAtCarriers(deps) });
  offer(app, '/v1/shops/:shopId/pickups', { get: listPickups(deps), post: commandPickup(deps, 'book') });
  offer(app, '/v1/shops/:shopId/pickups/:date', {
    get: readPickup(deps),
    post: commandPickup(deps, 'change'),
    remove: commandPickup(deps, 'cancel'),
  });
  offer(app, '/v1/shops/:shopId/pickups/:date/cancel', { post: commandPickup(deps, 'cancel') });
  offer(app, '/v1/shops/:shopId/orders/bulk', { post: bulkOrders(deps, orderCommands) });
  offer(app, '/v1/shops/:shopId/catalogue', { get: readCatalogue(deps), put: putCatalogue(deps) });
  offer(app, '/v1/shops/:shopId/catalogue/missing', { get: readMissing(deps) });
  offer(app, '/v1/shops/:shopId/catalogue/pull', { get: readPull(deps), post: askPull(deps) });
  offer(app, '/v1/shops/:shopId/batches', { get: listBatches(deps), post: createBatch(deps) });
  offer(app, '/v1/shops/:shopId/batches/:batchId', { get: readBatch(deps) });
  for (const format of ['pdf', 'zpl'] as const)
    offer(app, `/v1/shops/:shopId/batches/:batchId/labels.${format}`, { get: printBatch(deps, format) });
}

/** Nothing is loaded but the one page's own style; nothing is framed, posted or scripted. */
function secured(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: [STYLE_SOURCE],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
}
