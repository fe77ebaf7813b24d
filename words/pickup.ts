/** To the minute in UTC: a workflow has no time-zone data. */
const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

type Place = { account: string; shipFrom: string; date: string };

const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
const counted = (parcels: number): string => (parcels === 1 ? '1 parcel' : `${parcels} parcels`);

/** What Temporal's lists and timelines show of a pickup. */
export const pickupSummaries = {
  pickup: ({ account, date }: Place): string => `Pickup by the carrier of ${account} on ${date}`,
  book: 'Call the carrier to collect',
  change: 'Change the pickup',
  cancel: 'Cancel the pickup',
  tellDesk: 'Tell the alert desk',
  wait: 'The end of the day',
};

/** What a status means. */
const STATUSES: Record<string, string> = {
  none: 'nothing is booked',
  booking: 'the carrier is being called',
  booked: 'the carrier comes',
  changing: 'the booking is being changed',
  cancelling: 'the booking is being cancelled',
  cancelled: 'the booking is cancelled',
  refused: 'the carrier does not come',
  unclear: 'nobody knows whether the carrier comes; look it up there by the reference, then book or cancel it again',
};

const statusWords = (status: string): string => STATUSES[status] ?? status;

type Confirmed = {
  confirmation: string;
  parcels: number;
  window: { from: number; until: number };
  priceCents?: number;
};

/** One pickup, as the Temporal UI shows it. */
export const pickupPage = {
  title: ({ account, shipFrom, date }: Place): string => `### Pickup at ${shipFrom} on ${date}, ${account}`,
  status: (status: string): string => `Now: ${statusWords(status)}.`,
  confirmed: ({ confirmation, parcels, window, priceCents }: Confirmed): string =>
    `Confirmation ${confirmation}: ${counted(parcels)}, between ${minuteOf(window.from)} and ${minuteOf(window.until)}` +
    `${priceCents === undefined ? '' : `, for ${dollars(priceCents)}`}.`,
  reason: (reason: string): string => `What was ordered last was not done: ${reason}.`,
  unreadable: (count: number): string =>
    `${count === 1 ? 'One message was' : `${count} messages were`} not understood and changed nothing; see who sent them.`,
  cancelAsked:
    'Somebody asked Temporal to cancel this workflow, which cancels no pickup; cancel the pickup itself if that is meant.',
};

const CLOSED = {
  holiday: 'a federal holiday',
  closure: 'a day on which the ship-from is closed',
  noWorkday: 'no working day of the ship-from',
} as const;

/** Why a person's order is refused. */
export const pickupRefusals = {
  underWay: (status: string): string => `Something is under way already (${status}); wait until that is through.`,
  nothingBooked: (date: string): string => `Nothing is booked for ${date}; book a pickup first.`,
  booked: (confirmation: string): string =>
    `It is booked already, confirmation ${confirmation}; change or cancel that booking.`,
  past: (date: string): string => `The time to collect on ${date} has passed; choose a later window or another day.`,
  tooOften: (most: number): string => `It was booked and changed ${most} times; call the carrier.`,
  unknownOrder: (name: string): string => `A pickup knows no order ${name.slice(0, 64)}.`,
  malformed: (field: string): string => `The message was not understood: ${field} is missing or has the wrong type.`,
  over: (date: string): string => `The day ${date} is over, and its pickup with it; choose another day.`,
  tooFar: (date: string, last: string): string => `The day ${date} is too far ahead; choose one until ${last}.`,
  closed: (date: string, why: 'holiday' | 'closure' | 'noWorkday'): string =>
    `${date} is ${CLOSED[why]}; choose a day on which somebody is there and the carrier comes.`,
  otherDay: (date: string): string => `Somebody must be there on ${date} itself; choose hours of that day.`,
  noAccount: (account: string, shopId: string): string =>
    `Shop ${shopId} has no carrier account ${account}; name one of its configuration.`,
  whichAccount: (accounts: readonly string[]): string =>
    `The shop has several carrier accounts; name one of them: ${accounts.join(', ')}.`,
};

/** Why the carrier was not called. They stand in history: nothing personal. */
export const pickupReasons = {
  cannot: (account: string): string => `pickups cannot be booked through account ${account}`,
  noShipFrom: (shipFrom: string): string => `the shop has no ship-from ${shipFrom}`,
  nothingToCollect:
    'no packed parcel of this account has a label for that day; say how many there are if there are others',
  notBooked: 'nothing is booked any more',
};

/** What the desk says of a pickup that a person must see to. */
export const pickupTaskDetail = {
  refused: ({ account, date }: Place, reason: string): string => `${account}, ${date}: ${reason}`,
  unclear: ({ account, date }: Place, reference: string): string => `${account}, ${date}, reference ${reference}`,
};

export const pickupCliWords = {
  columns: ['DATE', 'ACCOUNT', 'STATUS', 'CONFIRMATION', 'PARCELS'],
  none: (shopId: string): string => `Nothing was booked in shop ${shopId}.`,
  status: ({ account, date, status }: Omit<Place, 'shipFrom'> & { status: string }): string =>
    `${account}, ${date}: ${statusWords(status)}.`,
  confirmed: (confirmation: string, parcels: number, window: { from: string; until: string }): string =>
    `Confirmation ${confirmation}, ${counted(parcels)}, between ${minuteOf(Date.parse(window.from))} and ${minuteOf(Date.parse(window.until))}.`,
  reason: (reason: string): string => `It was not done: ${reason}.`,
  date: 'It must be a day as YYYY-MM-DD.',
  instant: 'It must be an instant with its offset, as 2026-11-24T13:00:00-08:00.',
  parcels: 'It must be a whole number from 1 to 9999.',
  nothing: '-',
};
