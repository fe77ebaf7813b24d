/** Every sentence about a shop's account: its connection, its tokens, its mode and its switches. */

/** Why an order to an account is refused. Each is one sentence: what stands in the way. */
export const accountRefusals = {
  unknownOrder: (name: string): string => `There is no order called ${name.slice(0, 64)} here.`,
  malformed: (field: string): string => `The message was not understood: ${field} is missing or has the wrong type.`,
};

/** What people do about an account, each in one sentence. */
export const accountSteps = {
  reconnectNeeded:
    'The platform takes its tokens no more: run shipclock connect tiktok and let the owner of the shop consent again.',
  deauthorised:
    'Its owner took the consent back: nothing is read or written any more; run shipclock connect tiktok if that was a mistake.',
  consentExpiring: 'The consent ends soon: run shipclock connect tiktok before then, and nothing stops.',
  writesOff: (shopId: string): string =>
    `Writes are off: nothing is bought, uploaded or cancelled until shipclock writes on --shop ${shopId}.`,
  watch: (shopId: string): string =>
    `It only watches; compare what it would do with what you do, then go on with shipclock shop mode ${shopId} assist.`,
  assist: (shopId: string): string =>
    `Each order waits for a person's word; let it act by itself with shipclock shop mode ${shopId} auto.`,
};

const ATTENTION: Record<string, string> = {
  badMessage: 'A message was not understood and changed nothing; see who sent it',
  workflowCancelled: 'Somebody asked Temporal to cancel this workflow; without it the tokens would die, so it goes on',
  commandFailed: 'A step failed and is tried again later; look at it in the Temporal UI',
};

/** What a person should look at, and about what. */
export const accountAttention = (kind: string, about: string): string => `${ATTENTION[kind] ?? kind}: ${about}.`;

/** What the alert desk shows beside a task. */
export const accountDetail = {
  at: (at: number | undefined): string => (at === undefined ? '' : `since ${minuteOf(at)}`),
};

/** To the minute in UTC: an account has no time-zone data. */
const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const CONNECTIONS: Record<string, string> = {
  connected: 'connected',
  reconnectNeeded: 'the owner has to consent again',
  deauthorised: 'the owner took the consent back',
};

const whoAndWhen = (switched: { by: string; at: string } | null): string =>
  switched === null ? '' : `, by ${switched.by} at ${switched.at}`;

/** The account as a page of Markdown, for the Temporal UI. */
export const accountPage = {
  title: (shopId: string, connection: string): string =>
    `## Account of shop ${shopId}: ${CONNECTIONS[connection] ?? connection}`,
  toDo: '**To do**',
  nothingToDo: 'Nothing to do.',
  connection: (connection: string, since: string | null): string =>
    `- Connection: ${CONNECTIONS[connection] ?? connection}${since === null ? '' : `; consented at ${since}`}`,
  mode: (mode: string, switched: { by: string; at: string } | null): string =>
    `- Mode: **${mode}**${whoAndWhen(switched)}`,
  writes: (writes: string, switched: { by: string; at: string } | null): string =>
    `- Writes: **${writes}**${whoAndWhen(switched)}`,
  tokens: (version: number, accessExpiresAt: string | null, consentEnds: string | null): string =>
    [
      `- Tokens: pair ${version}`,
      ...(accessExpiresAt === null ? [] : [`good until ${accessExpiresAt}, renewed before`]),
      ...(consentEnds === null ? [] : [`the consent ends ${consentEnds}`]),
    ].join('; '),
};

/** Who switched a mode, where nobody did it by a command of its own. */
export const accountActors = { connecting: 'shipclock connect' };

/** What Temporal's lists and timelines show. */
export const accountSummaries = {
  account: (shopId: string): string => `Account of shop ${shopId}: connection, tokens, mode`,
  renew: 'Renew the tokens ahead of their end',
  warn: 'Warn: the consent ends within 30 days',
  end: 'The refresh token ends',
  rest: 'A moment without callers, to go on with a new history',
  loadAccount: 'Read what was kept of the account',
  keepStanding: (mode: string, writes: string, connection: string): string =>
    `Keep the standing: ${mode}, writes ${writes}, ${CONNECTIONS[connection] ?? connection}`,
  renewTokens: 'Renew the tokens',
  purgeTokens: 'Remove the tokens',
  tellShop: 'Let every open order read itself again',
  tellDesk: 'Tell the alert desk',
};

/** What goes wrong with the tokens, in an activity's failure. Never a token, never the platform's own text. */
export const accountFailures = {
  noApp:
    'The app of this installation is not known: put its key and secret into the configuration and run shipclock config apply.',
  noConsent: 'What the owner consented to is not here any more; begin again with shipclock connect tiktok.',
  lostRace: (shopId: string): string => `The tokens of shop ${shopId} were changed by somebody else; read again.`,
};
