import { settingsMistakes } from '../../words/settings';
import type { Mistake, Path, WrittenSettings } from './file';
import { sayPath } from './file';
import { labelMistakes } from './label-references';

type Written = Record<string, unknown>;

/**
 * What no single value shows: names that point nowhere, hours that end before they begin. It reads the file as written and not as
 * parsed, so that these are told together with every other mistake.
 */
export function referenceMistakes(file: WrittenSettings, policySets?: readonly string[]): Mistake[] {
  const settings = groupOf(file.value);
  const shipFroms = groupOf(settings['shipFroms']);
  const found = [
    ...Object.entries(shipFroms).flatMap(([name, shipFrom]) => hoursMistakes(['shipFroms', name], groupOf(shipFrom))),
    ...shopsMistakes(settings, policySets),
  ];
  return found.map(({ path, sentence }) => {
    const line = file.lineOf(path);
    return { path: sayPath(path), sentence, ...(line === undefined ? {} : { line }) };
  });
}

type Found = { path: Path; sentence: string };

function shopsMistakes(settings: Written, policySets: readonly string[] | undefined): Found[] {
  const shops = (Array.isArray(settings['shops']) ? settings['shops'] : []).map(groupOf);
  const [shipFroms, carriers] = [namesIn(settings['shipFroms']), namesIn(settings['carriers'])];
  const lacksApp = shops.length > 0 && settings['tiktok'] === undefined;
  return [
    ...(lacksApp ? [{ path: ['tiktok'], sentence: settingsMistakes.needsTikTok }] : []),
    ...shops.flatMap((shop, index) => [
      ...unknownName(['shops', index, 'shipFrom'], shop, { known: shipFroms, say: settingsMistakes.unknownShipFrom }),
      ...unknownWarehouses(['shops', index, 'warehouses'], shop, shipFroms),
      ...unknownCarriers(['shops', index, 'carrier'], shop, carriers),
      ...unknownName(['shops', index, 'policySet'], shop, { known: policySets, say: settingsMistakes.unknownPolicy }),
      ...labelMistakes(['shops', index], shop, settings['carriers']),
      ...repeated(shops, index),
    ]),
  ];
}

type Names = { known: readonly string[] | undefined; say: (name: string, known: readonly string[]) => string };

function unknownName(path: Path, shop: Written, { known, say }: Names): Found[] {
  const name = shop[String(path.at(-1))];
  // What is no name is told by the schema.
  if (known === undefined || typeof name !== 'string' || name === '' || known.includes(name)) return [];
  return [{ path, sentence: say(name, known) }];
}

/** Each further warehouse is one of the places. */
const unknownWarehouses = (path: Path, shop: Written, known: readonly string[] | undefined): Found[] =>
  Object.entries(groupOf(shop['warehouses'])).flatMap(([id, name]) =>
    unknownName([...path, id], { [id]: name }, { known, say: settingsMistakes.unknownShipFrom }),
  );

/** One account, or several. */
function unknownCarriers(path: Path, { carrier }: Written, known: readonly string[] | undefined): Found[] {
  const say = settingsMistakes.unknownCarrier;
  if (!Array.isArray(carrier)) return unknownName(path, { carrier }, { known, say });
  return carrier.flatMap((name: unknown, index) => unknownName([...path, index], { [index]: name }, { known, say }));
}

function repeated(shops: readonly Written[], index: number): Found[] {
  const id = shops[index]?.['id'];
  const first = shops.findIndex((shop) => shop['id'] === id);
  if (typeof id !== 'string' || first === index) return [];
  return [{ path: ['shops', index, 'id'], sentence: settingsMistakes.twice(id, `shops[${first}]`) }];
}

function hoursMistakes(path: Path, shipFrom: Written): Found[] {
  const [opensAt, closesAt] = [timeOf(shipFrom['opensAt']), timeOf(shipFrom['closesAt'])];
  const cutoffTime = timeOf(shipFrom['cutoffTime']);
  if (closesAt === undefined) return [];
  const late = opensAt !== undefined && opensAt >= closesAt;
  const lateCutoff = cutoffTime !== undefined && cutoffTime >= closesAt;
  return [
    ...(late ? [{ path: [...path, 'opensAt'], sentence: settingsMistakes.opensAfterClosing(opensAt, closesAt) }] : []),
    ...(lateCutoff
      ? [{ path: [...path, 'cutoffTime'], sentence: settingsMistakes.cutoffAfterClosing(cutoffTime, closesAt) }]
      : []),
  ];
}

/** `HH:MM`, which texts compare rightly; the schema tells of anything else. */
const timeOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{2}:\d{2}$/.test(value) ? value : undefined;

const groupOf = (value: unknown): Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Written) : {};

/** Undefined where something else stands in the place of the names: that mistake is enough. */
const namesIn = (value: unknown): string[] | undefined =>
  value === undefined || groupOf(value) === value ? Object.keys(groupOf(value)) : undefined;
