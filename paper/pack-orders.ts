import { packMinute, packWords, type PackParty } from '../words/pack';
import { gap, heading, heightOf, line, need, nextPage, row, ROOM, write, type Sheet } from './pack-sheet';

/** One parcel of an order, as the evidence has it. Instants are ISO 8601. */
export type PaperOrder = {
  orderId: string;
  package: string;
  trackingNumber: string | null;
  limit: { deadline: string; at: string } | null;
  silentHours: number | null;
  form: string | null;
  policy: { set: string; version: string } | null;
  deadlines: readonly PaperDeadline[];
  label: { carrier: string; service: string | null; account: string | null; boughtAt: string | null } | null;
  eventsFrom: string;
  events: readonly { at: string; meaning: string; code: string | null }[];
  platform: { status: string; statusAt: string; cancelledBy: string | null } | null;
  responsibility: PackParty;
};

type PaperDeadline = {
  name: string;
  dueAt: string;
  platformAt: string | null;
  rule: string | null;
  met: boolean | null;
  metAt: string | null;
};

const COLUMNS = [
  { x: 0, width: 104 },
  { x: 108, width: 134 },
  { x: 246, width: 118 },
  { x: 368, width: 94 },
  { x: 466, width: 38 },
] as const;

/** A parcel's events are cut at this many: the first and the last say what happened. */
const MOST_EVENTS = 20;

const cellsOf = (texts: readonly string[]) => COLUMNS.map((column, index) => ({ ...column, text: texts[index] ?? '' }));

/** All parcels of the case, a line each; the head stands on every page. */
export function orderTable(sheet: Sheet, orders: readonly PaperOrder[]): void {
  heading(sheet, packWords.orders);
  tableHead(sheet);
  for (const order of orders) {
    if (sheet.y < ROOM.height / 10) {
      nextPage(sheet);
      tableHead(sheet);
    }
    const { orderId, package: parcel, trackingNumber, limit, silentHours } = order;
    row(
      sheet,
      cellsOf([
        parcel === '1' ? orderId : `${orderId} (${parcel})`,
        trackingNumber ?? '-',
        limit === null ? '-' : packWords.limit(limit.deadline),
        limit === null ? '-' : packMinute(limit.at).replace(' UTC', ''),
        packWords.silent(silentHours),
      ]),
    );
  }
}

function tableHead(sheet: Sheet): void {
  row(sheet, cellsOf(packWords.table), { isBold: true });
  line(sheet);
}

/** Each order by itself: what was due, what was bought, what the carrier said. One that fits on a page is not broken. */
export function orderDetails(sheet: Sheet, orders: readonly PaperOrder[]): void {
  // A head does not stand alone at the foot of a page.
  need(sheet, ROOM.height / 3);
  heading(sheet, packWords.detail);
  // Who is responsible is on the cover; here it stands where it is not the same for all.
  const isMixed = new Set(orders.map(({ responsibility }) => responsibility.reason)).size > 1;
  for (const order of orders) {
    const lines = linesOf(order, isMixed);
    const height = lines.reduce((sum, { text, indent }) => sum + heightOf(sheet, text, { size: 9, indent }), 0);
    need(sheet, height + 34);
    gap(sheet, 8);
    write(sheet, packWords.order(order.orderId, order.package), { size: 10.5, isBold: true });
    for (const { text, indent } of lines) write(sheet, text, { size: 9, indent });
  }
}

type Line = { text: string; indent: number };
const at = (indent: number, text: string): Line => ({ text, indent });

function linesOf(order: PaperOrder, isMixed: boolean): Line[] {
  const { deadlines, responsibility, limit } = order;
  return [
    at(0, packWords.tracking(order.trackingNumber, order.form)),
    at(0, packWords.label(order.label)),
    at(0, packWords.policy(order.policy)),
    ...deadlines.map((deadline) => at(12, packWords.deadline(deadline))),
    ...(limit === null ? [] : [at(0, packWords.broken(limit.deadline, limit.at))]),
    at(0, packWords.platform(order.platform)),
    at(0, packWords.events(order.eventsFrom)),
    ...eventLines(order),
    ...(isMixed ? [at(0, `${packWords.heads.party}: ${packWords.party(responsibility)}`)] : []),
  ];
}

function eventLines({ events, eventsFrom }: PaperOrder): Line[] {
  if (events.length === 0) return eventsFrom === 'nowhere' ? [] : [at(12, packWords.noEvents)];
  const half = MOST_EVENTS / 2;
  const lineOf = (event: PaperOrder['events'][number]): Line => at(12, packWords.event(event));
  if (events.length <= MOST_EVENTS) return events.map(lineOf);
  const left = at(12, packWords.more(events.length - MOST_EVENTS));
  return [...events.slice(0, half).map(lineOf), left, ...events.slice(-half).map(lineOf)];
}
