import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { Stage } from '../../stories/stage';
import { untilTrue } from '../support/until';
import type { Floor } from '../support/floor';

/** A text and where it was found. */
export type Trace = { where: string; text: string };

/**
 * What Temporal keeps of a shop: every workflow's raw history, its description with the messages of attempts that are still to be
 * repeated, its row in the list, and the page that it shows.
 */
export async function tracesInTemporal({ client }: Floor, { shopId }: Stage, known: string[]): Promise<Trace[]> {
  const { namespace } = client.options;
  const query = `ShopId = "${shopId}"`;
  // The list lags behind what was just begun.
  await untilTrue('all are listed', async () => {
    const { executions } = await client.workflowService.listWorkflowExecutions({ namespace, query });
    return known.every((id) => executions.some(({ execution }) => execution?.workflowId === id));
  });
  const list = await client.workflowService.listWorkflowExecutions({ namespace, query });
  const traces = tracesOf('the list', list);
  for (const { execution } of list.executions) {
    const workflowId = execution?.workflowId ?? '';
    const handle = client.workflow.getHandle(workflowId);
    traces.push(...tracesOf(`history of ${workflowId}`, await handle.fetchHistory()));
    traces.push(...tracesOf(`description of ${workflowId}`, (await handle.describe()).raw));
    traces.push(...tracesOf(`page of ${workflowId}`, await pageOf(handle)));
  }
  return traces;
}

/** What the Temporal UI shows of a workflow; one that was begun a moment ago has nobody to answer yet. */
async function pageOf(handle: WorkflowHandle): Promise<unknown> {
  let page: unknown;
  await untilTrue(`${handle.workflowId} answers`, async () => {
    page = await handle.query('__temporal_workflow_metadata').catch(() => undefined);
    return page !== undefined;
  });
  return page;
}

const tracesOf = (where: string, answer: unknown): Trace[] => bytesIn(answer).map((text) => ({ where, text }));

/** Every text and every payload of a server answer, decoded. JSON would show the payloads as lists of numbers. */
function bytesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (ArrayBuffer.isView(value))
    return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(bytesIn);
}

/** What a shop's people read. */
export async function tracesInPages({ apiUrl }: Floor, { shopId }: Stage, orderIds: string[]): Promise<Trace[]> {
  const paths = [
    '/',
    '/v1/shops',
    `/v1/shops/${shopId}`,
    `/v1/orders?shop=${shopId}`,
    ...orderIds.map((id) => `/v1/orders/${shopId}/${id}`),
    `/v1/alerts?shop=${shopId}&state=all`,
    `/v1/manifests?shop=${shopId}`,
    `/v1/appeals?shop=${shopId}`,
  ];
  return Promise.all(
    paths.map(async (path) => {
      const response = await fetch(`${apiUrl}${path}`);
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return { where: path, text: await response.text() };
    }),
  );
}

/** What is kept of all shops: logs, metrics, and every document as it lies on disk, sealed ones too. */
export async function tracesOfAll(floor: Floor): Promise<Trace[]> {
  const metrics = await fetch(`${floor.apiUrl}/metrics`);
  return [
    { where: 'logs', text: floor.logLines.join('') },
    { where: 'metrics of the API', text: await metrics.text() },
    { where: 'metrics of the worker', text: await floor.workerMetrics() },
    ...(await documentsIn(floor.documentsDir)),
  ];
}

async function documentsIn(folder: string): Promise<Trace[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        // Byte by byte: what is no text is searched, too.
        return { where: path.slice(folder.length), text: `${path} ${await readFile(path, 'latin1')}` };
      }),
  );
}
