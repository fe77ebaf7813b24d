import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultPayloadConverter } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { sendFile } from '../../stories/call';
import { plainPage } from '../../paper/plain-page';
import { sampleOrder } from '../../stories/sample-order';
import type { LedgerLine, Stage } from '../../stories/stage';
import { PAYLOAD_CONVERTER } from '../../workers/worker';
import { manifestFolder, manifestKeyOf, type ManifestView } from '../../workflows/messages-manifest';
import type { Floor } from './floor';

type Reply = { status: number; body: Record<string, unknown> };

/** What tests of manifests do on a floor. */
export type ManifestDesk = {
  /** `what` is a method and a path. */
  ask: (what: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
  view: (stage: Stage, manifest: string) => Promise<ManifestView>;
  /** Sends the photo of a proof; its hash. */
  photo: (stage: Stage, manifest: string) => Promise<string>;
  /** What is kept of a manifest under a name. */
  document: (manifest: string, name: string) => Promise<Record<string, unknown>>;
  /** What a manifest told an order, in its order. */
  heardBy: (stage: Stage, orderId: string) => Promise<string[]>;
  /** All that stands in a workflow's history. */
  historyOf: (workflowId: string) => Promise<string>;
  replay: (workflowId: string) => Promise<void>;
};

/** The payloads in it as text. */
const textsIn = (value: unknown): string[] => {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

export function manifestDesk(floor: Floor): ManifestDesk {
  const ask: ManifestDesk['ask'] = async (what, body, headers = {}) => {
    const [method = '', path = ''] = what.split(' ');
    const response = await fetch(`${floor.apiUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Reply['body'] };
  };
  return {
    ask,
    view: async ({ shopId }, manifest) =>
      (await ask(`GET /v1/manifests/${shopId}/${manifest}`)).body as unknown as ManifestView,
    photo: async ({ shopId }, manifest) => {
      const url = `${floor.apiUrl}/v1/manifests/${shopId}/${manifest}/evidence`;
      return (await sendFile<{ sha256: string }>(url, await plainPage(manifest))).sha256;
    },
    document: async (manifest, name) => {
      const key = manifestKeyOf(manifest);
      if (key === undefined) throw new Error(manifest);
      const text = await readFile(join(floor.documentsDir, manifestFolder(key), `${name}.json`), 'utf8');
      return JSON.parse(text) as Record<string, unknown>;
    },
    heardBy: async ({ shopId }, orderId) => {
      const { events } = await floor.client.workflow.getHandle(`order:${shopId}:${orderId}`).fetchHistory();
      return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
        const payload = signal?.input?.payloads?.[0];
        if (signal?.signalName !== 'manifestChanged' || payload == null) return [];
        return [defaultPayloadConverter.fromPayload<{ what: string }>(payload).what];
      });
    },
    historyOf: async (workflowId) =>
      textsIn(await floor.client.workflow.getHandle(workflowId).fetchHistory()).join('\n'),
    replay: async (workflowId) => {
      const codePath = process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '';
      const history = await floor.client.workflow.getHandle(workflowId).fetchHistory();
      const dataConverter = { payloadConverterPath: PAYLOAD_CONVERTER };
      await Worker.runReplayHistory({ workflowBundle: { codePath }, dataConverter }, history, workflowId);
    },
  };
}

/** Orders whose parcels are packed, uploaded and so on the form of their day. */
export async function packed(stage: Stage, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT' });
    await stage.place(order);
    await stage.person(order.id, 'packed');
    ids.push(order.id);
  }
  return ids;
}

export const manifestOf = async (stage: Stage, orderId: string): Promise<string> =>
  (await stage.view(orderId)).packages['1']?.manifest.id ?? '';

/** The forms that were really made. */
export const formsIn = async (stage: Stage): Promise<LedgerLine[]> =>
  (await stage.ledger()).filter(({ kind }) => kind === 'formCreated');
