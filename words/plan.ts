/** What `shipclock plan` says. */
export const planWords = {
  plan: 'Work out the deadlines of orders that stand on stdin, one JSON object a line; nothing is kept or sent.',
  json: 'changes nothing: every line is JSON',
  policy: 'under which rules; us is the newest set in force when an order was created',
  waiting: 'Reading orders from the terminal, one JSON object a line; end with Ctrl-D.',
  more: [
    '',
    'Each line gets one line of JSON, in the same order: the deadlines with their rule, their source and the last working moment',
    'before them (workBy), and the day on which the order should leave (shipOn). A line that cannot be read gets',
    '{"line":2,"error":"..."}, all others are still answered, and the command ends with 1. Empty lines get none.',
    '',
    'Fields of an order, those after the first three as needed:',
    '  createdAt          ISO 8601 with its zone: 2026-11-13T15:00:00-08:00',
    '  orderType          standard, pre-sale, made-to-order, back-order',
    '  shippingType       seller, platform',
    '  fulfilledBy        seller; platform for an order that it sends from its own stock: only its own times are told',
    '  handoverMethod     pickup, dropOff',
    '  expectedShipDate   YYYY-MM-DD; of a pre-sale order, the day of its release',
    '  handlingDuration   {"days":5,"type":"BUSINESS_DAY"} or CALENDAR_DAY',
    '  packedAt, readyAt  ISO 8601, once it is so',
    '  shipFrom           {"zone","workdays","opensAt","closesAt","closures","cutoffTime","pickupDays"}, each as in a shop;',
    '                     without them Monday to Friday, 09:00 to 17:00, cut-off 12:00, in America/Los_Angeles',
    '  platform           what the platform calls due, by our names in ISO 8601 or by its own in Unix seconds; 0 is none',
    '',
    'Examples:',
    `  shipclock plan <<< '{"createdAt":"2026-11-13T15:00:00-08:00","orderType":"standard","shippingType":"seller"}'`,
    `  shipclock plan <<< '{"createdAt":"2026-11-13T15:00:00Z","orderType":"pre-sale","shippingType":"platform","expectedShipDate":"2026-11-30"}'`,
    '  shipclock plan --policy us < orders.ndjson > deadlines.ndjson',
  ].join('\n'),
} as const;

/** What is wrong with a line. */
export const planFailures = {
  notJson: (why: string): string => `not JSON: ${why}`,
  tooLong: (characters: number): string => `longer than ${characters} characters; give one order a line`,
  field: (path: string, how: string): string => `${path}: ${how}`,
  line: 'line',
  notAnOrder: 'must be a JSON object',
  missing: 'is missing',
  notAnInstant: 'must be an instant in ISO 8601 with its zone, such as 2026-11-13T15:00:00-08:00',
  notADate: 'must be a date that exists, as YYYY-MM-DD',
  notATimeOfDay: 'must be a time of day as HH:MM, 00:00 to 23:59',
  notOneOf: (values: readonly string[]): string => `must be ${listOf(values)}`,
  notDays: (most: number): string => `must be a whole number from 0 to ${most}`,
  notWeekdays: 'must be a list of ISO weekdays, 1 (Monday) to 7',
  notDates: 'must be a list of dates as YYYY-MM-DD',
  notAnObject: 'must be an object',
  notAZone: 'must be an IANA time zone such as America/Los_Angeles',
  notSeconds: 'must be Unix seconds, 0 for none',
  closesBeforeOpening: 'must be later than opensAt',
  misspelt: (known: string): string => `is not a field; write ${known}`,
  outsideYears: (first: string, last: string): string =>
    `the order or a deadline of it lies outside ${first} to ${last}, the years whose holidays are known`,
  unplanned: (why: string): string => `cannot be planned: ${why}`,
  refused: (lines: number, first: number): string =>
    `${lines} ${lines === 1 ? 'line was' : 'lines were'} refused, the first is line ${first}; correct what its answer says and run it again.`,
} as const;

/** Why a planned handover is refused. */
export const handoverRefusals = {
  over: (at: string): string =>
    `${at} is over at this shop, so no handover can be planned for it; name an instant to come, or report what was handed over.`,
} as const;

const listOf = (values: readonly string[]): string =>
  values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
