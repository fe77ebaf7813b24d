import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import express from 'express';
import { TOPICS } from '../../adapters/tiktok-shop/topics';
import { shopDirectory } from '../../adapters/document-store/shops';
import { answerProblem } from '../../api/answer-problem';
import { readBytes } from '../../api/door';
import { createLogger } from '../../api/logger';
import { takeTikTokWebhook } from '../../api/routes/tiktok-webhook';
import { serve } from '../../api/serve';
import { orderState, orderWorkflowId } from '../../workflows/messages';
import { accountWorkflowId } from '../../workflows/messages-account';
import { webhook } from './calls';
import { anyOrder, NAMESPACE, newOrderId, openStage, type Stage } from './stage';

let stage: Stage;
let serving: Awaited<ReturnType<typeof serve>>;
let counted: string[] = [];

/** The route alone, with the topic at the end of its path and with somebody who counts. */
beforeAll(async () => {
  stage = await openStage();
  const app = express();
  const deps = {
    client: stage.client,
    namespace: NAMESPACE,
    taskQueue: `api-${stage.shop.id}`,
    documents: stage.documents,
    findShop: shopDirectory(stage.documents),
    sandboxUrl: stage.shop.platform.baseUrl,
    temporalUiUrl: 'http://127.0.0.1:8233',
    logger: createLogger('silent', { write: () => undefined }),
    count: (name: string, { topic, outcome }: Record<string, string>): void => {
      counted.push(`${name} ${topic ?? ''} ${outcome ?? ''}`);
    },
  };
  app.post('/v1/webhooks/tiktok/:shopId{/:topic}', readBytes, takeTikTokWebhook(deps));
  app.use(answerProblem(deps.logger));
  serving = await serve(app, { host: '127.0.0.1', port: 0 });
});
beforeEach(() => {
  counted = [];
});
afterAll(async () => {
  await serving.stop();
  await stage.close();
});

type Sending = { topic?: string; signatures?: (signature: string) => string[] };

/** Sends a webhook with the header as often as it is given; its answer's status. */
function send(notice: object, { topic, signatures = (signature) => [signature] }: Sending = {}): Promise<number> {
  const body = JSON.stringify(notice);
  const { appKey, appSecret } = stage.shop.platform;
  const signature = createHmac('sha256', appSecret)
    .update(appKey + body)
    .digest('hex');
  const url = `${serving.url}/v1/webhooks/tiktok/${stage.shop.id}${topic === undefined ? '' : `/${topic}`}`;
  return new Promise((resolve, reject) => {
    // A list of headers and values, because a record would join two of one name.
    const headers = signatures(signature).flatMap((one) => ['authorization', one]);
    const sent = request(url, { method: 'POST', headers: ['host', new URL(url).host, ...headers] }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject).end(body);
  });
}

const notice = (type: number, data: object): object => webhook(stage.shop.id, type, data);
const seconds = (): number => Math.floor(Date.now() / 1_000);

/** An order that is open here. */
async function open(): Promise<string> {
  const id = newOrderId();
  await stage.sandbox.control('PUT', `/orders/${id}?silent=true`, anyOrder(id));
  expect(await send(stage.statusChange(id, 'AWAITING_SHIPMENT'))).toBe(200);
  return id;
}

/** What an order heard, with which word it was about. */
async function heard(id: string): Promise<unknown[]> {
  const handle = stage.client.workflow.getHandle(orderWorkflowId(stage.shop.id, id));
  // A signal that comes during a workflow task enters history after it; a query is answered after both.
  await handle.query(orderState);
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
    const bytes = signal?.signalName === 'orderChanged' ? signal.input?.payloads?.[0]?.data : undefined;
    return bytes ? [(JSON.parse(Buffer.from(bytes).toString('utf8')) as { about?: string }).about ?? null] : [];
  });
}

describe('a webhook of a topic', () => {
  it('tells the order what it is about, by its address and not by its number', async () => {
    const id = await open();
    for (const { slug, kind } of TOPICS)
      if (kind === 'readAgain') expect(await send(notice(99, { order_id: id }), { topic: slug })).toBe(200);
    expect(await heard(id)).toEqual([null, 'afterSale', 'address', 'parcels', 'afterSale', 'afterSale']);
    expect(counted.filter((line) => line.endsWith('told'))).toHaveLength(6);
  });

  it('that nobody knows has its order read again, and is counted', async () => {
    const id = await open();
    expect(await send(notice(64, { order_id: id }))).toBe(200);
    expect(await heard(id)).toEqual([null, null]);
    expect(counted.at(-1)).toBe('webhooks unknown unknownTopic');
  });

  it('is counted as what became of it', async () => {
    const again = notice(3, { order_id: newOrderId() });
    await send(again);
    await send(again);
    await send(notice(5, {}));
    await send(notice(1, {}), { topic: 'order-status-change', signatures: () => ['0'.repeat(64)] });
    await send(notice(1, {}), { topic: 'made-up-by-a-forger', signatures: () => [] });
    expect(counted).toEqual([
      'webhooks recipient-address-update notOpen',
      'webhooks recipient-address-update repeated',
      'webhooks other other',
      'webhooks order-status-change forged',
      'webhooks unknown forged',
    ]);
  });

  it('with its signature given twice is refused', async () => {
    const id = newOrderId();
    const change = stage.statusChange(id, 'AWAITING_SHIPMENT');
    expect(await send(change, { signatures: (right) => [right, right] })).toBe(401);
    expect(await send(change, { signatures: (right) => [right, '0'.repeat(64)] })).toBe(401);
    expect(await send(change, { signatures: (right) => ['0'.repeat(64), right] })).toBe(401);
  });

  it.each([
    [6, {}],
    [7, { message: 'soon', expiration_time: seconds() + 86_400 }],
  ])('of type %i goes to the account of the shop', async (type, data) => {
    expect(await send(notice(type, data))).toBe(200);
    expect(counted.at(-1)).toMatch(/told$/);
    const account = await stage.client.workflow.getHandle(accountWorkflowId(stage.shop.id)).describe();
    expect(account.type).toBe('shopAccount');
  });
});
