import type { Phase } from '../domain/order/phase';
import { timeLeft } from '../words/api';
import { cliWords } from '../words/cli';
import { minuteOf, secondOf } from './instant';
import type { OrderAnswer, Parcel } from './order-answer';
import { deadlineLines, nextLines } from './order-deadlines';
import { sayMovedClocks } from './shop-clock';
import type { ShopClocks } from './shop-clock';
import { section, tableLines } from './table';

/** One order as a page: what is next and what to do first, then its deadlines, its parcels and its story. */
export function orderPageLines(order: OrderAnswer, clocks: ShopClocks, realNow: number): string[] {
  return [
    cliWords.orderTitle(order.orderId, order.shopId, order.phase),
    ...(order.createdAt === null ? [] : [cliWords.ordered(minuteOf(order.createdAt))]),
    ...whereItStands(order, clocks.get(order.shopId) ?? realNow),
    ...sayMovedClocks(clocks, realNow),
    ...howItLeaves(order),
    ...section(cliWords.toDo, order.toDo.length > 0 ? order.toDo : [cliWords.nothingToDo]),
    ...sectionOf(cliWords.deadlines, order.agenda, (agenda) => deadlineLines(agenda, order.outcome !== null)),
    ...sectionOf(cliWords.parcels, Object.entries(order.packages), parcelLines),
    ...section(
      cliWords.happened,
      order.timeline.map(({ at, sentence }) => `${secondOf(at)}  ${sentence}`),
    ),
    '',
    cliWords.inTemporal(order.links.temporal),
  ];
}

function whereItStands({ outcome, heldBy, holdEndsAt, agenda }: OrderAnswer, now: number): string[] {
  if (outcome !== null) return [cliWords.outcome(outcome)];
  return [
    ...(heldBy === null ? [] : [cliWords.heldBy(heldBy)]),
    ...(holdEndsAt === null ? nextLines(agenda, now) : buyersHoldLines(holdEndsAt, now)),
  ];
}

/** The end of the buyer's hold comes before every deadline: it is what the list calls next, too. */
function buyersHoldLines(holdEndsAt: string, now: number): string[] {
  const [until, leftMs] = [minuteOf(holdEndsAt), Date.parse(holdEndsAt) - now];
  return [leftMs < 0 ? cliWords.holdIsOver(until) : cliWords.mayCancelUntil(until, timeLeft(leftMs))];
}

/** Once it has left, nobody asks when it should. */
const BEFORE_IT_LEAVES: readonly string[] = ['onHold', 'toPack', 'awaitingHandover'] satisfies Phase[];

/** When it should leave by the cut-off, and what people planned. */
function howItLeaves({ shipOn, handover, outcome, phase }: OrderAnswer): string[] {
  if (outcome !== null || !BEFORE_IT_LEAVES.includes(phase)) return [];
  const planned = [handover?.method, handover?.at && cliWords.utc(minuteOf(handover.at))].filter(Boolean).join(', ');
  return [
    ...(shipOn === null ? [] : [cliWords.shouldLeave(shipOn)]),
    ...(planned === '' ? [] : [cliWords.plannedHandover(planned)]),
  ];
}

const parcelLines = (parcels: readonly [string, Parcel][]): string[] =>
  tableLines(cliWords.parcelColumns, parcels.map(parcelRow));

function parcelRow([name, { label, upload, tracking, manifest, appeal }]: [string, Parcel]): string[] {
  const { nothing } = cliWords;
  const number = [label.carrier, label.trackingNumber].filter((part) => part !== undefined).join(' ');
  return [
    name,
    withReason(label),
    number === '' ? nothing : number,
    withReason(upload),
    formOf(manifest),
    tracking.meaning === 'none' ? nothing : tracking.meaning,
    appeal === undefined ? nothing : [appeal.status, appeal.caseNumber].filter(Boolean).join(' '),
  ];
}

const formOf = ({ status, date }: Parcel['manifest']): string =>
  status === 'none' ? cliWords.nothing : cliWords.form(status, date);

const withReason = ({ status, reason }: { status: string; reason?: string | undefined }): string => {
  if (status === 'none') return cliWords.nothing;
  return reason === undefined ? status : `${status} (${reason})`;
};

/** A section that is left out where there is nothing to tell. */
const sectionOf = <Told>(
  heading: string,
  told: readonly Told[],
  linesOf: (told: readonly Told[]) => string[],
): string[] => (told.length === 0 ? [] : section(heading, linesOf(told)));
