import { TypedSearchAttributes } from '@temporalio/common';
import { localDocuments } from '../../adapters/document-store/local';
import { Shop, shopKey } from '../../contracts/shop';
import type { AppealNews, AppealOpening } from '../../domain/appeal/appeal';
import type { Proof } from '../../domain/manifest/manifest';
import { moveShop } from '../../engine/move-shop';
import { readClock } from '../../engine/virtual-clock';
import { newId, sampleOrder } from '../../stories/sample-order';
import type { Stage } from '../../stories/stage';
import { searchAttributes } from '../../workflows/messages';
import {
  APPEAL_CASE,
  appealNews,
  appealState,
  appealWorkflowId,
  caseKeyOf,
  type AppealResult,
  type AppealView,
} from '../../workflows/messages-appeal';
import type { Floor } from './floor';
import { untilTrue } from './until';

const HOUR_MS = 3_600_000;
const DATE = '2026-11-20';

/** One stalled parcel of a shop of its own, whose desk is the sandbox's. */
export type Stalled = {
  stage: Stage;
  workflowId: string;
  path: string;
  tell: (news: AppealNews) => Promise<void>;
  open: () => Promise<void>;
  breakLimit: () => Promise<void>;
  /** What a person reports of the form's scan later. */
  reportAgain: (proofs: Proof[]) => Promise<void>;
  /** The text of a document. */
  read: (key: string) => Promise<string | undefined>;
  view: () => Promise<AppealView>;
  untilStatus: (status: string) => Promise<void>;
  /** Lets time pass for the case and for the sandbox. */
  pass: (ms: number) => Promise<void>;
  decide: (outcome: 'won' | 'lost') => Promise<void>;
  order: (verb: string, body: object, key?: string) => Promise<{ status: number; body: Record<string, unknown> }>;
  result: () => Promise<AppealResult>;
  filedCount: () => Promise<number>;
  /** What stands on the shop's alert desk about the case, by the end of its key, sorted. */
  alerts: (state: 'open' | 'settled') => Promise<string[]>;
};

/** Opens a shop with such a parcel, whose form, label and proof are kept; nothing is told yet. */
export async function stalled(floor: Floor, proofs: Proof[] = [{ kind: 'stampedForm' }]): Promise<Stalled> {
  const stage = await floor.stage();
  const { shopId } = stage;
  await openDesk(floor, shopId);
  const now = await stage.now();
  const order = sampleOrder({ createdAt: now, status: 'AWAITING_SHIPMENT' });
  await stage.control('PUT', `/orders/${order.id}?silent=true`, order);
  const opening = openingOf(shopId, order.id, now);
  const documents = localDocuments(floor.documentsDir);
  await keepForm(documents, opening, proofs);
  const caseKey = caseKeyOf(order.id, opening.package);
  const workflowId = appealWorkflowId(shopId, caseKey);
  const handle = floor.client.workflow.getHandle(workflowId);
  const tell = tellerOf(floor, opening);
  const view = (): Promise<AppealView> => handle.query(appealState);
  const path = `/v1/appeals/${shopId}/${caseKey}`;
  return {
    stage,
    workflowId,
    path,
    tell,
    view,
    reportAgain: async (later) => {
      const report = { scannedAt: opening.scannedAt, reportedAt: now, proofs: later };
      await documents.putIfAbsent(`${folderOf(shopId)}/scan-2`, JSON.stringify(report));
    },
    read: (key) => documents.get(key),
    open: () => tell({ kind: 'opened', at: opening.stalledAt, opening }),
    breakLimit: async () =>
      tell({ kind: 'limitBroken', at: await readClock(floor.client, workflowId), deadline: 'autoCancelUncollected' }),
    untilStatus: (status) => untilTrue(status, async () => (await view()).status === status),
    pass: async (ms) => {
      const { client, sandboxUrl } = floor;
      const to = (await stage.now()) + ms;
      await moveShop({ client, sandboxUrl, shopId, to, known: [workflowId] });
    },
    decide: async (outcome) => {
      const caseNumber = (await view()).filings.at(-1)?.caseNumber ?? '';
      await stage.control('POST', `/appeals/${caseNumber}/decide`, { outcome });
    },
    order: (verb, body, key) => post(`${floor.apiUrl}${path}/${verb}`, body, key),
    result: () => handle.result() as Promise<AppealResult>,
    alerts: async (state) => {
      const response = await fetch(`${floor.apiUrl}/v1/alerts?shop=${shopId}&state=${state}`);
      const { data } = (await response.json()) as { data: { key: string }[] };
      return data.map(({ key }) => key.replace(`appeal:${caseKey}:`, '')).sort();
    },
    filedCount: async () => (await stage.ledger()).filter(({ kind }) => kind === 'appealFiled').length,
  };
}

/** Tells the case as its order would, and begins it with the first word. */
function tellerOf(floor: Floor, { shopId, orderId, package: parcel }: AppealOpening): Stalled['tell'] {
  const caseKey = caseKeyOf(orderId, parcel);
  return async (news) => {
    await floor.client.workflow.signalWithStart(APPEAL_CASE, {
      workflowId: appealWorkflowId(shopId, caseKey),
      taskQueue: floor.taskQueue,
      args: [{ shopId, orderId, caseKey }],
      signal: appealNews,
      signalArgs: [news],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shopId }]),
    });
  };
}

async function post(url: string, body: object, key?: string): ReturnType<Stalled['order']> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function openDesk(floor: Floor, shopId: string): Promise<void> {
  const documents = localDocuments(floor.documentsDir);
  const shop = Shop.parse(JSON.parse((await documents.get(shopKey(shopId))) ?? '{}'));
  const appealDesk = { baseUrl: `${floor.sandboxUrl}/appeals`, token: shop.platform.accessToken };
  await documents.put(shopKey(shopId), JSON.stringify({ ...shop, appealDesk }));
}

const openingOf = (shopId: string, orderId: string, now: number): AppealOpening => ({
  shopId,
  orderId,
  package: '1',
  trackingNumber: `94${newId()}`,
  carrier: 'USPS',
  policySet: 'seed',
  manifest: `manifest:easypost-${shopId}:main:${DATE}`,
  formId: 'sf_1',
  scannedAt: now - 48 * HOUR_MS,
  stalledAt: now,
});

const folderOf = (shopId: string): string => `manifests/easypost-${shopId}/main/${DATE}`;

type Documents = ReturnType<typeof localDocuments>;

async function keepForm(documents: Documents, opening: AppealOpening, proofs: Proof[]): Promise<void> {
  const folder = folderOf(opening.shopId);
  const { orderId, trackingNumber, scannedAt } = opening;
  const members = [{ orderId, package: '1', trackingNumber }];
  const form = { formId: 'sf_1', number: '9475700000000001', madeAt: scannedAt, sha256: 'a', members };
  await documents.putIfAbsent(`${folder}/form`, JSON.stringify(form));
  await documents.putIfAbsent(`labels/by-tracking/${trackingNumber}`, JSON.stringify({ orderId, package: '1' }));
  await documents.putIfAbsent(`${folder}/scan`, JSON.stringify({ scannedAt, reportedAt: scannedAt, proofs }));
}
