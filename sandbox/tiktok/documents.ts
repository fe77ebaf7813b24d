import type { Request, RequestHandler } from 'express';
import { createHmac } from 'node:crypto';
import { type Answer, send } from '../answer';
import { nowSecondsOf } from '../clock';
import { NOT_POSTAGE, pageOf } from '../pdf';
import { problem } from '../problem';
import { appOf } from '../shops';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import { findPackage, type PackageOfOrder, statusOf, unknownPackage } from './packages';

/** How long a document's address is good for, on the shop's clock (Partner Center, "Get Package Shipping Document"). */
const LINK_S = 24 * 3_600;

/** Get Package Shipping Document: the label, only while the parcel is with the seller. */
export function linkDocument(world: World, { shopId, params, query }: TikTokCall): Answer {
  const id = params['packageId'] ?? '';
  const found = findPackage(world, shopId, id);
  if (found === undefined) return failure(unknownPackage(world, id));
  if (query['document_type'] !== 'SHIPPING_LABEL') return failure(WRONG_DOCUMENT);
  const refusal = documentRefusal(found);
  if (refusal !== undefined) return failure(refusal);
  const path = `/documents/${shopId}/${id}.pdf`;
  const expires = nowSecondsOf(world, shopId) + LINK_S;
  const doc_url = `${world.url}${path}?expires=${expires}&sign=${signed(world, path, String(expires))}`;
  return success({ doc_url, tracking_number: found.packed.trackingNumber });
}

/** Serves the documents, without a token: the address carries its own end and a signature. */
export function documentRoute(world: World): RequestHandler<{ shop: string; file: string }> {
  return (req, res) => {
    const { shop, file } = req.params;
    const found = findPackage(world, shop, file.replace(/\.pdf$/, ''));
    if (!isGood(world, shop, req)) send(res, problem(403, 'The address of this document has expired'));
    else if (found === undefined) send(res, problem(404, 'No such document'));
    else send(res, { status: 200, contentType: 'application/pdf', body: labelPage(found) });
  };
}

const WRONG_DOCUMENT: Refusal = { code: 36009004, message: 'param document_type is not supported', status: 400 };

function documentRefusal(found: PackageOfOrder): Refusal | undefined {
  if (found.order.shipping_type !== 'TIKTOK') {
    return { code: 21011004, message: 'The package is not shipped by TikTok Shipping' };
  }
  if (statusOf(found) === 'PROCESSING') return undefined;
  return { code: 21011035, message: 'The package status does not allow printing its label' };
}

function isGood(world: World, shopId: string, req: Request<{ shop: string; file: string }>): boolean {
  const query = new URL(req.originalUrl, 'http://sandbox').searchParams;
  const expires = query.get('expires') ?? '';
  const isSigned = query.get('sign') === signed(world, req.path, expires);
  return isSigned && nowSecondsOf(world, shopId) < Number(expires);
}

function signed(world: World, path: string, expires: string): string {
  return createHmac('sha256', appOf(world).appSecret).update(`${path}?${expires}`, 'utf8').digest('hex');
}

function labelPage({ packed }: PackageOfOrder): Buffer {
  return pageOf([NOT_POSTAGE, packed.providerName, packed.trackingNumber]);
}
