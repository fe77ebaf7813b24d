import { timeLeft } from '../words/api';
import { cliWords } from '../words/cli';
import { minuteOf, secondOf } from './instant';
import type { Deadline, OrderAnswer, Parcel } from './order-answer';
import { sayMovedClocks } from './shop-clock';
import type { ShopClocks } from './shop-clock';
import { section, tableLines } from './table';

/** One order as a page: what is next and what to do first, then its deadlines, its parcels and its story. */
export function orderPageLines(order: OrderAnswer, clocks: ShopClocks, realNow: number): string[] {
  const isOver = order.outcome !== null;
  return [
    cliWords.orderTitle(order.orderId, order.shopId, order.phase),
    ...whereItStands(order, clocks.get(order.shopId) ?? realNow),
    ...sayMovedClocks(clocks, realNow),
    ...howItLeaves(order),
    ...section(cliWords.toDo, order.toDo.length > 0 ? order.toDo : [cliWords.nothingToDo]),
    ...tableSection(cliWords.deadlines, cliWords.deadlineColumns, deadlineRows(order.agenda, isOver)),
    ...tableSection(cliWords.parcels, cliWords.parcelColumns, Object.entries(order.packages).map(parcelRow)),
    ...section(
      cliWords.happened,
      order.timeline.map(({ at, sentence }) => `${secondOf(at)}  ${sentence}`),
    ),
    '',
    cliWords.inTemporal(order.links.temporal),
  ];
}

function whereItStands({ outcome, heldBy, agenda }: OrderAnswer, now: number): string[] {
  if (outcome !== null) return [cliWords.outcome(outcome)];
  const unmet = agenda.filter(({ metAt }) => metAt === null);
  const next = unmet.sort((one, other) => dueAt(one) - dueAt(other))[0];
  return [...(heldBy === null ? [] : [cliWords.heldBy(heldBy)]), nextLine(next, now)];
}

/** When it should leave by the cut-off, and what people planned. */
function howItLeaves({ shipOn, handover, outcome }: OrderAnswer): string[] {
  if (outcome !== null) return [];
  const planned = [handover?.method, handover?.at && cliWords.utc(minuteOf(handover.at))].filter(Boolean).join(', ');
  return [
    ...(shipOn === null ? [] : [cliWords.shouldLeave(shipOn)]),
    ...(planned === '' ? [] : [cliWords.plannedHandover(planned)]),
  ];
}

function nextLine(next: Deadline | undefined, now: number): string {
  if (next === undefined) return cliWords.noDeadline;
  if (next.met === false) return cliWords.overdue(next.name, whenOf(next));
  return cliWords.nextDeadline(next.name, whenOf(next), timeLeft(dueAt(next) - now));
}

/** Where the platform names an instant, that is what is due; ours is only what the rules come to. */
const dueAt = ({ at, platformAt }: Deadline): number => Date.parse(platformAt ?? at);

function whenOf({ at, platformAt, local, provisional }: Deadline): string {
  const isOurs = platformAt === null || platformAt === at;
  const when = isOurs ? local : cliWords.utc(minuteOf(platformAt));
  return provisional ? cliWords.provisional(when) : when;
}

const deadlineRows = (agenda: readonly Deadline[], isOver: boolean): string[][] =>
  agenda.map((deadline) => [
    deadline.name,
    whenOf(deadline),
    stateOf(deadline, isOver),
    minuteOf(deadline.workBy),
    deadline.rule,
  ]);

function stateOf({ met, metAt }: Deadline, isOver: boolean): string {
  const { deadlineStates: states } = cliWords;
  if (met === null) return isOver ? states.moot : states.open;
  if (met) return states.met;
  return metAt === null ? states.missed : states.late;
}

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

const tableSection = (heading: string, head: readonly string[], rows: readonly string[][]): string[] =>
  rows.length === 0 ? [] : section(heading, tableLines(head, rows));
