import { Router, type Request, type RequestHandler } from 'express';
import { details } from '../../words/api';
import { manifestFolder, manifestKeyOf, type ManifestView } from '../../workflows/messages-manifest';
import { bodyHashOf } from '../caller';
import { bytesOf, readBytes } from '../door';
import { shopNow } from '../form-clock';
import { askManifest } from '../manifests';
import { Problem } from '../problem';
import { endOf, logUploads, showLinkEnd, tellLinkEnd } from './answers';
import type { ApiDeps } from '../deps';
import { keepEvidence, readFileBytes, toldOf } from './kept';
import { fewAtOnce, linkFirst, linkOf } from './guard';
import { findLink, type FoundLink } from './link';
import { phonePage, PHONE_POLICY, type PhoneLanguage } from './phone-page';
import { reportByLink } from './report';

const READ_WITHIN_MS = 3_000;

/**
 * What stands behind a one-time link, `/u/<token>`: a page for a phone without a sign-in, which takes photos and a report of one
 * scan. Nothing is listed here, and nothing that was sent is given out again. Mounted before what logs paths: the token is in them.
 */
export function uploadRoutes(deps: ApiDeps): Router {
  const routes = Router();
  routes.use(logUploads(deps.logger), secured);
  routes.route('/:token').get(showPage(deps)).all(wrongMethod('GET, HEAD'));
  const files = routes.route('/:token/files');
  files.post(linkFirst(deps, 'every end'), fewAtOnce(), readFileBytes, takeFile(deps)).all(wrongMethod('POST'));
  routes.route('/:token/report').post(linkFirst(deps, 'unknown'), readBytes, takeReport(deps)).all(wrongMethod('POST'));
  routes.use(() => {
    throw new Problem('unknown-route', details.unknownRoute('/u'));
  });
  return routes;
}

/** The page's own style and script, by their hashes, and requests to where it came from: nothing else is loaded or run. */
const secured: RequestHandler = (_req, res, next) => {
  res.set({
    'Content-Security-Policy': PHONE_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Robots-Tag': 'noindex, nofollow',
  });
  next();
};

const wrongMethod =
  (allowed: string): RequestHandler =>
  (req) => {
    throw new Problem('wrong-method', details.wrongMethod(req.method, allowed), { headers: { Allow: allowed } });
  };

/** `GET /u/:token`: the page. */
const showPage =
  (deps: ApiDeps): RequestHandler =>
  async (req, res) => {
    const found = await findLink(deps, String(req.params['token']));
    const end = endOf(found);
    if (found === undefined || end !== undefined) {
      showLinkEnd(res, end ?? 'unknown');
      return;
    }
    const [now, view] = await Promise.all([nowOf(deps, found), viewOf(deps, found)]);
    const date = manifestKeyOf(found.link.manifest)?.date ?? '';
    res.vary('Accept-Language').type('html');
    res.send(phonePage({ language: languageOf(req), now, date, view }));
  };

/** As asked for in the address, else as the phone prefers. */
function languageOf(req: Request): PhoneLanguage {
  const asked = req.query['lang'] ?? req.acceptsLanguages('en', 'zh');
  return asked === 'zh' ? 'zh' : 'en';
}

/** By the shop's clock: that of a played shop stands ahead of the phone's. */
async function nowOf(deps: ApiDeps, { link }: FoundLink): Promise<number> {
  const shop = await deps.findShop(link.shopId);
  return shop === undefined ? Date.now() : shopNow(deps, shop);
}

/** While no worker answers the page serves as well: it only does not name the forms. */
async function viewOf(deps: ApiDeps, { link }: FoundLink): Promise<ManifestView | undefined> {
  try {
    return await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () => askManifest(deps, link));
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return undefined;
    throw error;
  }
}

/** `POST /u/:token/files`: one photo or PDF; sent again, it is kept once. */
const takeFile =
  (deps: ApiDeps): RequestHandler =>
  async (req, res) => {
    const found = linkOf(res);
    if (found === undefined) throw new Error('no link was looked for');
    const key = manifestKeyOf(found.link.manifest);
    if (key === undefined) throw new Error('a link to no manifest');
    const incoming = { bytes: bytesOf(req), via: 'phone' as const, at: await nowOf(deps, found), link: found.hash };
    const { record, isNew } = await keepEvidence(deps, manifestFolder(key), incoming);
    res.status(isNew ? 201 : 200).json(toldOf(record));
  };

/** `POST /u/:token/report`: the scan, with what was sent before. A link serves for one report; the same one again hears the same. */
const takeReport =
  (deps: ApiDeps): RequestHandler =>
  async (req, res) => {
    const found = linkOf(res);
    if (found?.used?.bodyHash === bodyHashOf(req)) {
      res.json(found.used.answer);
      return;
    }
    const end = endOf(found);
    const answer = found === undefined || end !== undefined ? undefined : await reportByLink(deps, found, req);
    if (answer === undefined) tellLinkEnd(res, end ?? 'used');
    else res.json(answer);
  };
