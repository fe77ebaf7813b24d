import { Router, type RequestHandler } from 'express';
import { details } from '../../words/api';
import { readBytes } from '../door';
import { Problem } from '../problem';
import { listAllEvidence, ofCase, ofManifest, readEvidence, takeEvidence } from '../routes/evidence';
import { showGuide, showGuideWithLink } from '../routes/guide';
import { printSheet } from '../routes/hand-over-sheet';
import { giveUploadLink } from '../routes/upload-link';
import { ownSiteOnly } from '../same-site';
import type { ApiDeps } from '../deps';
import { readFileBytes } from './kept';

/** All of a form's way to the counter that is done at a desk: the guide, the sheet, the link for a phone, and what was brought back. */
export function evidenceRoutes(deps: ApiDeps): Router {
  const routes = Router();
  const manifest = '/v1/manifests/:shopId/:manifest';
  for (const [path, place] of [
    [manifest, ofManifest],
    ['/v1/appeals/:shopId/:caseKey', ofCase],
  ] as const) {
    const list = routes.route(`${path}/evidence`).all(ownSiteOnly);
    list.get(listAllEvidence(deps, place)).post(readFileBytes, takeEvidence(deps, place));
    list.all(wrongMethod('GET, HEAD, POST'));
    const one = routes.route(`${path}/evidence/:sha256`).all(ownSiteOnly);
    one.get(readEvidence(deps, place)).all(wrongMethod('GET, HEAD'));
  }
  const link = routes.route(`${manifest}/upload-link`).all(ownSiteOnly);
  link.post(readBytes, giveUploadLink(deps)).all(wrongMethod('POST'));
  const sheet = routes.route(`${manifest}/sheet`).all(ownSiteOnly);
  sheet.get(printSheet(deps)).all(wrongMethod('GET, HEAD'));
  const guide = routes.route('/manifests/:shopId/:manifest/guide');
  guide.get(showGuide(deps)).post(readBytes, showGuideWithLink(deps)).all(wrongMethod('GET, HEAD, POST'));
  return routes;
}

const wrongMethod =
  (allowed: string): RequestHandler =>
  (req) => {
    throw new Problem('wrong-method', details.wrongMethod(req.method, allowed), { headers: { Allow: allowed } });
  };
