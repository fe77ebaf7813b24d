import type { Express } from 'express';
import type { ApiDeps } from './deps';
import { offer } from './offer';
import { listCaseOrders } from './routes/appeal-orders';
import { checkPack, readPackJson, readPackPdf } from './routes/appeal-pack';
import { countAppeals } from './routes/appeal-statistics';
import { APPEAL_VERBS, commandAppeal } from './routes/command-appeal';
import { listAllAppeals } from './routes/list-appeals';
import { readAppeal } from './routes/read-appeal';
import { ownSiteOnly } from './same-site';

/** Cases: what stands in them, what people order of them, and what came of them all. */
export function offerAppeals(app: Express, deps: ApiDeps): void {
  app.use('/v1/appeals', ownSiteOnly);
  offer(app, '/v1/appeals', { get: listAllAppeals(deps) });
  offer(app, '/v1/appeals/statistics', { get: countAppeals(deps) });
  offer(app, '/v1/appeals/:shopId/:caseKey', { get: readAppeal(deps) });
  offer(app, '/v1/appeals/:shopId/:caseKey/orders', { get: listCaseOrders(deps) });
  offer(app, '/v1/appeals/:shopId/:caseKey/pack.json', { get: readPackJson(deps) });
  offer(app, '/v1/appeals/:shopId/:caseKey/pack.pdf', { get: readPackPdf(deps) });
  offer(app, '/v1/appeals/:shopId/:caseKey/pack/verify', { get: checkPack(deps) });
  for (const path of Object.keys(APPEAL_VERBS) as (keyof typeof APPEAL_VERBS)[]) {
    offer(app, `/v1/appeals/:shopId/:caseKey/${path}`, { post: commandAppeal(deps, path) });
  }
}
