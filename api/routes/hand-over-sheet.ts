import type { RequestHandler } from 'express';
import { fieldsOf, formsIn, inTurns, staysIn, textOf } from '../../domain/manifest/papers';
import { handOverSheet, type SheetForm } from '../../paper/hand-over-sheet';
import { evidenceDetails } from '../../words/evidence';
import { manifestFolder, manifestKeyOf } from '../../workflows/messages-manifest';
import { shopOfPath } from '../door';
import { assertManifest, manifestOfPath } from '../manifests';
import { Problem } from '../problem';
import type { ApiDeps } from '../deps';
import { giveLink } from '../upload/link';
import { sendFile } from './batch-labels';

const FIND_WITHIN_MS = 5_000;

/**
 * `GET /v1/manifests/:shopId/:manifest/sheet`: the paper that goes along to the counter: what to do, room for the stamp, the parcels
 * to tick off, and a code by which a phone sends photos. Each one that is fetched has a link of its own.
 */
export function printSheet(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    const ref = { shopId: shop.id, manifest: manifestOfPath(req) };
    const key = manifestKeyOf(ref.manifest);
    if (key === undefined) throw new Error(ref.manifest);
    await deps.client.withDeadline(Date.now() + FIND_WITHIN_MS, () => assertManifest(deps, ref));
    const forms = await formsOf(deps, manifestFolder(key));
    if (forms.length === 0) throw new Problem('refused', evidenceDetails.noList(ref.manifest));
    // Who only asks for the headers gets no link.
    if (req.method === 'HEAD') {
      res.type('application/pdf').end();
      return;
    }
    const { url, expiresAt } = await giveLink(deps, req, ref);
    const link = { url, until: untilOf(expiresAt, shop.shipFrom.zone) };
    const bytes = await handOverSheet({ date: key.date, shipFrom: key.shipFrom, forms, link });
    sendFile(res, { bytes, format: 'pdf', name: `hand-over-${key.shipFrom}-${key.date}` });
  };
}

/** Each form with its parcels; before there is one, who would be on it. */
async function formsOf({ documents }: ApiDeps, folder: string): Promise<SheetForm[]> {
  const forms = await formsIn(documents, folder);
  if (forms.length > 0)
    return forms.map(({ number, formId, members }) => ({ name: number ?? formId, parcels: members }));
  const parcels = await inTurns(await staysIn(documents, folder), async ({ orderId, name }) => {
    const text = await documents.get(`${folder}/members/${name}`);
    const { trackingNumber } = fieldsOf(text === undefined ? undefined : JSON.parse(text));
    return { orderId, trackingNumber: textOf(trackingNumber) };
  });
  return parcels.length === 0 ? [] : [{ parcels }];
}

/** As people at the ship-from read it. */
export const untilOf = (expiresAt: string, zone: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    new Date(expiresAt),
  );
