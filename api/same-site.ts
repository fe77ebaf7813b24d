import type { RequestHandler } from 'express';
import { details } from '../words/api';
import { Problem } from './problem';

/** Sites that a browser names for what a person typed, and for our own page. */
const OWN_SITES: readonly (string | undefined)[] = [undefined, 'none', 'same-origin'];

/**
 * Refuses what another site's page asks a browser on this machine to do: the API listens on loopback without a password, and a
 * page may post to it without reading the answer. Programs send neither header.
 */
export const ownSiteOnly: RequestHandler = (req, _res, next) => {
  const [origin, host, site] = [req.get('origin'), req.get('host'), req.get('sec-fetch-site')];
  const isOwnOrigin = origin === undefined || origin === `http://${host ?? ''}` || origin === `https://${host ?? ''}`;
  const isOwnSite = OWN_SITES.includes(site);
  if (!isOwnOrigin || !isOwnSite) throw new Problem('foreign-site', details.foreignSite);
  next();
};

/** The names of this machine on its loopback, at any port: a name that only means it is not among them. */
const OWN_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Refuses what was addressed to another name than this machine's own. A site may have its name lead to 127.0.0.1 (DNS rebinding): a
 * browser then takes its page and our API for one site, sends the page's name as `Host`, and lets it read every answer.
 */
export const ownHostOnly: RequestHandler = (req, _res, next) => {
  if (!OWN_HOST.test(req.get('host') ?? '')) throw new Problem('foreign-site', details.foreignHost);
  next();
};
