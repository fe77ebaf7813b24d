/** What `shipclock <command> --help` says. */
export const helpWords = {
  shipclock: 'See and move the orders of shipclock from a terminal.',
  shipclockMore: [
    '',
    'Examples:',
    '  shipclock order list --phase toPack',
    '  shipclock order show 576461413038785752',
    '  shipclock story run seller-on-time',
    '',
    'Settings in the environment, each with what holds without it:',
    '  SHIPCLOCK_API_URL        where the API answers (SHIPCLOCK_API_PORT, 8080, on this machine)',
    '  SHIPCLOCK_SANDBOX_URL    where the sandbox answers (SHIPCLOCK_SANDBOX_PORT, 8090, on this machine)',
    '  SHIPCLOCK_HOME           where the state of the product lies (.shipclock)',
    '  SHIPCLOCK_DOCUMENTS_DIR  where its documents lie (documents, in its home)',
    '  TEMPORAL_ADDRESS         the Temporal server (SHIPCLOCK_TEMPORAL_PORT, 7233, on this machine)',
    '  TEMPORAL_NAMESPACE       its namespace (shipclock)',
    '  SHIPCLOCK_DEBUG=1        show where in the code a failure came from',
    '',
    'It exits with 0 when done, 1 when that failed, 2 when the command was not understood, 130 after Ctrl-C.',
  ].join('\n'),
  help: 'say what this does',
  helpCommand: 'say what a command does',
  version: 'say the version',
  json: 'print one JSON object on one line instead',
  shop: 'id of the shop (7000000000000000001, the one that npm start opens)',
  orderArgument: 'an order id, shop/order, or the workflow id order:shop:order',

  order: 'Look at orders, choose their labels, and say what was done with them.',
  orderList: 'List orders, open and over, the newest first.',
  orderListMore: '\nExample:\n  shipclock order list --phase awaitingHandover --limit 20',
  phase: 'only orders in this phase; what was handed over is listed under awaitingHandover',
  onlyShop: 'only orders of this shop',
  limit: 'how many at most, 1 to 100 (50)',
  cursor: 'go on after the page that gave this cursor',
  orderShow: 'Show one order: its next deadline, what to do, its parcels and its story.',
  orderShowMore:
    '\nExamples:\n  shipclock order show 576461413038785752\n  shipclock order show 7000000000000000001/576461413038785752 --json',

  fastForward: "Move the clock of an order's whole sandbox shop forward, through everything that is due on the way.",
  fastForwardMore:
    '\nSandbox shops only: their orders, the platform and the carrier are played, and so is their time. A clock never goes back.\n\nExamples:\n  shipclock fast-forward 576461413038785752 90m\n  shipclock fast-forward 576461413038785752 1d12h',
  duration: 'how far: days, hours, minutes and seconds, such as 90m, 24h, 3d or 1h30m',

  story: 'Play orders from beginning to end.',
  storyList: 'List the stories that can be played.',
  storyListMore: '\nExample:\n  shipclock story list',
  storyRun: 'Play one story on the real engine and report what happened.',
  storyRunMore:
    '\nIt plays in a sandbox shop of its own, on the product that runs here. If none runs it starts one in a temporary folder on free ports, and removes it at the end.\n\nExample:\n  shipclock story run seller-on-time',
  storyName: 'name of the story, as shipclock story list gives it',
} as const;

/** What `shipclock order release`, `order packed` and `order approve` say about themselves. */
export const tellHelp = {
  orders: 'order ids, shop/order, or workflow ids order:shop:order, all of one shop',
  as: 'who says so, such as a packing station; it stands in the history of the order',
  about: {
    release:
      'Let orders go on that are held, or whose label waits for a person; it accepts what stands against it now.',
    packed: 'Say that orders are packed.',
    approve: 'Let orders go on in a shop in the mode assist.',
  },
  more: {
    release:
      '\nWhat stands against a label is in shipclock order show; what comes up later is asked again.\n\nExamples:\n  shipclock order release 576461413038785752\n  shipclock order release 576461413038785752 576461413038785753 --as desk-2',
    packed:
      '\nAll parcels of an order are meant; for one of several say so by the API.\n\nExamples:\n  shipclock order packed 576461413038785752\n  shipclock order packed 576461413038785752 576461413038785753 --json',
    approve: '\nExample:\n  shipclock order approve 576461413038785752 576461413038785753',
  },
} as const;

/** What they answer. */
export const tellWords = {
  done: {
    release: (orderId: string, phase: string): string => `Order ${orderId} goes on (${phase}).`,
    packed: (orderId: string): string => `Order ${orderId} is packed.`,
    approve: (orderId: string, phase: string): string => `Order ${orderId} is approved and goes on (${phase}).`,
  },
  refused: (orderId: string, why: string): string => `Order ${orderId} does not: ${why}`,
  someRefused: (refused: number, of: number): string =>
    `${refused} of ${of} orders refused; see why above, and say it again of those.`,
  severalShops: 'The orders are of several shops; name those of one shop at a time.',
  notAnActor: 'Give 1 to 64 letters, digits and signs of ASCII.',
  operator: 'operator',
  unknown: 'its phase is not known',
} as const;

/** What `shipclock carrier` says about itself. */
export const carrierHelp = {
  carrier: "See a shop's carrier accounts: what they can, what money is left, and which are paused.",
  list: "List a shop's carrier accounts.",
  listMore: [
    '',
    'Balances and abilities are read once an hour; a pause is told at once, and ends by itself when the account answers again.',
    '',
    'Examples:',
    '  shipclock carrier list',
    '  shipclock carrier list --shop 7000000000000000001 --json',
  ].join('\n'),
} as const;

/** What `shipclock pickup` says about itself. */
export const pickupHelp = {
  pickup: 'Have a carrier collect: book, change, look up, cancel.',
  book: 'Call the carrier to collect on a day; with --change, change what is booked.',
  bookMore: [
    '',
    'Without --parcels all packed parcels of the account with a label for that day, or for an earlier one, are counted.',
    '',
    'Examples:',
    '  shipclock pickup book --date 2026-11-24 --account usps',
    '  shipclock pickup book --date 2026-11-24 --account usps --parcels 12 --change',
  ].join('\n'),
  show: 'Show what is booked for a day.',
  showMore: '\nExample:\n  shipclock pickup show --date 2026-11-24 --account usps',
  list: 'List what was booked.',
  listMore: '\nExample:\n  shipclock pickup list --json',
  cancel: 'Cancel what is booked for a day.',
  cancelMore: '\nExample:\n  shipclock pickup cancel --date 2026-11-24 --account usps',
  date: 'the day at the ship-from, as YYYY-MM-DD',
  account: 'which carrier account; needed where several can collect',
  from: 'from when somebody is there, as 2026-11-24T13:00:00-08:00 (the opening hour)',
  until: 'until when somebody is there (the closing hour)',
  parcels: 'how many parcels there are, where it is not what the labels say',
  change: 'change what is booked',
} as const;

/** What goes wrong at the command line: each is one sentence that says what to do. */
export const cliFailures = {
  usage: (what: string, command: string): string => `${what}; see ${command} --help.`,
  unexpected: (reason: string): string =>
    `Something went wrong that should not: ${reason.replace(/\.$/, '')}; run it again with SHIPCLOCK_DEBUG=1 to see where, and report it.`,
  notRunning: (url: string): string =>
    `shipclock does not answer at ${url}; start it with npm start, or set SHIPCLOCK_API_PORT if it runs on another port.`,
  notShipclock: (url: string): string =>
    `What answers at ${url} is not the API of this shipclock; set SHIPCLOCK_API_PORT to the port of the one that runs.`,
  problem: (title: string, details: string): string => `${title}: ${details}`,
  partSilent: (why: string): string =>
    `A part of shipclock does not answer (${why}); see that it runs, or start it with npm start.`,
  noTemporal: (address: string): string =>
    `Temporal does not answer at ${address}; start shipclock with npm start, or set TEMPORAL_ADDRESS.`,
  notAUrl: (setting: string, text: string): string =>
    `${setting} is "${text}", which is not an address; give one such as http://127.0.0.1:8080.`,
  notAnOrder: (text: string): string =>
    `"${text}" is not an order; give its id, shop/order, or the workflow id order:shop:order.`,
  twoShops: (named: string, option: string): string =>
    `The order names shop ${named} and --shop names ${option}; leave one of them out.`,
  notAShop: 'A shop is an id of at most 20 digits.',
  notALimit: 'Give a whole number from 1 to 100.',
  notADuration: (text: string): string =>
    `"${text}" is not a duration; give days, hours, minutes and seconds, largest first, such as 90m, 24h, 3d or 1h30m.`,
  durationTooLong: (text: string, days: number): string =>
    `${text} is too far; move the clock by at most ${days} days at once.`,
  noShopDocument: (shopId: string, folder: string): string =>
    `Shop ${shopId} is not known in ${folder}; check its id, and that SHIPCLOCK_HOME is that of the running product.`,
  badShopDocument: (shopId: string, folder: string): string =>
    `The document shops/${shopId}.json in ${folder} is not that of a shop; correct it.`,
  liveShop: (shopId: string): string =>
    `Shop ${shopId} is a live shop, whose time is everybody's; only the clock of a sandbox shop can be moved.`,
  backDatedShop: (shopId: string): string =>
    `The clock of shop ${shopId} cannot be moved, because its orders are back-dated and already live in the present; to see one played forward, use shipclock story run.`,
  unknownStory: (name: string, names: readonly string[]): string =>
    `There is no story ${name}; there are: ${names.join(', ')}.`,
  storyBroke: (name: string, why: string): string =>
    `Story ${name} did not come to its end: ${why.replace(/\.$/, '')}.`,
  ownProductBroke: (why: string): string =>
    `${why.replace(/\.$/, '')} (that folder is removed at the end; SHIPCLOCK_DEBUG=1 keeps it).`,
  interrupted: 'Stopped before the end.',
} as const;

/** What the pages and tables of the command line say. */
export const cliWords = {
  nothing: '-',
  listColumns: ['ORDER', 'PHASE', 'NEXT DEADLINE (UTC)', 'TIME LEFT', 'ATTENTION'],
  noOrders: 'No such orders.',
  moreOrders: (command: string): string => `There are more: ${command}`,
  shopClock: (shopId: string, at: string): string =>
    `The clock of sandbox shop ${shopId} stands at ${at} UTC; the time left is by it.`,

  orderTitle: (orderId: string, shopId: string, phase: string): string => `Order ${orderId}, shop ${shopId}: ${phase}`,
  outcome: (outcome: string): string => `It is over: ${outcome}.`,
  heldBy: (by: string): string => `Held by ${by}; nothing is done until it is released.`,
  nextDeadline: (name: string, when: string, left: string): string => `Next deadline: ${name}, ${when} (${left}).`,
  lookAt: (shop: string, order: string): string =>
    `While it runs, see the whole order: npx shipclock order show ${shop}/${order}`,
  noDeadline: 'No deadline is open.',
  ofKind: (name: string, kind: string): string => `${name} (a ${kind})`,
  ordered: (at: string): string => `Ordered ${at} UTC.`,
  mayCancelUntil: (at: string, left: string): string =>
    `The buyer may still cancel until ${at} UTC; next deadline: holdEnds (${left}).`,
  holdIsOver: (at: string): string =>
    `The buyer could cancel until ${at} UTC; it goes on once the platform releases it.`,
  targetPassed: (name: string, when: string): string =>
    `Past a target: ${name}, ${when}. Nothing follows from that alone; what counts is the next limit.`,
  overdue: (name: string, when: string): string =>
    `Overdue: ${name}, ${when}. Send it all the same, and look what the platform does.`,
  deadlines: 'Deadlines',
  deadlineColumns: ['DEADLINE', 'KIND', 'DUE (UTC)', 'STATE', 'LAST WORKING MOMENT (UTC)', 'RULE'],
  deadlineStates: { met: 'met', late: 'late', missed: 'missed', open: 'open', moot: 'no longer due' },
  targetStates: { late: 'met later', missed: 'passed' },
  kindsOfDeadlines: 'A limit that is missed costs the order; from a target that passes nothing follows alone.',
  platform: 'platform',
  ruleSays: (rule: string, local: string): string => `${rule}: ${local}`,
  platformAgrees: (rule: string): string => `platform; ${rule} says the same`,
  platformDiffers: (rule: string, local: string): string => `platform; ${rule} says ${local}`,
  provisional: (local: string): string => `${local}, provisional`,
  utc: (at: string): string => `${at} UTC`,
  parcels: 'Parcels',
  parcelColumns: ['PARCEL', 'LABEL', 'TRACKING NUMBER', 'TOLD THE PLATFORM', 'FORM', 'CARRIER SAYS', 'APPEAL'],
  form: (status: string, date?: string): string => (date === undefined ? status : `of ${date}: ${status}`),
  shouldLeave: (day: string): string => `By the cut-off it should leave on ${day}.`,
  plannedHandover: (how: string): string => `Handover planned: ${how}.`,
  toDo: 'To do',
  nothingToDo: 'Nothing to do.',
  happened: 'What happened (UTC)',
  inTemporal: (url: string): string => `In Temporal: ${url}`,

  clockMoved: (shopId: string, at: string): string => `The clock of sandbox shop ${shopId} stands at ${at} UTC.`,
  orderAfter: (orderId: string, before: string, after: string): string =>
    before === after ? `Order ${orderId} is still ${after}.` : `Order ${orderId} went from ${before} to ${after}.`,

  storyColumns: ['STORY', 'WHAT HAPPENS'],
  bringsItsOwn: (folder: string): string =>
    `No shipclock is running here, so the story brings its own, in ${folder}; it is removed at the end.`,
  removing: 'Stopping and removing it.',
  kept: (folder: string): string => `Kept because of SHIPCLOCK_DEBUG=1: ${folder}`,
  storyEnded: (story: string, outcome: string, shopId: string): string => `${story}: ${outcome} (shop ${shopId})`,
  shipsOn: (order: string, day: string): string => `Order ${order} should leave on ${day}.`,
  storyAlerts: 'Alerts (UTC)',
  phases: 'Phases (UTC)',
  storyDeadlines: 'Deadlines (UTC)',
  effects: 'What it did outside (UTC)',
} as const;
