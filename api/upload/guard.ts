import type { Request, RequestHandler, Response } from 'express';
import { endOf, tellBusy, tellLinkEnd } from './answers';
import type { ApiDeps } from '../deps';
import { findLink, type FoundLink } from './link';

/** Files that are read at once hold their bytes in memory, up to 15 MB each. The phone's own page sends one at a time. */
const MOST_AT_ONCE = 12;
const MOST_OF_ONE_LINK = 3;

type Locals = { found?: FoundLink };

/** The link that was found before the body was read. */
export const linkOf = (res: Response): FoundLink | undefined => (res.locals as Locals).found;

/**
 * Finds the link before anything of a body is read: this door is open to the net, and whoever has no link sends nothing into memory.
 * `unknown`: refuses only what nobody gave out, for a report that was taken hears its answer again.
 */
export function linkFirst(deps: Pick<ApiDeps, 'documents'>, refuses: 'unknown' | 'every end'): RequestHandler {
  return async (req, res, next) => {
    const found = await findLink(deps, String(req.params['token']));
    const end = endOf(found);
    if (found === undefined || (end !== undefined && refuses === 'every end')) {
      tellLinkEnd(res, end ?? 'unknown');
      return;
    }
    (res.locals as Locals).found = found;
    next();
  };
}

/** Lets some files in at once, and asks the others to come again in a moment; the phone's page does so by itself. */
export function fewAtOnce(): RequestHandler {
  const underWay: string[] = [];
  return (_req: Request, res, next) => {
    const hash = linkOf(res)?.hash ?? '';
    if (underWay.length >= MOST_AT_ONCE || underWay.filter((other) => other === hash).length >= MOST_OF_ONE_LINK) {
      tellBusy(res);
      return;
    }
    underWay.push(hash);
    res.once('close', () => underWay.splice(underWay.indexOf(hash), 1));
    next();
  };
}
