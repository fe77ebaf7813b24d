import { settingsMistakes } from '../../words/settings';
import type { Path } from './file';

type Written = Record<string, unknown>;
type Found = { path: Path; sentence: string };

/** Whether an account of this kind tells if an address can be delivered to, as `adapters/carriers` opens it. */
const CAN_CHECK: ReadonlyMap<unknown, boolean> = new Map([
  ['easypost', true],
  ['shipsaving', true],
  ['ups', false],
  ['usps', false],
]);
const ON: readonly unknown[] = ['on', 'true', 'yes'];
const OFF: readonly unknown[] = ['off', 'false', 'no'];

/**
 * What of a shop's labels no single value shows: wishes that its accounts cannot fulfil, so that nothing would come of them and nobody
 * would be told.
 */
export function labelMistakes(path: Path, shop: Written, carriers: unknown): Found[] {
  const { carrier, labels, addressCheck } = shop;
  const names = (Array.isArray(carrier) ? carrier : [carrier]).filter((name) => typeof name === 'string');
  return [
    ...(Array.isArray(carrier) ? carriersTwice([...path, 'carrier'], carrier) : []),
    ...preferredMistakes([...path, 'labels'], groupOf(labels), names),
    ...(ON.includes(addressCheck) && isNobodyChecking(names, groupOf(carriers))
      ? [{ path: [...path, 'addressCheck'], sentence: settingsMistakes.nobodyChecks }]
      : []),
  ];
}

const carriersTwice = (path: Path, names: readonly unknown[]): Found[] =>
  names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [{ path: [...path, index], sentence: settingsMistakes.carrierTwice(name) }]
      : [],
  );

function preferredMistakes(path: Path, { rule, preferred = [] }: Written, names: readonly string[]): Found[] {
  // What is no list is told by the schema.
  if (!Array.isArray(preferred)) return [];
  const isEmpty = rule === 'preferred' && preferred.length === 0;
  return [
    ...(isEmpty ? [{ path: [...path, 'rule'], sentence: settingsMistakes.nothingPreferred }] : []),
    ...preferred.flatMap((one: unknown, index) => {
      const { account } = groupOf(one);
      if (typeof account !== 'string' || account === '' || names.includes(account)) return [];
      const sentence = settingsMistakes.preferredAccount(account, names);
      return [{ path: [...path, 'preferred', index, 'account'], sentence }];
    }),
  ];
}

/** An account that is not known, or of no known kind, is a mistake of its own, and may be one that can. */
const isNobodyChecking = (names: readonly string[], carriers: Written): boolean =>
  names.length > 0 &&
  names.every((name) => {
    const { kind, enabled } = groupOf(carriers[name]);
    return CAN_CHECK.get(kind) === false || (CAN_CHECK.get(kind) === true && OFF.includes(enabled));
  });

const groupOf = (value: unknown): Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Written) : {};
