import type { OrderView } from '../domain/order/view';
import { storyWords } from '../words/stories';
import { stories } from './index';
import { openStage, type LedgerLine, type Stage, type StageConnection } from './stage';

/** What became of a story, told by the orders themselves and judged by the sandbox's ledger. */
export type StoryReport = {
  story: string;
  shop: string;
  outcome: string;
  appeal: 'none';
  phases: { phase: string; at: string }[];
  /** `met` is null for a deadline that an end made moot. */
  deadlines: { name: string; at: string; met: boolean | null; order: string }[];
  effects: Pick<LedgerLine, 'kind' | 'at' | 'ref' | 'order'>[];
};

/**
 * Plays one story on a running product, in a shop of its own.
 * @throws if the product or the sandbox refuses a step, or the first order does not come to its end.
 */
export async function runStory(name: string, connection: StageConnection): Promise<StoryReport> {
  const story = stories.find((candidate) => candidate.name === name);
  if (story === undefined)
    throw new Error(
      storyWords.unknown(
        name,
        stories.map((known) => known.name),
      ),
    );
  const stage = await openStage(connection);
  connection.say(storyWords.begins(name, stage.shopId));
  const orders = await story.play(stage);
  return reportOf(name, stage, orders);
}

async function reportOf(story: string, stage: Stage, orders: string[]): Promise<StoryReport> {
  const views = await Promise.all(orders.map((order) => stage.view(order)));
  const [first] = views;
  if (first?.outcome == null) throw new Error(storyWords.notOver(story, orders[0] ?? '', first?.phase ?? 'unknown'));
  const ledger = await stage.ledger();
  return {
    story,
    shop: stage.shopId,
    outcome: first.outcome,
    appeal: 'none',
    phases: first.phases,
    deadlines: views.flatMap(deadlinesOf),
    effects: ledger.map(({ kind, at, ref, order }) => ({ kind, at, ref, order })),
  };
}

const deadlinesOf = ({ orderId, agenda }: OrderView): StoryReport['deadlines'] =>
  agenda.map(({ name, at, met }) => ({ name, at, met, order: orderId }));
