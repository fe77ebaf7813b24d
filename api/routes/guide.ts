import type { Request, RequestHandler, Response } from 'express';
import { shopOfPath } from '../door';
import { guidePage, GUIDE_POLICY } from '../upload/guide-page';
import { askManifest, manifestOfPath } from '../manifests';
import { ownSiteOnly } from '../same-site';
import type { ApiDeps } from '../deps';
import { giveLink, type GivenLink } from '../upload/link';
import { phoneTurn } from '../upload/phone-page';
import { untilOf } from './hand-over-sheet';

const READ_WITHIN_MS = 5_000;

/** `GET /manifests/:shopId/:manifest/guide`: what to do with a form, step by step, and what is there already. */
export function showGuide(deps: ApiDeps): RequestHandler {
  return (req, res) => show(deps, { req, res });
}

/** `POST` to the same address: the page with a fresh link for a phone on it. */
export function showGuideWithLink(deps: ApiDeps): RequestHandler {
  return async (req, res, next) => {
    // A page of another site may not have links made.
    ownSiteOnly(req, res, () => undefined);
    try {
      await show(deps, { req, res, hasLink: true });
    } catch (error) {
      next(error);
    }
  };
}

type Asked = { req: Request; res: Response; hasLink?: boolean };

async function show(deps: ApiDeps, { req, res, hasLink = false }: Asked): Promise<void> {
  const shop = await shopOfPath(deps, req);
  const ref = { shopId: shop.id, manifest: manifestOfPath(req) };
  const view = await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () => askManifest(deps, ref));
  const isOffered = hasLink && phoneTurn(view) !== 'noMore';
  const link: GivenLink | undefined = isOffered ? await giveLink(deps, req, ref) : undefined;
  // A page that sends no referrer has the origin `null` for its own button: it would be refused as another site's.
  res.set({ 'Content-Security-Policy': GUIDE_POLICY, 'Referrer-Policy': 'same-origin' }).type('html');
  res.send(
    guidePage({
      ...ref,
      view,
      ...(link === undefined ? {} : { link: { ...link, until: untilOf(link.expiresAt, shop.shipFrom.zone) } }),
    }),
  );
}
