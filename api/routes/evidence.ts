import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { EVIDENCE_TYPES, evidenceFileKey, EvidenceKind } from '../../contracts/evidence';
import { evidenceDetails } from '../../words/evidence';
import { appealFolder } from '../../workflows/messages-appeal';
import { manifestFolder, manifestKeyOf } from '../../workflows/messages-manifest';
import { askAppeal, caseKeyOfPath } from '../appeals';
import { bytesOf, readQuery, shopOfPath } from '../door';
import { shopNow } from '../form-clock';
import { assertManifest, manifestOfPath } from '../manifests';
import { Problem } from '../problem';
import type { ApiDeps } from '../deps';
import { keepEvidence, listEvidence, recordOf, toldOf } from '../upload/kept';

const FIND_WITHIN_MS = 5_000;

/** Where the evidence lies that a path names, once it is known that there is such a thing; `now`: by the shop's clock. */
type Asked = { folder: string; self: string; now: number; kindOf: (req: Request) => EvidenceKind | undefined };

/** Beside what evidence is kept: a manifest, or a case. */
type EvidencePlace = (deps: ApiDeps, req: Request) => Promise<Asked>;

export const ofManifest: EvidencePlace = async (deps, req) => {
  const shop = await shopOfPath(deps, req);
  const ref = { shopId: shop.id, manifest: manifestOfPath(req) };
  const key = manifestKeyOf(ref.manifest);
  if (key === undefined) throw new Error(ref.manifest);
  await deps.client.withDeadline(Date.now() + FIND_WITHIN_MS, () => assertManifest(deps, ref));
  const self = `/v1/manifests/${ref.shopId}/${ref.manifest}/evidence`;
  // What a file of a manifest shows is said by the report that names it.
  return { folder: manifestFolder(key), self, now: await shopNow(deps, shop), kindOf: () => undefined };
};

export const ofCase: EvidencePlace = async (deps, req) => {
  const shop = await shopOfPath(deps, req);
  const ref = { shopId: shop.id, caseKey: caseKeyOfPath(req) };
  await deps.client.withDeadline(Date.now() + FIND_WITHIN_MS, () => askAppeal(deps, ref));
  const self = `/v1/appeals/${ref.shopId}/${ref.caseKey}/evidence`;
  return { folder: appealFolder(ref), self, now: await shopNow(deps, shop), kindOf: kindOfQuery };
};

/** No report names a file of a case: it says itself what it shows, else it would prove nothing. */
const kindOfQuery = (req: Request): EvidenceKind => readQuery(req, z.strictObject({ kind: EvidenceKind })).kind;

/** `POST …/evidence`: keeps one photo or PDF, the body itself; sent again, it is kept once. */
export function takeEvidence(deps: ApiDeps, place: EvidencePlace): RequestHandler {
  return async (req, res) => {
    const { folder, self, now, kindOf } = await place(deps, req);
    const kind = kindOf(req);
    const incoming = { bytes: bytesOf(req), via: 'api', at: now, ...(kind === undefined ? {} : { kind }) } as const;
    const { record, isNew } = await keepEvidence(deps, folder, incoming);
    if (isNew) res.status(201).location(`${self}/${record.sha256}`);
    res.json(toldOf(record));
  };
}

/** `GET …/evidence`: what is kept, in the order in which it came. */
export function listAllEvidence(deps: ApiDeps, place: EvidencePlace): RequestHandler {
  return async (req, res) => {
    const { folder, self } = await place(deps, req);
    const records = await listEvidence(deps, folder);
    res.json({
      data: records.map((record) => ({
        ...toldOf(record),
        via: record.via,
        links: { file: `${self}/${record.sha256}` },
      })),
    });
  };
}

/** It comes from outside: no browser runs it, and none shows it as a page of ours. */
const NOTHING = "default-src 'none'; sandbox";

/** `GET …/evidence/:sha256`: one file as it came in. */
export function readEvidence(deps: ApiDeps, place: EvidencePlace): RequestHandler {
  return async (req, res) => {
    const { folder } = await place(deps, req);
    const sha256 = String(req.params['sha256']);
    const record = await recordOf(deps, folder, sha256);
    const bytes = record && (await deps.documents.getFile(evidenceFileKey(folder, record)));
    if (record === undefined || bytes === undefined)
      throw new Problem('unknown-route', evidenceDetails.unknown(sha256));
    res.set({
      'Content-Disposition': `attachment; filename="${sha256.slice(0, 16)}.${record.type}"`,
      'Content-Security-Policy': NOTHING,
      'X-Content-Type-Options': 'nosniff',
    });
    res.type(EVIDENCE_TYPES[record.type]).send(Buffer.from(bytes));
  };
}
