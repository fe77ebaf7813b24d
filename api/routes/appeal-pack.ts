import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { verifyPack } from '../../contracts/pack';
import { appealPackDetails } from '../../words/appeal-cli';
import type { AppealView } from '../../workflows/messages-appeal';
import { askAppeal, caseKeyOfPath, type AppealRef } from '../appeals';
import type { ApiDeps } from '../deps';
import { shopOfPath } from '../door';
import { Problem } from '../problem';
import { sendFile } from './batch-labels';

const READ_WITHIN_MS = 5_000;

const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The newest pack, as its case remembers it: where it lies and what it was. */
type PackRef = NonNullable<AppealView['evidence']>;

/** `GET /v1/appeals/:shopId/:caseKey/pack.json`: the newest pack of a case, as it is kept. */
export function readPackJson(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { key, sha256 } = await newestPack(deps, req);
    const text = await deps.documents.get(key);
    if (text === undefined) throw new Problem('unknown-appeal', appealPackDetails.packGone(key));
    if (hashOf(text) !== sha256) throw new Problem('refused', appealPackDetails.notAsRemembered(key));
    // As it is kept and not as it would be written again: its hash is over these bytes.
    res.type('application/json').send(text);
  };
}

/** `GET /v1/appeals/:shopId/:caseKey/pack.pdf`: the same as pages, for whoever files by hand. */
export function readPackPdf(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { pdf } = await newestPack(deps, req);
    const caseKey = caseKeyOfPath(req);
    if (pdf === null) throw new Problem('unknown-appeal', appealPackDetails.noPdf(caseKey));
    const bytes = await deps.documents.getFile(pdf.key);
    if (bytes === undefined) throw new Problem('unknown-appeal', appealPackDetails.packGone(pdf.key));
    if (hashOf(bytes) !== pdf.sha256) throw new Problem('refused', appealPackDetails.notAsRemembered(pdf.key));
    sendFile(res, { bytes, format: 'pdf', name: `appeal-${caseKey}` });
  };
}

/** `GET /v1/appeals/:shopId/:caseKey/pack/verify`: holds every hash in the newest pack, and its own, against what is kept now. */
export function checkPack(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const pack = await newestPack(deps, req);
    const check = await verifyPack(deps.documents, pack.key);
    if (check === undefined) throw new Problem('unknown-appeal', appealPackDetails.notVerifiable(caseKeyOfPath(req)));
    const isPack = check.sha256 === pack.sha256;
    const isPdf = await isAsRemembered(deps, pack.pdf);
    res.json({ ...check, isPack, isPdf, isIntact: isPack && isPdf !== false && check.changed.length === 0 });
  };
}

/** Null where the pack has no PDF. */
async function isAsRemembered({ documents }: ApiDeps, pdf: PackRef['pdf']): Promise<boolean | null> {
  if (pdf === null) return null;
  const bytes = await documents.getFile(pdf.key);
  return bytes !== undefined && hashOf(bytes) === pdf.sha256;
}

async function newestPack(deps: ApiDeps, req: Request): Promise<PackRef> {
  const { id: shopId } = await shopOfPath(deps, req);
  const ref: AppealRef = { shopId, caseKey: caseKeyOfPath(req) };
  const { evidence } = await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () => askAppeal(deps, ref));
  if (evidence === null) throw new Problem('unknown-appeal', appealPackDetails.noPack(ref.caseKey));
  return evidence;
}
