const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;
const hours = (count: number): string => `${count} ${count === 1 ? 'hour' : 'hours'}`;

/** What `shipclock doctor` says about itself. */
export const doctorHelp = {
  doctor: 'Look at everything that shipclock needs, and say what is wrong and what to do.',
  doctorMore:
    '\nIt changes nothing. It exits with 1 when something fails; a warning is no failure.\n\nExamples:\n  shipclock doctor\n  shipclock doctor --json',
} as const;

/** What its report says. */
export const doctorWords = {
  toDo: (what: string): string => `To do: ${what}`,
  summary: (fails: number, warns: number, oks: number): string => `${fails} failed, ${warns} warned, ${oks} well.`,
  failed: (count: number): string =>
    count === 1 ? '1 check failed; see above what to do.' : `${count} checks failed; see above what to do.`,
  shop: (shopId: string, what: string): string => `${shopId} ${what}`,
  timedOut: (seconds: number): string => `gave no answer within ${seconds} s`,
  timedOutToDo: 'see that what it asks is reachable from here, and run shipclock doctor again',
  broke: (reason: string): string => `could not be looked at: ${reason}`,
  brokeToDo: 'run it again with SHIPCLOCK_DEBUG=1, and report it if it is a bug',
} as const;

/** The names of the checks, in the first column. */
export const checkNames = {
  settings: 'settings',
  node: 'node',
  documents: 'documents',
  keys: 'keys',
  temporal: 'temporal',
  namespace: 'namespace',
  attributes: 'search attributes',
  worker: 'worker',
  api: 'api',
  clock: 'clock',
  shops: 'shops',
  connection: 'connection',
  tokens: 'tokens',
  platform: 'platform',
  webhooks: 'webhooks',
  warehouse: 'warehouse',
  shipFrom: 'ship-from',
  rules: 'rules',
  carrier: 'carrier',
  publicDoor: 'public door',
} as const;

/** What the checks of this machine find. */
export const machineFindings = {
  noFile: 'no configuration file; the embedded product runs on its sandbox without one',
  file: (path: string, shops: number): string => `${path}, ${shops} ${shops === 1 ? 'shop' : 'shops'}`,
  mistakeToDo: 'correct it, and see shipclock config check',
  unapplied: (ids: readonly string[]): string => `shops of the file that were never applied: ${ids.join(', ')}`,
  unappliedToDo: 'run shipclock config apply',
  node: (version: string): string => `Node ${version}`,
  nodeOld: (version: string, least: string): string => `Node ${version} is older than ${least}`,
  nodeToDo: (least: string): string => `install Node ${least} or newer`,
  documents: (folder: string): string => `${folder} can be written, and others cannot read it`,
  documentsAbsent: (folder: string): string => `${folder} is not there`,
  documentsAbsentToDo: 'start shipclock once, or set SHIPCLOCK_DOCUMENTS_DIR to where its documents lie',
  documentsClosed: (folder: string, code: string): string => `${folder} cannot be written (${code})`,
  documentsClosedToDo: (folder: string): string => `give this user the right to write in ${folder}`,
  documentsOpen: (folder: string): string => `everybody on this machine can read ${folder}`,
  documentsOpenToDo: (folder: string): string => `run chmod 700 ${folder}`,
  keys: (where: string): string => `${where} can be used`,
  keysOff: (where: string): string =>
    `${where} can be used, but encryption is off: what orders are told is readable in Temporal`,
  keysOffToDo: 'set encryption.enabled to true, or SHIPCLOCK_ENCRYPTION to on',
  noKeys: (file: string): string => `${file} is not there, so no secret can be kept`,
  noKeysToDo: 'run shipclock keys create, or start shipclock with npm start, which makes its own',
  keysToDo: 'do what the sentence says; nothing that is encrypted can be read until then',
  fromEnvironment: 'SHIPCLOCK_KEYS',
} as const;

/** What the checks of the running parts find. */
export const partFindings = {
  temporal: (address: string, version: string): string => `${address} answers, server ${version}`,
  noTemporal: (address: string): string => `nothing answers at ${address}`,
  noTemporalToDo: 'start shipclock with npm start, or set TEMPORAL_ADDRESS to your cluster',
  namespace: (namespace: string, retained: number): string => `${namespace}, closed orders kept for ${days(retained)}`,
  noNamespace: (namespace: string): string => `there is no namespace ${namespace} that we may use`,
  noNamespaceToDo: 'set TEMPORAL_NAMESPACE, or make it with node --import tsx engine/setup-namespace.ts',
  attributes: (count: number): string => `${count} can be searched by`,
  noAttributes: (namespace: string): string => `${namespace} does not know all that orders are searched by`,
  noAttributesToDo: 'run node --import tsx engine/setup-namespace.ts',
  worker: (count: number, taskQueue: string): string => `${count} on task queue ${taskQueue}`,
  noWorker: (taskQueue: string): string => `nobody takes work from task queue ${taskQueue}, so no order moves`,
  noWorkerToDo: 'start the worker; if it runs, see its log and SHIPCLOCK_TASK_QUEUE',
  notLooked: 'not looked at, because Temporal does not answer',
  api: (url: string): string => `${url} is ready`,
  apiNotReady: (url: string, what: string): string => `${url} is not ready: ${what}`,
  apiNotReadyToDo: 'put right what it misses; webhooks are taken late until then',
  noApi: (url: string): string => `nothing answers at ${url}`,
  noApiToDo: 'start shipclock with npm start, or set SHIPCLOCK_API_URL',
  clock: (ms: number): string => `within ${Math.max(1, Math.ceil(Math.abs(ms) / 1_000))} s of the platform's`,
  clockOff: (ms: number): string =>
    `${Math.round(Math.abs(ms) / 1_000)} s ${ms > 0 ? 'ahead of' : 'behind'} the platform's`,
  clockToDo: 'switch on time synchronisation (NTP) on this machine',
  clockRefused: (ms: number): string =>
    `${partFindings.clockOff(ms)}: it refuses what is signed more than 30 s ahead or 5 min behind`,
  noClock: (url: string): string => `the platform's clock could not be read at ${url}`,
  noClockToDo: 'see that this machine reaches the open net',
  noPublicUrl: 'no publicUrl: webhooks cannot reach live shops, and only the sweep hears of changes',
  noPublicUrlToDo: 'set publicUrl and public.port, and put a proxy or a tunnel in front of that port',
  noDoorNeeded: 'none, and none is needed: there is no live shop',
  publicDoor: (url: string): string => `${url} answers, and shows nothing private`,
  publicSilent: (url: string, why: string): string => `${url}/healthz does not answer (${why})`,
  publicSilentToDo:
    'see that the proxy or tunnel points at the public port, and that the API runs with SHIPCLOCK_PUBLIC_PORT',
  publicShows: (url: string, paths: readonly string[]): string => `${url} shows everybody ${paths.join(', ')}`,
  publicShowsToDo: 'point the proxy or tunnel at the public port and not at the port of the API, now',
  publicOdd: (url: string): string => `${url} is an IP address or names a port, and TikTok Shop takes neither`,
  publicOddToDo: 'give a domain of your own with TLS on its usual port',
  publicLocal: (url: string): string => `only this machine reaches ${url}`,
  publicLocalToDo: 'for a live shop use a domain',
} as const;

/** Which switch holds the writes of a shop back. */
export type WritesHolder = 'all' | 'shop' | 'both';

const HOLDERS: Record<WritesHolder, string> = {
  all: ' for all shops',
  shop: ' for this shop',
  both: ' for all shops and for this one',
};

const HOLDER_STEPS: Record<WritesHolder, (shopId: string) => string> = {
  all: () => 'shipclock writes on',
  shop: (shopId) => `shipclock writes on --shop ${shopId}`,
  both: (shopId) => `shipclock writes on, and shipclock writes on --shop ${shopId}`,
};

/** What the checks of a shop find. */
export const shopFindings = {
  noShops: 'none yet',
  noShopsToDo:
    'write them into shipclock.yaml, run shipclock config apply and shipclock connect tiktok; or start with npm start, which opens a sandbox shop',
  playedShops: (count: number): string =>
    `${count} more sandbox ${count === 1 ? 'shop' : 'shops'} of stories, not looked at`,
  unreadable: 'its document is not that of a shop',
  unreadableToDo: 'run shipclock config apply, or correct the document',
  connection: (connection: string, mode: string): string => `${connection}, mode ${mode}`,
  notConnected: 'was never connected',
  reconnectNeeded: 'its tokens are dead',
  deauthorised: 'its owner has taken the consent back',
  connectToDo: (shopId: string): string => `run shipclock connect tiktok --shop ${shopId}`,
  writesOff: (mode: string, holder: WritesHolder): string =>
    `connected, mode ${mode}, but writes are off${HOLDERS[holder]}: nothing is bought or told`,
  writesOffToDo: (shopId: string, holder: WritesHolder): string =>
    `when you are ready, run ${HOLDER_STEPS[holder](shopId)}`,
  inDocument: 'stand in its document, so nobody renews them',
  noTokens: 'there are none',
  purged: 'were taken away when the consent ended',
  tokens: (accessHours: number, refreshDays: number): string =>
    `good for ${hours(accessHours)}, the consent for ${days(refreshDays)}`,
  refreshSoon: (refreshDays: number): string => `the consent ends in ${days(refreshDays)}`,
  refreshOver: 'the consent has ended',
  accessOver: 'the access token has expired and was not renewed',
  accessOverToDo: 'see that a worker runs: it renews the token by itself',
  noVault: 'cannot be read, because there are no keys',
  noVaultToDo: 'see the check of the keys',
  tokenDead: 'cannot be asked until the shop is connected again',
  platform: (name: string, region: string): string => `takes our token: ${name}, ${region}`,
  tokenRefused: (code: string): string => `does not take our token (${code})`,
  appRefused: (code: string): string => `does not take our app (${code})`,
  appRefusedToDo: 'check appKey and the app secret in Partner Center, then run shipclock config apply',
  platformSilent: (code: string): string => `did not answer (${code})`,
  platformSilentToDo: 'see that this machine reaches it, and run shipclock doctor again',
  otherShop: 'takes our token, but not for this shop',
  cipherWrong: 'gives this shop another cipher than we have',
  webhooks: (count: number): string => `${count} topics come to us`,
  noWebhooks: 'no topic comes to us: only the sweep hears of changes',
  fewWebhooks: (missing: readonly string[]): string => `these topics do not come to us: ${missing.join(', ')}`,
  webhooksUnread: (code: string): string => `could not be read (${code})`,
  webhooksUnreadToDo: 'give the app the scope seller.authorization.info in Partner Center, if this stays',
  webhooksByControl: 'the sandbox posts them to the API itself',
  warehouse: (count: number): string => `${count} for sales, none of them restricted`,
  warehouseRestricted: (names: readonly string[]): string =>
    `restricted by the platform (holiday mode, or an order limit): ${names.join(', ')}`,
  warehouseToDo: 'see it in Seller Center; orders are held or capped until it is lifted',
  warehouseUnread: (code: string): string => `could not be read (${code})`,
  warehouseUnreadToDo: 'give the app the logistics scope in Partner Center, if this stays',
  shipFrom: ({
    id,
    opensAt,
    closesAt,
    zone,
  }: {
    id: string;
    opensAt: string;
    closesAt: string;
    zone: string;
  }): string => `${id}, ${opensAt} to ${closesAt}, ${zone}`,
  zoneUnknown: (zone: string): string => `the time zone ${zone} is not known here`,
  zoneToDo: 'give the zone of a place, such as America/Los_Angeles',
  hoursWrong: (opensAt: string, closesAt: string): string => `opens at ${opensAt} and closes at ${closesAt}`,
  hoursToDo: 'correct opensAt and closesAt',
  closuresPast: (last: string): string => `every closure lies in the past, the last on ${last}`,
  closuresToDo: 'write down the coming ones, so that no deadline counts on a closed day',
  noPickup: 'the carrier collects only on days on which nobody is there',
  pickupToDo: 'correct pickupDays or workdays',
  rules: (name: string, id: string): string => (name === id ? id : `${name}, which is ${id} today`),
  rulesSeed: 'seed, which is more lenient than the rules in force today',
  rulesOld: (name: string, newest: string): string => `${name}, and ${newest} is in force today`,
  rulesToDo: 'set policySet to us, unless you know why not',
  rulesUnknown: (name: string): string => `there is no rule set ${name}`,
  carrier: (account: string, provider: string): string => `${account}: ${provider} takes our keys`,
  carrierUntried: (account: string, provider: string): string =>
    `${account}: ${provider} has nothing to try the keys on`,
  noCarriers: 'no carrier account is enabled',
  noCarriersToDo: 'name one under carrier in shipclock.yaml, and run shipclock config apply',
  carrierTest: (account: string): string => `${account}: the key is a test key of EasyPost: its labels move no parcel`,
  carrierTestToDo: 'put a production key (EZAK...) into the variable, and run shipclock config apply',
  carrierRefused: (account: string, code: string): string => `${account}: our keys are not taken (${code})`,
  carrierRefusedToDo: 'put the right keys into the variables that shipclock.yaml names, and run shipclock config apply',
  carrierSilent: (account: string, code: string): string => `${account}: no answer (${code})`,
} as const;
