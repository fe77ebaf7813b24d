import { setTimeout as pause } from 'node:timers/promises';
import { orderWorkflowId } from '../workflows/messages';
import { call } from '../stories/call';
import { lookAt } from '../engine/virtual-clock';
import { sampleOrder } from '../stories/sample-order';
import { HOUR_MS } from '../stories/story';
import { playStory, type Played } from '../stories/run';
import { stories } from '../stories';
import type { Stage } from '../stories/stage';
import type { Floor } from '../test/support/floor';
import { untilTrue } from '../test/support/until';
import { bundleOrders } from '../workers/worker';
import { actionsByType, actionsSince, countsOf, type Counts } from './counts';
import type { Figures } from './bench';

/**
 * What one order costs from its creation to its end, with its form: `seller-on-time` on the real clock, back-dated so that
 * nothing waits. The server has nothing else to do, so its own counter of actions, before and after, is the order's and its
 * form's; `manifest` has what the form's workflow took of it. Under `stories` stands every story as it is played.
 */
export async function cost(floor: Floor): Promise<Figures> {
  const own = await costOfOne(floor);
  const played: Record<string, Figures> = {};
  for (const { name } of stories) {
    floor.say(name);
    const before = await actionsByType();
    played[name] = await figuresOf(floor, await playStory(name, floor), before);
  }
  return { ...own, stories: played, bundleBytes: (await bundleOrders()).code.length };
}

type Actions = Awaited<ReturnType<typeof actionsByType>>;

/**
 * A story's first order, what its shop took in all, and each workflow beside its orders: the first of a kind by its kind, further
 * ones with their number behind it. Events of the clocks that were moved are counted apart.
 */
async function figuresOf(floor: Floor, { stage, orders }: Played, before: Actions): Promise<Figures> {
  const [first = ''] = orders;
  const after = await actionsByType();
  const neighbours: Record<string, Figures> = {};
  for (const id of await neighboursOf(stage, orders)) {
    neighbours[freeName(neighbours, id.split(':')[0] ?? id)] = await countsOf(floor.client, id);
  }
  return {
    ...(await countsOf(floor.client, orderWorkflowId(stage.shopId, first))),
    orders: orders.length,
    actionsOfShop: actionsSince(before, after).actions,
    neighbours,
  };
}

const freeName = (taken: object, kind: string): string => {
  const names = [kind, ...Array.from({ length: 99 }, (_, index) => `${kind}-${index + 2}`)];
  return names.find((name) => !(name in taken)) ?? kind;
};

/** What the orders themselves name: the manifests and the cases of their parcels, and the desk. All of them are there. */
async function neighboursOf(stage: Stage, orders: string[]): Promise<string[]> {
  const views = await Promise.all(orders.map((order) => stage.view(order)));
  return [...new Set(views.flatMap(({ neighbours }) => neighbours))];
}

async function costOfOne(floor: Floor): Promise<Figures> {
  const stage = await floor.stage();
  const before = await actionsByType();
  const order = sampleOrder({ createdAt: (await stage.now()) - 3 * HOUR_MS });
  const workflowId = orderWorkflowId(stage.shopId, order.id);
  const { ask, outside, effects } = handsOf(floor, stage, order.id);

  // The platform tells of the order, and of the end of its hold an hour later: two notices, as in life.
  await stage.control('PUT', `/orders/${order.id}`, order);
  await effects(1);
  await ask(`orders/${stage.shopId}/${order.id}/packed`);
  await effects(2);
  await stage.control('GET', '/quiet?wait=5000');
  const manifest = await manifestOf(stage, order.id);
  await ask(`manifests/${stage.shopId}/${manifest}/close`);
  await effects(3);
  await untilTrue('it is on the form', async () => (await statusOf(stage, order.id)) === 'formed');
  const scan = { scannedAt: new Date().toISOString(), proofs: [{ kind: 'stampedForm' }] };
  await ask(`manifests/${stage.shopId}/${manifest}/scanned`, scan);
  await untilTrue('it was scanned', async () => (await statusOf(stage, order.id)) === 'scanned');
  await outside('carrier', { status: 'in_transit' });
  await outside('carrier', { status: 'delivered' });
  await outside('status', { status: 'COMPLETED' });
  await untilTrue('the order is over', async () => (await lookAt(floor.client, workflowId)).isClosed);
  // It looks once more, two hours after the scan, for parcels of which nothing is heard: by the real clock nobody waits for that.
  await untilTrue('the form is at rest', async () => (await lookAt(floor.client, manifest)).isQuiet);

  const kinds = (await stage.ledger()).map(({ kind }) => kind);
  const [ofOrder, ofManifest] = [await countsOf(floor.client, workflowId), await countsOf(floor.client, manifest)];
  const counted = await countedActions(before, [ofOrder, ofManifest]);
  return { ...ofOrder, effects: kinds, manifest: ofManifest, ...counted };
}

/** The bench asks the order how it stands, and nobody else does; heartbeats leave nothing in a history. */
const IN_NO_HISTORY = ['grpc_QueryWorkflow', 'grpc_RecordActivityTaskHeartbeat'];
/** The server reports its counters every few seconds. */
const READINGS = 60;

/** The histories' own count of actions, against the server's: what is left over must be nothing. */
async function countedActions(before: Actions, own: Counts[]): Promise<Figures> {
  const inHistories = own.reduce((sum, { actions }) => sum + actions, 0);
  let figures: Figures & { actionsUnexplained: number } = { actionsUnexplained: NaN };
  for (let reading = 0; reading < READINGS && figures.actionsUnexplained !== 0; reading++) {
    const counted = actionsSince(before, await actionsByType());
    const inNone = IN_NO_HISTORY.reduce((sum, type) => sum + (counted.actionsByType[type] ?? 0), 0);
    figures = { serverCounted: counted, actionsUnexplained: counted.actions - inNone - inHistories };
    await pause(READING_EVERY_MS);
  }
  return figures;
}

const READING_EVERY_MS = 250;

type Hands = {
  /** A person's order through the API. */
  ask: (path: string, body?: unknown) => Promise<void>;
  /** What the platform or the carrier does. */
  outside: (path: string, body: unknown) => Promise<void>;
  /** Waits for so many lines of the ledger. */
  effects: (count: number) => Promise<void>;
};

/** Each lets the order come to rest, so that every message is a turn of its own, as in life. */
function handsOf(floor: Floor, stage: Stage, orderId: string): Hands {
  const rest = (): Promise<void> => untilRest(floor, orderWorkflowId(stage.shopId, orderId));
  return {
    ask: async (path, body = {}) => {
      await call('POST', `${floor.apiUrl}/v1/${path}`, body);
      await rest();
    },
    outside: async (path, body) => {
      await stage.control('POST', `/orders/${orderId}/${path}`, body);
      await stage.control('GET', '/quiet?wait=5000');
      await rest();
    },
    effects: async (count) => {
      await untilTrue(`${count} effects`, async () => (await stage.ledger()).length === count);
      await rest();
    },
  };
}

const manifestOf = async (stage: Stage, orderId: string): Promise<string> =>
  (await stage.view(orderId)).packages['1']?.manifest.id ?? '';

const statusOf = async (stage: Stage, orderId: string): Promise<string | undefined> =>
  (await stage.view(orderId)).packages['1']?.manifest.status;

async function untilRest({ client }: Floor, workflowId: string): Promise<void> {
  await untilTrue('the order rests', async () => (await lookAt(client, workflowId)).isQuiet);
}
