import type { Counts } from '../domain/manifest/event';
import type { ManifestKey } from '../domain/manifest/manifest';
import { manifestFolder } from '../workflows/messages-manifest';
import { namesIn, type FormDocuments } from './form-io';

/**
 * How many are on a manifest is counted by listing its documents, which takes the longer the more there are. So it is counted each
 * time while they are few, and then every fiftieth time: between two counts its manifest knows a few too little, and once its forms
 * are made they say it. Counted at each join, 7,000 joins list 24 million names.
 */
const COUNTED_EACH_TIME = 50;
const COUNT_EVERY = 50;

/** More manifests than are open at once. */
const MOST_KNOWN = 500;

type Known = { counts: Counts; since: number };

/** By where documents lie, so that no two stores mix. A worker that begins anew counts anew. */
const KNOWN = new WeakMap<FormDocuments['documents'], Map<string, Known>>();

/** The counts of a manifest; undefined where they are not worth their price this time. */
export async function countMembers(ports: FormDocuments, key: ManifestKey): Promise<Counts | undefined> {
  const folder = manifestFolder(key);
  const known = KNOWN.get(ports.documents) ?? new Map<string, Known>();
  KNOWN.set(ports.documents, known);
  const last = known.get(folder);
  if (last !== undefined && last.counts.joined >= COUNTED_EACH_TIME && last.since + 1 < COUNT_EVERY) {
    last.since += 1;
    return undefined;
  }
  const [joined, left] = [await namesIn(ports, `${folder}/members`), await namesIn(ports, `${folder}/left`)];
  const members = new Set(joined);
  // Who looked and was not there left a mark, and was no member.
  const counts = { joined: joined.length, left: left.filter((name) => members.has(name)).length };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(folder, { counts, since: 0 });
  return counts;
}
