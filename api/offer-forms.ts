import type { Express } from 'express';
import type { ApiDeps } from './deps';
import { offer } from './offer';
import { commandManifest, MANIFEST_VERBS } from './routes/command-manifest';
import { readFormDay } from './routes/form-day';
import { readFormFile } from './routes/form-file';
import { readFormParcels } from './routes/form-parcels';
import { listAllManifests } from './routes/list-manifests';
import { loadManifest } from './routes/load-manifest';
import { readManifest } from './routes/read-manifest';
import { ownSiteOnly } from './same-site';
import { evidenceRoutes } from './upload/evidence-routes';

/** The forms of the day: what is on them, what people order of them, what is printed, and what is brought back. */
export function offerForms(app: Express, deps: ApiDeps): void {
  app.use(evidenceRoutes(deps));
  app.use(['/v1/manifests', '/v1/shops/:shopId/forms'], ownSiteOnly);
  offer(app, '/v1/shops/:shopId/forms', { get: readFormDay(deps) });
  offer(app, '/v1/manifests', { get: listAllManifests(deps) });
  offer(app, '/v1/manifests/:shopId/:manifest', { get: readManifest(deps) });
  offer(app, '/v1/manifests/:shopId/:manifest/parcels', { get: readFormParcels(deps) });
  offer(app, '/v1/manifests/:shopId/:manifest/load', { post: loadManifest(deps) });
  offer(app, '/v1/manifests/:shopId/:manifest/form.pdf', { get: readFormFile(deps, 'all') });
  offer(app, '/v1/manifests/:shopId/:manifest/forms/:number.pdf', { get: readFormFile(deps, 'one') });
  for (const path of Object.keys(MANIFEST_VERBS) as (keyof typeof MANIFEST_VERBS)[]) {
    offer(app, `/v1/manifests/:shopId/:manifest/${path}`, { post: commandManifest(deps, path) });
  }
}
