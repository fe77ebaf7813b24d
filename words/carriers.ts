/** To the minute in UTC: a workflow has no time-zone data. */
const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;

const counted = (count: number, one: string, more: string): string => (count === 1 ? `1 ${one}` : `${count} ${more}`);

/** Why nothing is done through an account, and what to do. */
const PAUSES: Record<string, string> = {
  credentials: 'its credentials are not taken; put them right',
  balance: 'it has no money left; pay in',
  outage: 'its provider does not answer; nothing needs to be done, it is tried again by itself',
};

/** What alerts say of accounts beside their own sentence. */
export const accountAlerts = {
  paused: (account: string, cause: string, code: string): string =>
    `${account}: ${PAUSES[cause] ?? cause}; it said ${code}`,
  low: (account: string, balanceCents: number, spentCents: number): string =>
    `${account}: ${dollars(balanceCents)} left, ${dollars(spentCents)} spent in the last 24 h`,
  missing: (account: string): string =>
    `${account}: it is not in the shop's settings any more, and orders or refunds still need it; put it back, with enabled: false if ` +
    'nothing is to be bought through it',
  /** The code of an effect that was not sent; a gate's own begins alike. */
  turnedAway: 'not sent, the account is paused',
};

/** What Temporal's lists and timelines show of the watch. */
export const watchSummaries = {
  watch: 'Watches over the carrier accounts',
  look: 'Look at balances, pauses and silent parcels',
  wait: 'The next look at the carrier accounts',
};

/** Why a look did not come to its end, and what to do. */
const HINDRANCES: Record<string, string> = {
  unknownShop: 'the shop is not configured here; configure it, or terminate this workflow',
  stepFailed: 'the step failed; look at it in the Temporal UI',
};

type Looked = { at: number; accounts: number; paused: number; polled: number; told: number };

/** The watch, as the Temporal UI shows it. */
export const watchPage = {
  title: (shopId: string): string => `### Carrier accounts of shop ${shopId}`,
  neverLooked: 'It has not looked at them yet.',
  looked: ({ at, accounts, paused, polled, told }: Looked): string =>
    `It last looked at ${minuteOf(at)}: ${counted(accounts, 'account', 'accounts')}, ${paused} of them paused. It asked after ` +
    `${counted(polled, 'parcel', 'parcels')} and told ${counted(told, 'order', 'orders')} of a change.`,
  hindered: (why: string, since: number): string =>
    `It could not look since ${minuteOf(since)}: ${HINDRANCES[why] ?? why}.`,
  next: (at: number): string => `It looks again at ${minuteOf(at)}.`,
  looking: 'It is looking now.',
  unreadable: (count: number): string =>
    `${count === 1 ? 'One message was' : `${count} messages were`} not understood and changed nothing; see who sent them.`,
  cancelAsked:
    'Somebody asked Temporal to cancel this workflow; without it nobody sees that an account runs dry, so it goes on: terminate it if that is meant.',
};

/** Why a person's order is refused. */
export const watchRefusals = {
  unknownUpdate: (name: string): string =>
    `The watch over carrier accounts knows no order ${name.slice(0, 64)}; it looks at once on the signal carriersNow.`,
};

/** How it is learned whether a purchase was made. */
const RECONCILES: Record<string, string> = {
  read: 'reads back what was bought',
  repeat: 'repeats under one key, which cannot charge twice',
  none: 'cannot be asked what was bought: tried once, then a person looks',
};

/** Says of an account what it can, in words. */
export const abilityWords = {
  rates: 'rates',
  labels: 'labels',
  voids: 'voids',
  forms: ({
    carriers,
    cutoffTime,
    most,
  }: {
    carriers: readonly string[];
    cutoffTime: string;
    most: number | null;
  }): string =>
    `forms (${carriers.join(', ')}) until ${cutoffTime}, ${most === null ? 'no limit is published' : `${most} parcels at most`}`,
  pickups: 'pickups',
  tracking: (how: string): string => `tracking by ${how === 'both' ? 'webhooks and polls' : how}`,
  addressCheck: 'address check',
  balance: 'balance',
  reconcile: (how: string): string => RECONCILES[how] ?? how,
};

type Service = {
  carrier: string;
  service: string;
  parcels: number;
  onTimePercent: number | null;
  stalls: number;
  losses: number;
};

/** The state of an account in a word or two. */
const stateOf = (enabled: boolean, cause: string | null): string => {
  if (cause !== null) return `paused: ${cause}`;
  return enabled ? 'in use' : 'off';
};

export const carrierCliWords = {
  columns: ['ACCOUNT', 'PROVIDER', 'STATE', 'SINCE', 'WAITING', 'BALANCE', 'SPENT 24 H'],
  none: (shopId: string): string => `Shop ${shopId} has no carrier account; add one to its configuration.`,
  state: stateOf,
  money: (cents: number | null): string => (cents === null ? '-' : dollars(cents)),
  nothing: '-',
  can: (account: string, can: readonly string[]): string => `${account} can: ${can.join('; ')}.`,
  record: ({ carrier, service, parcels, onTimePercent, stalls, losses }: Service): string =>
    `Our record of ${carrier} ${service}: ${counted(parcels, 'parcel', 'parcels')}, ` +
    `${onTimePercent === null ? 'too few to say how many were on time' : `${onTimePercent} % on time`}, ` +
    `${stalls} stood still, ${losses} lost.`,
  notLooked: (account: string): string =>
    `Nobody has looked at ${account} yet, so what it can is not known; the first look comes within an hour of a start.`,
};
