/** Every sentence about connecting a shop. */

/** Why a connection ended without its shops. */
export const connectFailures: Record<string, string> = {
  noApp:
    'The app of this installation is not known: put tiktok.appKey and tiktok.serviceId into shipclock.yaml, its secret into the environment, and run shipclock config apply.',
  refused:
    'The platform did not take the code of this consent: it was used before or is older than 30 minutes; begin again.',
  stepFailed: 'A step failed and will not be repeated by itself; look at it in the Temporal UI, and begin again.',
};

/** Why a choice of shops is refused. */
export const connectRefusals = {
  notYet: 'The owner has not consented yet; open the consent address first.',
  unknownShop: 'The owner consented to no such shop; choose among those that are listed.',
  busy: 'The shops that were chosen are being set up; wait until they are.',
  over: 'This connection is over; begin a new one.',
  unknownOrder: (name: string): string => `There is no order called ${name.slice(0, 64)} here.`,
  malformed: (field: string): string => `The message was not understood: ${field} is missing or has the wrong type.`,
};

/** What stands in the way of one shop. */
export const connectShopWords = {
  needs: (shopId: string, needs: readonly string[]): string =>
    `Shop ${shopId} has no ${needs.join(', ')} yet: describe it under shops in shipclock.yaml (docs/configuration.md), run shipclock config apply, then \`shipclock connect tiktok --shop ${shopId}\` again (its owner consents once more).`,
  webhooksRefused:
    'Its webhooks were refused: give the app the scope seller.authorization.info in Partner Center and connect again; until then changes are found by asking every few minutes.',
  noWebhooks:
    'No webhooks: publicUrl is not set, so changes are found by asking every few minutes; set it and connect again.',
};

/** What Temporal's lists and timelines show. */
export const connectSummaries = {
  connect: 'Connect shops: waits for their owner',
  expire: 'The consent address ends after 30 minutes',
  openConsent: 'Make the consent address',
  exchangeCode: 'Turn the code into tokens and ask which shops they are for',
  configureShops: (count: number): string => `Set up ${count === 1 ? '1 shop' : `${count} shops`}`,
  forgetConnect: 'Remove the code and the tokens of this connection',
};

/** The connection as a page of Markdown, for the Temporal UI. */
export const connectPage = {
  title: (status: string): string => `## Connect shops: ${STATUSES[status] ?? status}`,
  until: (at: string): string => `It ends at ${at}.`,
  shop: (name: string, id: string, became: string): string => `- ${name} (${id})${became === '' ? '' : `: ${became}`}`,
};

const STATUSES: Record<string, string> = {
  waiting: 'waiting for the owner',
  shops: 'shops can be chosen',
  done: 'done',
  failed: 'failed',
  expired: 'expired',
};

/** What goes wrong with a request about a connection. */
export const connectDetails = {
  unknown: 'This connection is not known, or it is long over; begin a new one.',
  used: 'This consent was used before, or its connection is over; begin a new one.',
  noKeys: 'There are no keys to keep tokens with: make them with shipclock keys create, start again, and connect.',
};

type Page = { title: string; sentence: string };

/** The page that the owner sees when the platform leads them back, in each language: English and Simplified Chinese. */
export const callbackPages: Record<'done' | 'used' | 'foreign' | 'declined', Record<'en' | 'zh', Page>> = {
  done: {
    en: {
      title: 'Consent received',
      sentence: 'You can close this window. The person who sent you here goes on from their side.',
    },
    zh: { title: '已收到授权', sentence: '您可以关闭此窗口。后续步骤将由发起授权的一方完成。' },
  },
  used: {
    en: {
      title: 'This link was used already',
      sentence: 'Nothing was changed. If the shop is not connected, ask for a new consent link.',
    },
    zh: { title: '此链接已被使用', sentence: '未做任何更改。如果店铺尚未连接，请索取新的授权链接。' },
  },
  foreign: {
    en: { title: 'This link is not known here', sentence: 'Nothing was changed. Ask for a new consent link.' },
    zh: { title: '无法识别此链接', sentence: '未做任何更改。请索取新的授权链接。' },
  },
  declined: {
    en: { title: 'No consent was given', sentence: 'Nothing was changed. You can close this window.' },
    zh: { title: '未授予授权', sentence: '未做任何更改。您可以关闭此窗口。' },
  },
};

/** What `shipclock connect … --help` says. */
export const connectHelp = {
  connect: 'Connect shops to shipclock.',
  tiktok: 'Connect TikTok Shops: their owner consents in a browser, you choose the shops.',
  tiktokMore: [
    '',
    'It applies shipclock.yaml first, if there is one, and stays until the owner has consented, 30 minutes at most.',
    'A shop that is connected for the first time only watches, if nothing else is said.',
    '',
    'Examples:',
    '  shipclock connect tiktok',
    '  shipclock connect tiktok --no-open --all --json',
    '  shipclock connect tiktok --shop 7495540735365777507 --mode assist',
  ].join('\n'),
  json: 'print two JSON objects instead, each on one line: the consent address, then what became of the shops',
  noOpen: 'print the consent address and open no browser',
  shop: 'connect these shops and ask nothing',
  all: 'connect every shop that the owner consents to',
  mode: 'watch, assist or auto; without it a shop keeps the mode it had',
};

/** The step from one mode to the next; from auto there is none. */
const STEP_AFTER: Record<string, (id: string) => string[]> = {
  watch: (id) => [`  npx shipclock shop mode ${id} assist    when you agree with what it would do`],
  assist: (id) => [`  npx shipclock shop mode ${id} auto      when it may act by itself`],
};

const listed = (shops: readonly { id: string; name: string }[]): string =>
  shops.map(({ id, name }) => `${id} (${name})`).join(', ');

/** What `shipclock connect` says on its way. */
export const connectCliWords = {
  applied: 'shipclock.yaml is applied.',
  address: 'The owner of the shops consents here, within 30 minutes:',
  waiting: 'Waiting for the consent.',
  consented: 'The owner consented.',
  columns: ['', 'SHOP', 'NAME', 'REGION', 'SETTINGS'],
  known: 'here',
  unknown: 'missing',
  ask: 'Which shops? Give their numbers, or all: ',
  settingUp: (count: number): string => `Setting up ${count === 1 ? '1 shop' : `${count} shops`}.`,
  connected: (name: string, id: string): string => `Connected: ${name} (${id}).`,
  mode: (mode: string, isAsBefore: boolean): string => `It is on ${mode}${isAsBefore ? ', as before' : ''}.`,
  next: (id: string, mode: string): string[] => [
    'What next:',
    `  npx shipclock shop list                 how each shop stands`,
    `  npx shipclock order list                its orders${mode === 'watch' ? '; in watch nothing is written' : ''}`,
    ...(STEP_AFTER[mode]?.(id) ?? []),
  ],
};

/** What goes wrong while connecting: each is one sentence that says what to do. */
export const connectCliFailures = {
  expired: 'Nobody consented within 30 minutes; begin again with shipclock connect tiktok.',
  cannotAsk: 'This is no terminal to ask in; say which shops with --shop or --all.',
  noSuchNumber: (text: string): string => `"${text}" is none of the numbers; give numbers from the list, or all.`,
  noAnswer: 'No shop was chosen; begin again with shipclock connect tiktok.',
  noShops: 'The owner consented to no shop; begin again with shipclock connect tiktok.',
  notConsented: (ids: readonly string[]): string => `The owner did not consent to ${ids.join(', ')}.`,
  consentedOnly: (ids: readonly string[], shops: readonly { id: string; name: string }[]): string =>
    `The owner did not consent to ${ids.join(', ')} but to ${listed(shops)}; begin again with a --shop of these.`,
  shopAndAll: 'Give --shop or --all, not both.',
};

/** What `shipclock shop …` and `shipclock writes …` say. */
export const shopHelp = {
  shop: 'See the shops, and say what may be done in each.',
  list: 'List the shops: mode, writes, connection, and when the consent ends.',
  listMore: '\nExample:\n  shipclock shop list',
  mode: 'Say what shipclock may do in a shop.',
  modeMore: [
    '',
    '  watch    it reads and plans, and writes nothing',
    "  assist   each order waits for a person's word before anything is written",
    '  auto     it acts by itself',
    '',
    'Example:',
    '  shipclock shop mode 7495540735365777507 assist',
  ].join('\n'),
  shopId: 'id of the shop, as shipclock shop list gives it',
  modeName: 'watch, assist or auto',
  writes: 'The kill switch: stop all writes at once, or let them go on.',
  writesMore: [
    '',
    'Off holds everywhere within 5 seconds: nothing is bought, uploaded, voided or cancelled. Nothing is lost: what was to be',
    'written waits. Without on or off it says how it stands.',
    '',
    'Examples:',
    '  shipclock writes off',
    '  shipclock writes off --shop 7495540735365777507',
    '  shipclock writes on',
    '  shipclock writes',
  ].join('\n'),
  writesState: 'on or off; how it stands if left out',
  onlyShop: 'this shop alone; all shops if left out',
};

const CONNECTION_WORDS: Record<string, string> = {
  connected: 'connected',
  reconnectNeeded: 'consent again',
  deauthorised: 'consent taken back',
  notConnected: 'not connected',
};

export const shopCliWords = {
  columns: ['SHOP', 'NAME', 'MODE', 'WRITES', 'CONNECTION', 'CONSENT ENDS'],
  none: 'No shops are configured; describe them in shipclock.yaml and connect them with npx shipclock connect tiktok.',
  connection: (connection: string): string => CONNECTION_WORDS[connection] ?? connection,
  writes: (now: string, own: string): string => (now === own ? now : `${now} (all shops)`),
  nothing: '-',
  mode: (id: string, mode: string): string => `Shop ${id} is on ${mode}.`,
  writesOfShop: (id: string, writes: string): string => `Writes of shop ${id} are ${writes}.`,
  writesOfAll: (writes: string): string => `Writes of all shops are ${writes}.`,
  by: (by: string, at: string): string => `By ${by} at ${at} UTC.`,
  stillOff: (ids: readonly string[]): string => `Still off on their own: ${ids.join(', ')}.`,
};
