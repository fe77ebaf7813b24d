import { z } from 'zod';
import type { ManifestKey, Member } from '../domain/manifest/manifest';
import { manifestFolder } from '../workflows/messages-manifest';
import { inTurns, keep, namesIn, readAs, settle, type FormDocuments } from './form-io';
import { Member as MemberDocument } from './manifest-documents';

/** Who the form of a closed manifest is asked for. */

/** The names of the stays that a form is asked for. `unloaded`: those that were packed, and not seen when the truck was loaded. */
const Listed = z.object({ names: z.array(z.string()), unloaded: z.array(z.string()).exactOptional() });
type Listed = z.infer<typeof Listed>;

const Closed = z.object({ at: z.number() });

const closedKey = (key: ManifestKey): string => `${manifestFolder(key)}/closed`;
const listedKey = (key: ManifestKey): string => `${manifestFolder(key)}/listed`;

/** Closes it; the first instant stands. */
export const putClosed = async (ports: FormDocuments, key: ManifestKey, at: number): Promise<number> =>
  (await settle(ports, closedKey(key), { schema: Closed, content: { at } })).at;

export const isClosed = async (ports: FormDocuments, key: ManifestKey): Promise<boolean> =>
  (await readAs(ports, closedKey(key), Closed)) !== undefined;

const Left = z.object({ at: z.number() });
const Scanned = z.object({ at: z.number() });

const readMember = (ports: FormDocuments, key: ManifestKey, name: string): Promise<Member | undefined> =>
  readAs(ports, `${manifestFolder(key)}/members/${name}`, MemberDocument);

/**
 * Settles who the form of a closed manifest is asked for: written once, by its making or by a parcel that would leave at that very
 * moment, so that both go by the same list. Where anything was scanned onto the truck, only what was is on it: a form with a piece
 * that is not handed over is void at the counter (ShippingEasy, SCAN Forms).
 */
export async function settleNames(ports: FormDocuments, key: ManifestKey): Promise<Listed> {
  const known = await readAs(ports, listedKey(key), Listed);
  if (known !== undefined) return known;
  const folder = manifestFolder(key);
  const gone = new Set(await namesIn(ports, `${folder}/left`));
  const there = (await namesIn(ports, `${folder}/members`)).filter((name) => !gone.has(name));
  const loaded = new Set(await namesIn(ports, `${folder}/loaded`));
  const content = loaded.size === 0 ? { names: there } : await splitByLoading(ports, key, { there, loaded });
  return settle(ports, listedKey(key), { schema: Listed, content });
}

type Loading = { there: string[]; loaded: ReadonlySet<string> };

async function splitByLoading(ports: FormDocuments, key: ManifestKey, { there, loaded }: Loading): Promise<Listed> {
  const members = await inTurns(there, async (name) => ({ name, member: await readMember(ports, key, name) }));
  const onTruck = new Map(
    members.flatMap(({ name, member }) =>
      member !== undefined && loaded.has(member.trackingNumber) ? [[name, member.trackingNumber] as const] : [],
    ),
  );
  if (!(await wasLoaded(ports, key, [...onTruck.values()]))) return { names: there };
  return { names: there.filter((name) => onTruck.has(name)), unloaded: there.filter((name) => !onTruck.has(name)) };
}

/**
 * Whether the truck was loaded by scanning: one of these was scanned before the closing. The first scan of all that comes between the
 * closing and the settling of the list must not take everybody else off it; where there were some before, it counts like them, so
 * that nobody who was told to load a parcel finds it on no form.
 */
async function wasLoaded(ports: FormDocuments, key: ManifestKey, numbers: readonly string[]): Promise<boolean> {
  const { at: closedAt } = (await readAs(ports, closedKey(key), Closed)) ?? { at: Infinity };
  const scans = await inTurns(numbers, (number) => readAs(ports, `${manifestFolder(key)}/loaded/${number}`, Scanned));
  return scans.some((scan) => scan !== undefined && scan.at <= closedAt);
}

/** Whether the form of a closed manifest is asked for with this stay. */
export const isListed = async (ports: FormDocuments, key: ManifestKey, stay: string): Promise<boolean> =>
  (await settleNames(ports, key)).names.includes(stay);

/** Whether it was settled that this stay goes with a later form, because it was not on the truck. */
export const isUnloaded = async (ports: FormDocuments, key: ManifestKey, stay: string): Promise<boolean> =>
  (await readAs(ports, listedKey(key), Listed))?.unloaded?.includes(stay) === true;

/** Everybody who ever joined, by name, and who of them the form is asked for; `unloaded` go with a later one. */
export type Members = { ever: Member[]; listed: Member[]; unloaded: Member[] };

/** Of a closed manifest. */
export async function readMembers(ports: FormDocuments, key: ManifestKey): Promise<Members> {
  const { names: listed, unloaded = [] } = await settleNames(ports, key);
  const names = await namesIn(ports, `${manifestFolder(key)}/members`);
  const found = await inTurns(names, async (name) => ({ name, member: await readMember(ports, key, name) }));
  const pick = (wanted: ReadonlySet<string>): Member[] =>
    found.flatMap(({ name, member }) => (member !== undefined && wanted.has(name) ? [member] : []));
  return { ever: pick(new Set(names)), listed: pick(new Set(listed)), unloaded: pick(new Set(unloaded)) };
}

/** People say whole minutes: 15:00 is said of a form that was made at 15:00:40. */
const MINUTE_MS = 60_000;

/**
 * Who stood on the list of a manifest when a person made its form. What was closed by then has its list; else everybody who had joined
 * and not left. `unclear`: who was or was not cannot be told, because somebody came or went in that very minute, or because what was
 * on the truck later was not chosen by then.
 */
export async function membersAt(ports: FormDocuments, key: ManifestKey, madeAt: number): Promise<Member[] | 'unclear'> {
  const closed = await readAs(ports, closedKey(key), Closed);
  const { names, unloaded = [] } = await settleNames(ports, key);
  if (closed !== undefined && closed.at <= madeAt) return membersCalled(ports, key, names);
  const all = await namesIn(ports, `${manifestFolder(key)}/members`);
  const stays = await inTurns(all, async (name) => ({ name, ...(await spanOf(ports, key, name)) }));
  const wasOn = (at: number) => stays.filter(({ from, to }) => from <= at && at < to).map(({ name }) => name);
  const [before, after] = [wasOn(madeAt), wasOn(madeAt + MINUTE_MS)];
  const isUnclear = before.join() !== after.join() || before.some((name) => unloaded.includes(name));
  return isUnclear ? 'unclear' : membersCalled(ports, key, before);
}

/** From when until when it was on the list. */
async function spanOf(ports: FormDocuments, key: ManifestKey, name: string): Promise<{ from: number; to: number }> {
  const member = await readMember(ports, key, name);
  const left = await readAs(ports, `${manifestFolder(key)}/left/${name}`, Left);
  return { from: member?.joinedAt ?? Infinity, to: left?.at ?? Infinity };
}

const membersCalled = async (ports: FormDocuments, key: ManifestKey, names: readonly string[]): Promise<Member[]> =>
  (await inTurns(names, (name) => readMember(ports, key, name))).flatMap((member) => member ?? []);

/** Numbers that a person brought as those on a form, by the SHA-256 of their list; undefined if nobody kept it. */
export const readNumbers = (ports: FormDocuments, key: ManifestKey, hash: string): Promise<string[] | undefined> =>
  readAs(ports, `${manifestFolder(key)}/lists/${hash}`, z.array(z.string()));

/** Numbers on a form that are none of its manifest's parcels: for people to look at. */
export const putStrangers = (ports: FormDocuments, key: ManifestKey, numbers: readonly string[]): Promise<boolean> =>
  keep(ports, `${manifestFolder(key)}/strangers`, numbers);
