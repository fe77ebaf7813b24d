import {
  ApplicationFailure,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type WorkflowHandle,
} from '@temporalio/client';
import type { Request } from 'express';
import type { ManifestKey } from '../domain/manifest/manifest';
import { untilHeard } from '../engine/send-update';
import { manifestDetails } from '../words/manifest';
import { REFUSED, searchAttributes } from '../workflows/messages';
import {
  MANIFEST_DAY,
  manifestKeyOf,
  manifestState,
  type ManifestVerdict,
  type ManifestView,
} from '../workflows/messages-manifest';
import type { ApiDeps } from './deps';
import { Problem } from './problem';
import { workerProblem } from './temporal-failures';

/** One manifest, by its shop and its workflow's id. */
export type ManifestRef = { shopId: string; manifest: string };

type ManifestLinks = { self: string; temporal: string; parcels: string; guide: string; sheet: string };

export function manifestLinks(
  { temporalUiUrl, namespace }: Pick<ApiDeps, 'temporalUiUrl' | 'namespace'>,
  { shopId, manifest }: ManifestRef,
): ManifestLinks {
  const ui = temporalUiUrl.replace(/\/+$/, '');
  const self = `/v1/manifests/${shopId}/${manifest}`;
  return {
    self,
    parcels: `${self}/parcels`,
    guide: `/manifests/${shopId}/${manifest}/guide`,
    sheet: `${self}/sheet`,
    temporal: `${ui}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(manifest)}`,
  };
}

/** The files of a manifest's forms, one by one in their order; `null` where one has no file. */
export const formFileLinks = (
  { shopId, manifest }: ManifestRef,
  forms: readonly { sha256: string }[],
): (string | null)[] =>
  forms.map(({ sha256 }, index) =>
    sha256 === '' ? null : `/v1/manifests/${shopId}/${manifest}/forms/${index + 1}.pdf`,
  );

/** One manifest as lists show it: what visibility knows, a second or two behind the manifest itself. */
export type ListedManifest = ManifestKey & {
  shopId: string;
  manifest: string;
  phase: string;
  open: boolean;
  /** While it is open for parcels. */
  closesAt: string | null;
  links: ManifestLinks;
};

/** A run that was continued as a new one is the same manifest once more. */
const ALL_MANIFESTS = `WorkflowType = '${MANIFEST_DAY}' AND ExecutionStatus != 'ContinuedAsNew'`;

/** The newest manifests of a shop, or of all. */
export async function listManifests(
  deps: ApiDeps,
  { shop, limit }: { shop?: string | undefined; limit: number },
): Promise<ListedManifest[]> {
  const ofShop = shop === undefined ? '' : ` AND ${searchAttributes.shopId.name} = '${shop}'`;
  const listed: ListedManifest[] = [];
  for await (const found of deps.client.workflow.list({ query: ALL_MANIFESTS + ofShop, pageSize: limit })) {
    const { workflowId: manifest, typedSearchAttributes: known, status } = found;
    const key = manifestKeyOf(manifest);
    if (key === undefined) continue;
    const shopId = known.get(searchAttributes.shopId) ?? '';
    listed.push({
      shopId,
      manifest,
      ...key,
      // Before its first turn it has written no phase of its own.
      phase: known.get(searchAttributes.phase) ?? 'open',
      open: status.name === 'RUNNING',
      closesAt: known.get(searchAttributes.nextDeadlineAt)?.toISOString() ?? null,
      links: manifestLinks(deps, { shopId, manifest }),
    });
    if (listed.length >= limit) break;
  }
  return listed;
}

/** The manifest that a path names: whether there is one is for Temporal to say. */
export function manifestOfPath(req: Request): string {
  const manifest = String(req.params['manifest']);
  if (manifestKeyOf(manifest) === undefined) throw unknownManifest(manifest);
  return manifest;
}

export const unknownManifest = (manifest: string): Problem =>
  new Problem('unknown-manifest', manifestDetails.unknown(manifest));

const ended = (manifest: string): Problem => new Problem('refused', manifestDetails.ended(manifest));

/** One manifest as its workflow tells it, also after its end; another shop's is none. */
export async function askManifest({ client }: ApiDeps, { shopId, manifest }: ManifestRef): Promise<ManifestView> {
  try {
    const view = await client.workflow.getHandle(manifest).query(manifestState);
    if (view.shopId !== shopId) throw unknownManifest(manifest);
    return view;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw unknownManifest(manifest);
    throw workerProblem(error);
  }
}

/** What a person orders of a manifest; which input belongs to which update is for the route to say. */
export type ManifestCommand = ManifestRef & { updateId: string; update: { name: string }; input: object };

/** The server's own type for an update that was under way when its workflow ended. */
const ENDED_MEANWHILE = 'AcceptedUpdateCompletedWorkflow';

/** Orders something of a manifest and waits for its verdict. */
export async function orderOfManifest({ client }: ApiDeps, command: ManifestCommand): Promise<ManifestVerdict> {
  const { manifest, update, updateId, input } = command;
  const handle = client.workflow.getHandle(manifest);
  await assertOf(handle, command);
  try {
    const send = () => handle.executeUpdate<ManifestVerdict, [object]>(update.name, { args: [input], updateId });
    return await untilHeard(send);
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error, manifest);
    // It is there, so it is over: Temporal says "not found" of that, too.
    if (error instanceof WorkflowNotFoundError) throw ended(manifest);
    throw workerProblem(error);
  }
}

/** Before anything is written beside a manifest: it is there, and of this shop. No worker is asked. */
export const assertManifest = ({ client }: ApiDeps, ref: ManifestRef): Promise<void> =>
  assertOf(client.workflow.getHandle(ref.manifest), ref);

/** Before anything is ordered: nobody closes another shop's manifest by its name. */
async function assertOf(handle: WorkflowHandle, { shopId, manifest }: ManifestRef): Promise<void> {
  try {
    const { typedSearchAttributes } = await handle.describe();
    if (typedSearchAttributes.get(searchAttributes.shopId) !== shopId) throw unknownManifest(manifest);
  } catch (error) {
    throw error instanceof WorkflowNotFoundError ? unknownManifest(manifest) : error;
  }
}

function refusalOf(error: WorkflowUpdateFailedError, manifest: string): unknown {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure)) return error;
  if (cause.type === REFUSED) return new Problem('refused', cause.message);
  return cause.type === ENDED_MEANWHILE ? ended(manifest) : workerProblem(error);
}
