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
