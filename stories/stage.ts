import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { localDocuments } from '../adapters/document-store/local';
import { shopKey } from '../contracts/shop';
import type { ProofKind } from '../domain/manifest/manifest';
import type { DeadlineName } from '../domain/order/facts';
import type { OrderView } from '../domain/order/view';
import { moveShop } from '../engine/move-shop';
import { openSandboxShop } from '../engine/sandbox-shop';
import { sandboxClock } from '../engine/sandbox-clock';
import type { Answers } from '../engine/shop-workflows';
import { storyWords } from '../words/stories';
import { orderWorkflowId } from '../workflows/messages';
import type { AlertView } from '../workflows/messages-alerts';
import type { AppealView } from '../workflows/messages-appeal';
import { appealsOf } from './stage-appeals';
import { formsOf } from './stage-forms';
import { sweepWorkflowId } from '../workflows/messages-sweep';
import { call } from './call';
import { newId, type SampleOrder } from './sample-order';
import type { Story } from './story';

/** A running product that a story is played on. */
export type StageConnection = {
  apiUrl: string;
  sandboxUrl: string;
  documentsDir: string;
  client: Client;
  say: (line: string) => void;
};

/** One line of the sandbox's ledger: a side effect that our side really had. */
export type LedgerLine = {
  kind: string;
  at: string;
  ref: string;
  order: string | null;
  shop: string;
  provider?: string;
};

/** People's orders, by the last part of their path. */
type Verb =
  | 'packed'
  | 'choose-label'
  | 'undo-packed'
  | 'handed-over'
  | 'reschedule'
  | 'split'
  | 'hold'
  | 'release'
  | 'cancel'
  | 'reject-cancel';

/** A shop of its own with a clock of its own, and what a story does in it. */
export type Stage = {
  shopId: string;
  now: () => Promise<number>;
  place: (...orders: SampleOrder[]) => Promise<void>;
  /** A person's order through the API. */
  person: (orderId: string, verb: Verb, body?: unknown) => Promise<void>;
  /** What the platform, the buyer or the carrier does, through the sandbox's control side. */
  control: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;
  /** Waits until nothing goes on in the shop. */
  settle: () => Promise<void>;
  /** Moves every clock of the shop forward. */
  advance: (ms: number) => Promise<void>;
  advanceTo: (at: number) => Promise<void>;
  /** When a deadline of an order is due, as it is known now. */
  dueAt: (orderId: string, name: DeadlineName) => Promise<number>;
  /** Closes the form of the manifest that an order's parcel joined, as a person would at the end of the day. */
  closeForm: (orderId: string) => Promise<void>;
  /** Reports that the form was scanned just now; without a wish the stamped form and a receipt are brought back. */
  reportScan: (orderId: string, brought?: Brought) => Promise<void>;
  /** The clerk scans the barcode of the form that an order's parcel is on: every piece on it is told as accepted. */
  clerkScans: (orderId: string) => Promise<void>;
  /** Makes the form of an order's manifest in Seller Center, as a person does, and types its number. */
  makeFormByHand: (orderId: string) => Promise<void>;
  appeal: (orderId: string) => Promise<AppealView | undefined>;
  appealAgain: (orderId: string, note: string) => Promise<void>;
  /** Says that the appeal was filed in Seller Center, and under which number. */
  recordFiling: (orderId: string, caseNumber: string) => Promise<void>;
  /** Says what Seller Center shows as decided, and what came back. */
  recordDecision: (orderId: string, decision: Decision) => Promise<void>;
  /** Has the platform decide the newest appeal of an order. */
  decide: (orderId: string, outcome: 'won' | 'lost') => Promise<void>;
  /** Has the platform asked at once what has changed, and from then on by the shop's hours. */
  sweepNow: () => Promise<void>;
  /** How the shop stands with the platform. */
  connection: () => Promise<string>;
  /** Waits for what goes by the real clock. */
  until: (isSo: () => Promise<boolean>) => Promise<void>;
  alerts: () => Promise<AlertView[]>;
  view: (orderId: string) => Promise<OrderView>;
  ledger: () => Promise<LedgerLine[]>;
};

/** What a person brings back from the counter; each kind with a file unless it is only claimed. It was scanned just now if no time is said. */
export type Brought = { files?: ProofKind[]; claims?: ProofKind[]; scannedAt?: number };

type Decision = { outcome: 'won' | 'lost'; recovered?: { cents?: number; points?: number; orders?: number } };

/** How a shop is opened for a story. */
export type StageWish = { beginsAt?: number; platformCancels?: boolean; settings?: Story['settings'] } & Pick<
  Story,
  'carriers'
>;

/** Opens a new shop in the sandbox, so that no story meets another's orders or time. */
export async function openStage(connection: StageConnection, wish: StageWish = {}): Promise<Stage> {
  const { apiUrl, sandboxUrl, documentsDir } = connection;
  const shopId = newId();
  await openSandboxShop({
    ...{ sandboxUrl, apiUrl, documentsDir, shopId },
    ...(wish.beginsAt === undefined ? {} : { now: wish.beginsAt }),
    ...(wish.carriers === undefined ? {} : { carriers: wish.carriers }),
    ...(wish.platformCancels === undefined ? {} : { autoCancel: wish.platformCancels }),
  });
  if (wish.settings !== undefined) await configure(documentsDir, shopId, wish.settings);
  const time = timeOf(connection, shopId);
  const control: Stage['control'] = (method, path, body) =>
    call(method, `${sandboxUrl}/control/shops/${shopId}${path}`, body);
  const order = (orderId: string): string => `${apiUrl}/v1/orders/${shopId}/${orderId}`;
  const view = (orderId: string): Promise<OrderView> => call<OrderView>('GET', order(orderId));
  const account = accountOf({ apiUrl, shopId, settle: time.settle, known: time.known });
  // A shop whose first reading failed rests too: until the next attempt the order knows nothing, and takes no orders.
  const read = (orderId: string): Promise<void> =>
    account.until(async () => {
      const { platformStatus, outcome } = await view(orderId);
      return platformStatus !== null || outcome !== null;
    });
  return {
    shopId,
    ...time,
    control,
    view,
    place: async (...samples) => {
      time.known.push(...samples.map(({ id }) => orderWorkflowId(shopId, id)));
      for (const sample of samples) await call('POST', `${apiUrl}/v1/orders?shop=${shopId}`, sample);
      await time.settle();
    },
    person: async (orderId, verb, body = {}) => {
      await read(orderId);
      await call('POST', `${order(orderId)}/${verb}`, body);
      await time.settle();
    },
    dueAt: async (orderId, name) => {
      await read(orderId);
      const deadline = (await view(orderId)).agenda.find((entry) => entry.name === name);
      if (deadline === undefined) throw new Error(storyWords.noDeadline(orderId, name));
      return Date.parse(deadline.platformAt ?? deadline.at);
    },
    ...account,
    ...formsOf({ apiUrl, shopId, view, control, settle: time.settle, now: time.now }),
    ...appealsOf({ apiUrl, shopId, view, control, settle: time.settle }),
    alerts: async () => (await call<{ data: AlertView[] }>('GET', `${apiUrl}/v1/alerts?shop=${shopId}&state=all`)).data,
    ledger: async () => ((await control('GET', '/ledger')) as { data: LedgerLine[] }).data,
  };
}

async function configure(documentsDir: string, shopId: string, settings: object): Promise<void> {
  const documents = localDocuments(documentsDir);
  const written: unknown = JSON.parse((await documents.get(shopKey(shopId))) ?? '{}');
  await documents.put(shopKey(shopId), JSON.stringify({ ...(written as object), ...settings }));
}

type Account = { apiUrl: string; shopId: string; settle: () => Promise<void>; known: string[] };

const LOOK_AGAIN_MS = 50;
const MOST_LOOKS = 600;

function accountOf({ apiUrl, shopId, settle, known }: Account): Pick<Stage, 'sweepNow' | 'connection' | 'until'> {
  return {
    sweepNow: async () => {
      await call('POST', `${apiUrl}/v1/shops/${shopId}/sweep`, {});
      known.push(sweepWorkflowId(shopId));
      await settle();
    },
    connection: async () => (await call<{ connection: string }>('GET', `${apiUrl}/v1/shops/${shopId}`)).connection,
    until: async (isSo) => {
      for (let looks = 0; !(await isSo()); looks += 1) {
        if (looks > MOST_LOOKS) throw new Error(storyWords.neverSo);
        await pause(LOOK_AGAIN_MS);
      }
    },
  };
}

type Time = Pick<Stage, 'now' | 'settle' | 'advance' | 'advanceTo'> & { known: string[] };

function timeOf({ client, sandboxUrl }: StageConnection, shopId: string): Time {
  const clock = sandboxClock(sandboxUrl, shopId);
  const now = async (): Promise<number> => (await clock.read()).now;
  const known: string[] = [];
  const answers: Answers = new Map();
  const advanceTo = async (to: number): Promise<void> => {
    await moveShop({ client, sandboxUrl, shopId, to, known, answers });
  };
  return {
    known,
    now,
    advanceTo,
    settle: async () => advanceTo(await now()),
    advance: async (ms) => advanceTo((await now()) + ms),
  };
}
