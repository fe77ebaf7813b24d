import type { OrderView } from '../domain/order/view';
import { storyWords } from '../words/stories';
import type { AlertView } from '../workflows/messages-alerts';
import { nextMonday } from './calendar';
import { stories } from './index';
import { openStage, type LedgerLine, type Stage, type StageConnection } from './stage';
import type { Story } from './story';

/** What became of a story, told by the orders themselves and judged by the sandbox's ledger. */
export type StoryReport = {
  story: string;
  shop: string;
  /** Of the order that the story is about. */
  outcome: string;
  /** What became of its appeal; `none` where no case was opened. */
  appeal: string;
  filings: number;
  phases: { phase: string; at: string }[];
  orders: { order: string; outcome: string | null; shipOn: string | null }[];
  /** `met` is null for a deadline that an end made moot. */
  deadlines: {
    name: string;
    at: string;
    platformAt: string | null;
    severity: string;
    met: boolean | null;
    order: string;
  }[];
  alerts: Pick<AlertView, 'key' | 'orderId' | 'about' | 'tierMs' | 'raisedAt' | 'kind'>[];
  effects: Pick<LedgerLine, 'kind' | 'at' | 'ref' | 'order' | 'provider'>[];
};

/** A story by its name. @throws if there is none. */
function storyOf(name: string): Story {
  const story = stories.find((candidate) => candidate.name === name);
  if (story !== undefined) return story;
  const known = stories.map((one) => one.name);
  throw new Error(storyWords.unknown(name, known));
}

/** A story that was played: what it was played on, its orders, and what became of it. */
export type Played = { stage: Stage; orders: string[]; report: StoryReport };

/**
 * Plays one story on a running product, in a shop of its own.
 * @param prepare What is done to the shop before the first order.
 * @throws if the product or the sandbox refuses a step, or the first order does not come to its end.
 */
export async function playStory(
  name: string,
  connection: StageConnection,
  prepare?: (stage: Stage) => Promise<unknown>,
): Promise<Played> {
  const story = storyOf(name);
  const stage = await openStage(connection, {
    beginsAt: (story.beginsAt ?? nextMonday)(Date.now()),
    ...(story.platformCancels === undefined ? {} : { platformCancels: story.platformCancels }),
    ...(story.carriers === undefined ? {} : { carriers: story.carriers }),
    ...(story.settings === undefined ? {} : { settings: story.settings }),
  });
  await prepare?.(stage);
  connection.say(storyWords.begins(name, stage.shopId));
  const orders = await story.play(stage);
  return { stage, orders, report: await reportOf(story, stage, orders) };
}

/** Of an order that has not come to an end. */
const STAYS_OPEN = 'open';

/** What the orders, the ledger and the desk say of a story that was played. */
async function reportOf({ name, staysOpen }: Story, stage: Stage, orders: string[]): Promise<StoryReport> {
  const views = await Promise.all(orders.map((order) => stage.view(order)));
  const [first] = views;
  const outcome = first?.outcome ?? (staysOpen === true ? STAYS_OPEN : null);
  if (first === undefined || outcome === null) throw notOver(name, orders, first);
  const ledger = await stage.ledger();
  const appeal = await stage.appeal(first.orderId);
  return {
    story: name,
    shop: stage.shopId,
    outcome,
    appeal: appeal?.status ?? 'none',
    filings: appeal?.filings.length ?? 0,
    phases: first.phases,
    orders: views.map(({ orderId, outcome, shipOn }) => ({ order: orderId, outcome, shipOn })),
    deadlines: views.flatMap(deadlinesOf),
    alerts: (await stage.alerts()).map(alertOf),
    effects: ledger.map(({ kind, at, ref, order, provider }) => ({
      ...{ kind, at, ref, order },
      ...(provider === undefined ? {} : { provider }),
    })),
  };
}

const alertOf = ({ key, orderId, about, tierMs, raisedAt, kind }: AlertView): StoryReport['alerts'][number] => ({
  ...{ key, orderId, about, tierMs },
  ...{ raisedAt, kind },
});

const notOver = (name: string, [first = '']: string[], view: OrderView | undefined): Error =>
  new Error(storyWords.notOver(name, first, view?.phase ?? 'unknown'));

const deadlinesOf = ({ orderId, agenda }: OrderView): StoryReport['deadlines'] =>
  agenda.map(({ name, at, platformAt, severity, met }) => ({ name, at, platformAt, severity, met, order: orderId }));
