import { sampleOrder } from '../../stories/sample-order';
import type { Stage } from '../../stories/stage';
import { orderWorkflowId } from '../../workflows/messages';
import type { Floor } from '../support/floor';
import { buyer, personalIn, type Buyer } from './canaries';
import { PATHS, type Hunt } from './canary-paths';
import { must, type Check } from './check';
import { tracesInPages, tracesInTemporal, tracesOfAll, type Trace } from './traces';

const ORDERS = { sample: 8, all: 50 } as const;

/** A buyer's name, street and phone go to the carrier and nowhere else: not even when everything fails. */
export const canary: Check = async (floor, size) => {
  mustFindWhatIsThere();
  let [orders, characters] = [0, 0];
  const names = Object.keys(PATHS);
  const search = (traces: Trace[], orderIds: string[]): void => {
    characters += searched(traces, orderIds);
  };
  let buyers = 0;
  for (let round = 0; orders < ORDERS[size]; round += 1) {
    const name = names[round % names.length] ?? '';
    floor.say(`${name}, ${orders} orders so far`);
    orders += await hunted(floor, { name, next: () => buyer((buyers += 1)), search });
  }
  const traces = await tracesOfAll(floor);
  mustHaveBeenFilled(traces);
  characters += searched(traces, []);
  return { orders, buyers, paths: Math.min(names.length, orders), charactersSearched: characters, hits: 0 };
};

type Path = { name: string; next: () => Buyer; search: (traces: Trace[], orderIds: string[]) => void };

/** Sends orders of made-up people on one way, and searches what is left of them. @returns how many orders there were. */
async function hunted(floor: Floor, { name, next, search }: Path): Promise<number> {
  const stage = await floor.stage();
  const ids: string[] = [];
  const look = async (): Promise<void> => {
    const known = ids.map((id) => orderWorkflowId(stage.shopId, id));
    search(await tracesInTemporal(floor, stage, known), ids);
    search(await tracesInPages(floor, stage, ids), ids);
  };
  const hunt: Hunt = {
    stage,
    next,
    look,
    place: async (more = {}) => {
      const of = next();
      const order = sampleOrder({ createdAt: await stage.now(), ...of.fields, ...more });
      await place(stage, order, ids);
      return { id: order.id, of };
    },
  };
  await PATHS[name]?.(hunt);
  await look();
  return ids.length;
}

async function place(stage: Stage, order: ReturnType<typeof sampleOrder>, ids: string[]): Promise<void> {
  await stage.place(order);
  ids.push(order.id);
}

/** @returns how many characters were searched. */
function searched(traces: Trace[], orderIds: string[]): number {
  const hits = traces.flatMap(({ where, text }) => personalIn(text).map((found) => `${found} in ${where}`));
  must('what is personal', [...new Set(hits)], []);
  // A search that reads nothing finds nothing: what must be there is found.
  const missing = orderIds.filter((id) => !traces.some(({ text }) => text.includes(id)));
  must('orders that the search did not come across', missing, []);
  return traces.reduce((sum, { text }) => sum + text.length, 0);
}

/** What is empty is searched in vain: there are sealed documents, counted calls and log lines about orders. */
function mustHaveBeenFilled(traces: Trace[]): void {
  const expected: [where: RegExp, what: RegExp][] = [
    [/^\/warnings\//, /"sealed":"/],
    [/\.pdf$/, /%PDF/],
    [/^logs$/, /\/v1\/orders\/\d+\/\d+/],
    [/^metrics of the API$/, /shipclock_webhooks_total\{/],
    [/^metrics of the worker$/, /shipclock_platform_calls_total\{/],
  ];
  const empty = expected.filter(([at, what]) => !traces.some(({ where, text }) => at.test(where) && what.test(text)));
  must('places in which there was nothing to search', empty.map(String), []);
}

/** The search itself, tried on what it must find. */
function mustFindWhatIsThere(): void {
  const { recipient, phone, street, fields } = buyer(0);
  const digits = phone.replace(/\D/g, '').slice(1);
  const texts = [
    ...[recipient, fields, street, phone, digits].map((one) => JSON.stringify(one)),
    ...['', 'x', 'xx'].map((before) => Buffer.from(`${before}${String(recipient['name'])}`).toString('base64')),
    JSON.stringify(recipient).toUpperCase(),
  ];
  must(
    'texts in which the search finds nothing',
    texts.filter((text) => personalIn(text).length === 0),
    [],
  );
}
