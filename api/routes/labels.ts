import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { labelFileKey, slipKey } from '../../contracts/label-documents';
import { judge, type ReadyLabel } from '../../domain/batch/judge';
import { pageOfPng } from '../../paper/pages';
import { details } from '../../words/api';
import { batchDetails, batchSummaries } from '../../words/batch';
import { orderState, orderWorkflowId, searchAttributes } from '../../workflows/messages';
import { PACKING_SLIP, slipWorkflowId, type SlipInput } from '../../workflows/messages-batch';
import type { FileDeps } from '../batches';
import { orderIdOfPath, readQuery, shopOfPath } from '../door';
import type { OrderRef } from '../orders';
import { Problem } from '../problem';
import { workerProblem } from '../temporal-failures';
import { noteOne, sendFile } from './batch-labels';

const READ_WITHIN_MS = 5_000;
const SLIP_WITHIN_MS = 15_000;

type Format = 'pdf' | 'png' | 'zpl';

const FORMATS: readonly Format[] = ['pdf', 'png', 'zpl'];
const FORMAT_OF_TYPE: Readonly<Record<string, Format>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'application/zpl': 'zpl',
  'x-application/zpl': 'zpl',
};

const Query = z.strictObject({
  package: z.string().min(1).max(64).optional(),
  format: z.enum(['pdf', 'png', 'zpl']).optional(),
});

/**
 * `GET /v1/orders/:shopId/:orderId/label`: the label of one parcel, by `format` or Accept; a picture is put on a page where a PDF is
 * wanted. `X-Printed-Before: yes` where somebody fetched it before.
 */
export function readLabel(deps: FileDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const ref = { shopId, orderId: orderIdOfPath(req) };
    const asked = readQuery(req, Query);
    const wanted = asked.format ?? acceptedBy(req);
    const label = await labelOf(deps, ref, asked.package);
    const file = await fileOf(deps, { ...ref, ...label }, wanted);
    if (req.method !== 'HEAD' && !(await noteOne(deps, { ...ref, ...label }))) res.set('X-Printed-Before', 'yes');
    sendFile(res, { ...file, name: `${ref.orderId}-${label.package}` });
  };
}

/** Undefined where anything will do: then it is given as it is kept. */
function acceptedBy(req: Request): Format | undefined {
  const accept = req.get('Accept');
  if (accept === undefined || accept.includes('*/*')) return undefined;
  const type = req.accepts(Object.keys(FORMAT_OF_TYPE));
  const format = type === false ? undefined : FORMAT_OF_TYPE[type];
  if (format === undefined) throw new Problem('invalid-header', batchDetails.notAcceptable);
  return format;
}

type Kept = OrderRef & ReadyLabel;

async function fileOf(
  { documents }: FileDeps,
  label: Kept,
  wanted: Format | undefined,
): Promise<{ bytes: Uint8Array; format: Format }> {
  for (const format of FORMATS) {
    const bytes = await documents.getFile(labelFileKey(label, format));
    if (bytes === undefined) continue;
    if (wanted === undefined || wanted === format) return { bytes, format };
    if (wanted === 'pdf' && format === 'png') return { bytes: await pageOfPng(bytes), format: 'pdf' };
    throw new Problem('refused', batchDetails.otherFormat(label.orderId, format));
  }
  throw new Problem('refused', batchDetails.noFile(label.orderId));
}

/** The label of the parcel that is named, or of the only one. */
async function labelOf(deps: FileDeps, ref: OrderRef, parcel: string | undefined): Promise<ReadyLabel> {
  const labels = await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () => labelsOf(deps, ref));
  const found = parcel === undefined ? labels : labels.filter((label) => label.package === parcel);
  const [label, ...others] = found;
  if (label === undefined) throw new Problem('refused', batchDetails.noLabel(ref.orderId));
  if (others.length === 0) return label;
  const parcels = found.map((one) => one.package);
  throw new Problem('refused', batchDetails.whichParcel(ref.orderId, parcels));
}

async function labelsOf({ client }: FileDeps, { shopId, orderId }: OrderRef): Promise<ReadyLabel[]> {
  try {
    const judged = judge(await client.workflow.getHandle(orderWorkflowId(shopId, orderId)).query(orderState));
    return judged.kind === 'ready' ? judged.labels : [];
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new Problem('unknown-order', details.unknownOrder(orderId));
    throw workerProblem(error);
  }
}

const SlipQuery = z.strictObject({ package: z.string().min(1).max(64).optional() });

/** `GET /v1/orders/:shopId/:orderId/packing-slip`: what is in one parcel; made when it is asked for, and kept. */
export function readPackingSlip(deps: FileDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const ref = { shopId, orderId: orderIdOfPath(req) };
    const label = await labelOf(deps, ref, readQuery(req, SlipQuery).package);
    const key = slipKey({ ...ref, ...label });
    const known = await deps.documents.getFile(key);
    if (known === undefined) await haveSlipsMade(deps, ref);
    const bytes = known ?? (await deps.documents.getFile(key));
    if (bytes === undefined) throw new Problem('refused', batchDetails.noSlip(ref.orderId));
    sendFile(res, { bytes, format: 'pdf', name: `${ref.orderId}-${label.package}-slip` });
  };
}

/** Only activities speak to the platform. Two who ask at once wait for one workflow. */
async function haveSlipsMade({ client, taskQueue }: FileDeps, ref: OrderRef): Promise<void> {
  const input: SlipInput = ref;
  const workflowId = slipWorkflowId(ref.shopId, ref.orderId);
  const options = {
    ...{ workflowId, taskQueue, args: [input] as [SlipInput] },
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowExecutionTimeout: '30 s' as const,
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: ref.shopId }]),
    staticSummary: batchSummaries.slip(ref.orderId),
  };
  try {
    await client.withDeadline(Date.now() + SLIP_WITHIN_MS, () => client.workflow.execute(PACKING_SLIP, options));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw workerProblem(error);
  }
}
