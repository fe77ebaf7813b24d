import type { Client } from '@temporalio/client';
import { moveShop } from '../engine/move-shop';
import { openSandboxShop } from '../engine/sandbox-shop';
import { sandboxClock } from '../engine/sandbox-clock';
import type { OrderView } from '../domain/order/view';
import { orderWorkflowId } from '../workflows/messages';
import { newId, type SampleOrder } from './sample-order';

/** A running product that a story is played on. */
export type StageConnection = {
  apiUrl: string;
  sandboxUrl: string;
  documentsDir: string;
  client: Client;
  say: (line: string) => void;
};

/** One line of the sandbox's ledger: a side effect that our side really had. */
export type LedgerLine = { kind: string; at: string; ref: string; order: string; shop: string };

/** A shop of its own with a clock of its own, and what a story does in it. */
export type Stage = {
  shopId: string;
  now: () => Promise<number>;
  place: (order: SampleOrder) => Promise<void>;
  /** A person's order through the API. */
  person: (orderId: string, verb: 'packed' | 'handed-over' | 'hold' | 'release' | 'cancel') => Promise<void>;
  /** What the platform, the buyer or the carrier does, through the sandbox's control side. */
  control: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;
  /** Waits until nothing goes on in the shop. */
  settle: () => Promise<void>;
  /** Moves every clock of the shop forward. */
  advance: (ms: number) => Promise<void>;
  view: (orderId: string) => Promise<OrderView>;
  ledger: () => Promise<LedgerLine[]>;
};

const CALL_LIMIT_MS = 60_000;

async function call<Body>(method: string, url: string, body?: unknown): Promise<Body> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', 'x-actor': 'story' },
    signal: AbortSignal.timeout(CALL_LIMIT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Body;
}

/** Opens a new shop in the sandbox, so that no story meets another's orders or time. */
export async function openStage(connection: StageConnection): Promise<Stage> {
  const { apiUrl, sandboxUrl, documentsDir, client } = connection;
  const shopId = newId();
  await openSandboxShop({ sandboxUrl, apiUrl, documentsDir, shopId });
  const clock = sandboxClock(sandboxUrl, shopId);
  const now = async (): Promise<number> => (await clock.read()).now;
  const order = (orderId: string): string => `${apiUrl}/v1/orders/${shopId}/${orderId}`;
  const known: string[] = [];
  const moveTo = async (to: number): Promise<void> => {
    await moveShop({ client, sandboxUrl, shopId, to, known });
  };
  return {
    shopId,
    now,
    place: async (sample) => {
      await call('POST', `${apiUrl}/v1/orders?shop=${shopId}`, sample);
      known.push(orderWorkflowId(shopId, sample.id));
      await moveTo(await now());
    },
    person: async (orderId, verb) => {
      await call('POST', `${order(orderId)}/${verb}`, {});
      await moveTo(await now());
    },
    control: (method, path, body) => call(method, `${sandboxUrl}/control/shops/${shopId}${path}`, body),
    settle: async () => moveTo(await now()),
    advance: async (ms) => moveTo((await now()) + ms),
    view: (orderId) => call<OrderView>('GET', order(orderId)),
    ledger: async () =>
      (await call<{ data: LedgerLine[] }>('GET', `${sandboxUrl}/control/shops/${shopId}/ledger`)).data,
  };
}
