/** To the minute in UTC: a workflow has no time-zone data. */
const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const orders = (count: number): string => (count === 1 ? '1 order' : `${count} orders`);

/** What Temporal's lists and timelines show of a sweep. */
export const sweepSummaries = {
  sweep: 'Looks for what webhooks missed',
  round: (isFirst: boolean, since: number): string =>
    isFirst ? 'Look at all orders for the first time' : `Look for what changed since ${minuteOf(since)}`,
  wait: 'The next look for what webhooks missed',
};

/** Why a round did not come to its end, and what to do. */
const HINDRANCES: Record<string, string> = {
  off: 'this shop has no sweep; set sweep in its configuration, for webhooks alone are not to be trusted',
  notConnected: 'the shop is not connected; connect it again',
  platformSilent: 'the platform does not answer; nothing needs to be done, what it missed is looked up later',
  stepFailed: 'the step failed; look at it in the Temporal UI',
};

/** One sweep, as the Temporal UI shows it. */
export const sweepPage = {
  title: (shopId: string): string => `### Sweep of shop ${shopId}`,
  neverLooked: 'It has not looked at all orders yet.',
  lookedAt: (at: number): string => `It last looked at ${minuteOf(at)}.`,
  today: ({ day, rounds, found, missed }: { day: string; rounds: number; found: number; missed: number }): string =>
    `On ${day} it looked ${rounds === 1 ? 'once' : `${rounds} times`} and told ${orders(found)} of a change; webhooks had missed ${missed}.`,
  hindered: (why: string, since: number): string =>
    `It could not look since ${minuteOf(since)}: ${HINDRANCES[why] ?? why}.`,
  next: (at: number): string => `It looks again at ${minuteOf(at)}.`,
  looking: 'It is looking now.',
  unreadable: (count: number): string =>
    `${count === 1 ? 'One message was' : `${count} messages were`} not understood and changed nothing; see who sent them.`,
  cancelAsked:
    'Somebody asked Temporal to cancel this workflow; without it a lost webhook would be a lost order, so it goes on: terminate it if that is meant.',
};

/** Why a person's order is refused. */
export const sweepRefusals = {
  unknownUpdate: (name: string): string => `A sweep knows no order ${name}; it looks at once on the signal sweepNow.`,
};
