import type { Expected } from '../contracts/settings';

/** What a setting must be, after "give". */
export const expectedWords: Record<Expected, string> = {
  address: 'a country as two capital letters, such as US',
  carrierKind: 'easypost, shipsaving, ups or usps',
  count: 'a whole number from 1 to 60',
  day: 'a day such as 2026-12-24',
  days: 'at least one day of the week, such as [mon, tue, wed, thu, fri]',
  dollars: 'an amount in dollars such as 12 or 12.50',
  digits: 'an id of at most 20 digits, as the platform gives it',
  folder: 'a folder',
  https: 'an address that begins with https:// (http:// on this machine only), without ? or #',
  labelFormat: 'pdf, png or zpl',
  labelRule: 'cheapest, fastest, preferred or reliable',
  list: 'a list: each entry on a line of its own after "- ", or [a, b]',
  logLevel: 'trace, debug, info, warn, error or silent',
  map: 'keys with their values, indented under this one',
  minutes: 'a whole number of minutes from 1 to 1440',
  mode: 'watch, assist or auto',
  name: 'a name of letters, digits and hyphens, at most 40',
  offOrAuto: 'off or auto',
  offOrMap: 'off, or keys with their values, indented under this one',
  offOrRequired: 'off or required',
  onOrOff: 'on or off',
  packedOrBought: 'packed or bought',
  percent: 'a whole number of percent from 0 to 1000',
  port: 'a port from 1 to 65535',
  secret: 'the name of an environment variable as ${NAME}, in capitals',
  size: 'a number such as 10 or 8.5, greater than 0',
  state: 'a state as two capital letters, such as CA',
  text: 'a text',
  timeOfDay: 'a time of day from 00:00 to 23:59, such as 09:00',
  weekday: 'mon, tue, wed, thu, fri, sat or sun (or 1 to 7; 1 is Monday)',
  zip: 'a zip code such as 90021',
  zone: 'the time zone of a place, such as America/Los_Angeles',
};

/** The most that is quoted of a value, in characters. */
const MOST_QUOTED = 80;

/** A text from the file as sentences quote it. */
export function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= MOST_QUOTED ? text : `${characters.slice(0, MOST_QUOTED).join('')}...`;
}

/** What is wrong with YAML, by the parser's code; nothing of the file is repeated. */
const yamlReasons: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: 'a backslash in double quotes has a sign behind it that it cannot have',
  BAD_INDENT: 'a line is not indented as those it belongs to',
  BAD_SCALAR_START: 'a value begins with a sign that needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second key stands on the line of the first',
  BLOCK_IN_FLOW: 'an indented list or group stands inside { } or [ ]',
  DUPLICATE_KEY: 'a key stands here a second time',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  MISSING_CHAR: 'a sign is missing, such as a closing quote, a bracket, a comma or a space',
  MULTILINE_IMPLICIT_KEY: 'a key is spread over lines, or its colon is missing',
  NON_STRING_KEY: 'a key is no plain word',
  TAB_AS_INDENT: 'a tab stands where spaces must',
  UNEXPECTED_TOKEN: 'something stands where nothing of its kind can',
};

/** What is wrong in the configuration file: each names the fix. The path and the line stand around it. */
export const settingsMistakes = {
  at: (path: string, sentence: string, line: number | undefined): string =>
    `${path === '' ? '' : `${path}: `}${sentence}${line === undefined ? '' : ` (line ${line})`}`,
  noFile: (path: string): string => `there is no file ${path}; correct SHIPCLOCK_CONFIG, or write one`,
  unreadableFile: (path: string, code: string): string =>
    `the file ${path} cannot be read (${code}); see to its permissions`,
  tooLarge: (path: string): string => `the file ${path} has more than 1 MB; leave only settings in it`,
  manyDocuments:
    'a second document begins here, and nothing of it would hold; put all settings into one, without --- or ... in between',
  anchor: 'anchors (&name) and aliases (*name) are not read here; write the value out, or put it in quotes',
  notYaml: (code: string, { isBareReference, others }: { isBareReference: boolean; others: number }): string =>
    [
      `this is not YAML: ${yamlReasons[code] ?? 'it cannot be read from here on'}`,
      isBareReference ? 'inside { } or [ ] write "${NAME}" in quotes' : 'correct the line',
      ...(others === 0 ? [] : [`${others} more may come of it`]),
    ].join('; '),
  notMap: 'the file holds no settings; give keys with their values, such as tiktok:, shipFroms:, carriers: and shops:',
  missing: (expected: string): string => `is missing; give ${expected}`,
  empty: (expected: string): string => `nothing stands here; give ${expected}, or remove the key`,
  wrong: (value: string, expected: string): string => `"${shortened(value)}" does not fit; give ${expected}`,
  wrongKind: (expected: string): string => `does not fit; give ${expected}`,
  literalSecret: (variable: string): string =>
    `a secret must not stand in the file; write \${${variable}} and put the secret into that environment variable`,
  unknownKey: (known: readonly string[], meant: string | undefined): string =>
    `is not a setting; ${meant === undefined ? '' : `did you mean ${meant}? `}known here: ${known.join(', ')}`,
  unset: (variable: string): string =>
    `the environment variable ${variable} is not set; set it, or write the value here`,
  unknownShipFrom: (name: string, known: readonly string[]): string =>
    `no ship-from is called "${shortened(name)}"; ${knownOr(known, 'add it under shipFroms')}`,
  unknownCarrier: (name: string, known: readonly string[]): string =>
    `no carrier is called "${shortened(name)}"; ${knownOr(known, 'add it under carriers')}`,
  carrierTwice: (name: string): string => `"${shortened(name)}" stands here a second time; keep one of them`,
  nothingPreferred:
    'is preferred, and nothing is; list under preferred what to buy, such as [{ carrier: USPS }], or give another rule',
  preferredAccount: (name: string, known: readonly string[]): string =>
    `"${shortened(name)}" is none of the carriers of this shop; ${knownOr(known, 'add it under carrier')}`,
  nobodyChecks:
    'no carrier account of this shop can check addresses; add one of kind easypost or shipsaving under carrier, or say off',
  unknownPolicy: (name: string, known: readonly string[]): string =>
    `no rule set is called "${shortened(name)}"; ${knownOr(known, 'leave it out')}`,
  twice: (id: string, first: string): string =>
    `shop ${shortened(id)} stands here a second time, first as ${first}; keep one of them`,
  needsTikTok: 'is missing, and the shops need it; give appKey and serviceId of your app in Partner Center',
  opensAfterClosing: (opensAt: string, closesAt: string): string =>
    `${opensAt} is not before closesAt (${closesAt}); correct one of them`,
  cutoffAfterClosing: (cutoffTime: string, closesAt: string): string =>
    `${cutoffTime} is not before closesAt (${closesAt}), so nobody could send what is ordered until then; give an earlier time`,
  notEnvironment: (name: string, why: string): string =>
    `the environment variable ${name} does not fit (${why}); correct or unset it`,
} as const;

const knownOr = (known: readonly string[], otherwise: string): string =>
  known.length === 0 ? otherwise : `known: ${known.map(shortened).join(', ')}`;

/** What `shipclock config` says. */
export const configWords = {
  group: 'Check, show and apply the configuration file.',
  check: 'Check a configuration file, and name every mistake with its line.',
  checkMore:
    '\nExamples:\n  shipclock config check\n  shipclock config check docs/examples/shipclock.yaml\n  shipclock config check --json',
  show: 'Show what holds now and where it comes from; secrets are shown as set or missing.',
  showMore: '\nExample:\n  shipclock config show --json',
  apply: 'Write the shops and secrets of the configuration file to where the worker and the API read them.',
  applyMore:
    '\nIt can be run any number of times; what is connected stays connected.\n\nExample:\n  shipclock config apply',
  fileArgument: 'the file (SHIPCLOCK_CONFIG, else shipclock.yaml)',

  valid: (path: string, shops: number): string => `${path} is valid: ${shops} ${shops === 1 ? 'shop' : 'shops'}.`,
  unsetSecret: (variable: string, path: string): string =>
    `${variable} is not set in this environment, and ${path} needs it; set it where you run shipclock config apply.`,
  noneToCheck: 'There is no configuration file; the embedded product runs on its sandbox without one.',
  invalid: (path: string, count: number): string =>
    count === 1 ? `${path} has 1 mistake:` : `${path} has ${count} mistakes:`,
  moreMistakes: (count: number): string => `and ${count} more; correct these first`,
  columns: ['SETTING', 'VALUE', 'FROM'],
  fromEnvironment: (variable: string): string => `environment, ${variable}`,
  environment: 'The environment',
  fromFile: (line: number | undefined): string => (line === undefined ? 'file' : `file, line ${line}`),
  fromDefault: 'default',
  secret: (variable: string, isSet: boolean): string => `${isSet ? 'set' : 'missing'} (${variable})`,
  none: '-',
  file: (path: string): string => `Configuration file: ${path}`,
  noFile: 'Configuration file: none; SHIPCLOCK_CONFIG names one, else shipclock.yaml is read.',
  nothingToApply: 'There is no configuration file to apply; write one, see docs/configuration.md.',
  noSecret: (variables: readonly string[]): string =>
    `Nothing was written, because ${variables.join(', ')} ${variables.length === 1 ? 'is' : 'are'} not set in this environment; set ${variables.length === 1 ? 'it' : 'them'} and apply again.`,
  noKeys:
    'Nothing was written, because there are no keys to encrypt secrets with; run npm start once, or shipclock keys create.',
  sandboxShop: (id: string): string =>
    `Shop ${id} is the sandbox's own, and config apply does not write it; take it out of the file, and see docs/labels.md for how to try settings there.`,
  written: (what: string): string => `${what}: written.`,
  unchanged: (what: string): string => `${what}: as it was.`,
  shop: (id: string): string => `Shop ${id}`,
  shopSecrets: (id: string): string => `Secrets of shop ${id}`,
  app: 'Credentials of the TikTok Shop app',
  connectNext: (ids: readonly string[]): string =>
    `Not connected yet: ${ids.join(', ')}. Connect with: npx shipclock connect tiktok`,
} as const;
