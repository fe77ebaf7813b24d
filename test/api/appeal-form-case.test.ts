import { TypedSearchAttributes } from '@temporalio/common';
import { localDocuments } from '../../adapters/document-store/local';
import type { AppealNews, AppealOpening } from '../../domain/appeal/appeal';
import { moveShop } from '../../engine/move-shop';
import { newId, sampleOrder } from '../../stories/sample-order';
import type { Stage } from '../../stories/stage';
import { searchAttributes } from '../../workflows/messages';
import {
  APPEAL_CASE,
  appealNews,
  appealWorkflowId,
  caseMemberKey,
  formCaseKeyOf,
  type AppealInput,
  type AppealView,
} from '../../workflows/messages-appeal';
import { openFloor, type Floor } from '../support/floor';
import { untilTrue } from '../support/until';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CASE = formCaseKeyOf('sf_1', 1);
const DATE = '2026-11-20';

let floor: Floor;
let stage: Stage;
let documents: ReturnType<typeof localDocuments>;
beforeAll(async () => {
  floor = await openFloor();
  documents = localDocuments(floor.documentsDir);
});
beforeEach(async () => {
  stage = await floor.stage();
});
afterAll(() => floor.close());

type Said = { status: number; body: Record<string, unknown> };

async function ask(path: string, order?: object): Promise<Said> {
  const answer = await fetch(`${floor.apiUrl}/v1/appeals${path}`, {
    ...(order === undefined ? {} : { method: 'POST', body: JSON.stringify(order) }),
    headers: { 'content-type': 'application/json' },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const pathOf = (rest = ''): string => `/${stage.shopId}/${CASE}${rest}`;
const view = async (): Promise<AppealView> => (await ask(pathOf())).body as unknown as AppealView;
const untilStatus = (status: string): Promise<void> => untilTrue(status, async () => (await view()).status === status);

const openingOf = (orderId: string, now: number): AppealOpening => ({
  shopId: stage.shopId,
  orderId,
  package: '1',
  trackingNumber: `94${newId()}`,
  carrier: 'USPS',
  policySet: 'seed',
  manifest: `manifest:easypost-${stage.shopId}:main:${DATE}`,
  formId: 'sf_1',
  scannedAt: now - 48 * HOUR_MS,
  stalledAt: now,
});

/** Places an order and keeps what it tells the case of its form. */
async function stalledOrder(now: number, more: AppealNews[]): Promise<AppealOpening> {
  const order = sampleOrder({ createdAt: now - 72 * HOUR_MS, status: 'AWAITING_SHIPMENT' });
  await stage.control('PUT', `/orders/${order.id}?silent=true`, order);
  const opening = openingOf(order.id, now);
  const ref = { shopId: stage.shopId, caseKey: CASE };
  for (const { kind, ...told } of [{ kind: 'opened' as const, at: now, opening }, ...more]) {
    await documents.putIfAbsent(caseMemberKey(ref, opening, kind), JSON.stringify(told));
  }
  return opening;
}

/** Begins the case of a form with what its first order tells. */
async function begin(opening: AppealOpening): Promise<string> {
  const { shopId } = stage;
  const workflowId = appealWorkflowId(shopId, CASE);
  const input: AppealInput = { shopId, orderId: '', caseKey: CASE, edition: 2 };
  const news: AppealNews = { kind: 'opened', at: opening.stalledAt, opening };
  await floor.client.workflow.signalWithStart(APPEAL_CASE, {
    workflowId,
    taskQueue: floor.taskQueue,
    args: [input],
    signal: appealNews,
    signalArgs: [news],
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shopId }]),
  });
  return workflowId;
}

async function pass(workflowId: string, ms: number): Promise<void> {
  const { client, sandboxUrl } = floor;
  const to = (await stage.now()) + ms;
  await moveShop({ client, sandboxUrl, shopId: stage.shopId, to, known: [workflowId] });
}

it('a case of a form is filed by a person, under the number that is typed back, and its decision is counted', async () => {
  const now = await stage.now();
  const lost: AppealNews[] = [{ kind: 'limitBroken', at: now, deadline: 'autoCancelUncollected' }];
  const [one, other, spared] = [
    await stalledOrder(now, lost),
    await stalledOrder(now, lost),
    await stalledOrder(now, [{ kind: 'moved', at: now - HOUR_MS }]),
  ];
  const workflowId = await begin(one);
  await untilStatus('ready');
  await pass(workflowId, HOUR_MS);
  await untilTrue('settled', async () => (await view()).claim !== null);
  await untilTrue('a person is asked', async () => (await view()).toDo.length > 0);
  const { body } = await ask(pathOf('/orders'));
  const claimed = (body['data'] as { orderId: string; isClaimed: boolean }[]).filter(({ isClaimed }) => isClaimed);
  expect(claimed.map(({ orderId }) => orderId).sort()).toEqual([one.orderId, other.orderId].sort());
  expect(body['count']).toBe(3);
  expect(claimed).not.toContainEqual(expect.objectContaining({ orderId: spared.orderId }));

  const { body: check } = await ask(pathOf('/pack/verify'));
  expect(check).toMatchObject({ isIntact: true, isPack: true, changed: [] });
  const pages = await fetch(`${floor.apiUrl}/v1/appeals${pathOf('/pack.pdf')}`);
  expect([pages.status, pages.headers.get('content-type')]).toEqual([200, 'application/pdf']);

  expect(await ask(pathOf('/filed'), { caseNumber: '4038112290' })).toMatchObject({
    status: 200,
    body: { accepted: true, status: 'filed' },
  });
  expect((await ask(pathOf('/filed'), { caseNumber: '4038112291' })).status).toBe(409);
  await pass(workflowId, DAY_MS);
  const recovered = { cents: 4_980, points: 2, orders: 2 };
  expect((await ask(pathOf('/decision'), { outcome: 'won', recovered })).status).toBe(200);
  await untilStatus('won');
  expect(await view()).toMatchObject({
    filings: [{ caseNumber: '4038112290', outcome: 'won', recovered }],
    links: { orders: `/v1/appeals${pathOf('/orders')}` },
  });
  await untilTrue('it is counted', async () => (await statistics()).length > 0);
  expect(await statistics()).toMatchObject([
    { carrier: 'USPS', cause: 'stalled', cases: 1, filed: 1, won: 1, parcels: 2, recovered },
  ]);
});

async function statistics(): Promise<object[]> {
  return (await ask(`/statistics?shop=${stage.shopId}`)).body['data'] as object[];
}
