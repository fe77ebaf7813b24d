import { z } from 'zod';
import type { Counts } from '../domain/manifest/event';
import type { ManifestKey, Member, MemberRef } from '../domain/manifest/manifest';
import type { MailingDay } from '../domain/time/mailing-date';
import { manifestFolder, manifestNote } from '../workflows/messages-manifest';
import type { Ports } from './ports';

/** A parcel's one stay on a manifest: one that left and comes back has another turn, and so is another member. */
export type Stay = MemberRef & { turn: number };

const MemberDocument = z.object({
  orderId: z.string(),
  package: z.string(),
  shipmentId: z.string(),
  trackingNumber: z.string(),
  joinedAt: z.number(),
});

const Ref = z.object({ orderId: z.string(), package: z.string() });
const Closed = z.object({ at: z.number() });
const Place = z.object({ date: z.string(), closesAt: z.number(), asksAt: z.number() });

/** The names of the stays that a form is asked for. */
const Listed = z.object({ names: z.array(z.string()) });

/** A parcel that the provider did not take, and why. */
const Dropped = Ref.extend({ reason: z.string().optional() });
export type Dropped = z.infer<typeof Dropped>;

/** The form and who is on it. `leftOff`: who was on its list and is not on it. */
const FormDocument = z.object({
  formId: z.string(),
  number: z.string().nullable(),
  madeAt: z.number(),
  sha256: z.string(),
  members: z.array(Ref.extend({ trackingNumber: z.string() })),
  leftOff: z.array(Dropped),
});
export type FormDocument = z.infer<typeof FormDocument>;

/** How a manifest ended that has no form. Final, so that a run that is played again makes none either. */
const Ending = z.object({ kind: z.enum(['empty', 'refused']), reason: z.string(), members: z.array(Ref) });
export type Ending = z.infer<typeof Ending>;

/** A day's documents are read this many at once. */
const READ_AT_ONCE = 50;

type Documents = Pick<Ports, 'documents'>;

const stayName = ({ orderId, package: parcel, turn }: Stay): string => `${orderId}-${parcel}.${turn}`;

export const refOf = ({ orderId, package: parcel }: MemberRef): MemberRef => ({ orderId, package: parcel });

async function readAs<T>({ documents }: Documents, key: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await documents.get(key);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}

async function keep({ documents }: Documents, key: string, content: object): Promise<boolean> {
  return documents.putIfAbsent(key, JSON.stringify(content));
}

/** Writes it unless something stands there; what stands there then, whoever wrote it. */
async function settle<T extends object>(ports: Documents, key: string, as: { schema: z.ZodType<T>; content: T }) {
  await keep(ports, key, as.content);
  return (await readAs(ports, key, as.schema)) ?? as.content;
}

const placeKey = ({ account, shipFrom }: Omit<ManifestKey, 'date'>, stay: Stay, after: string | undefined): string =>
  `manifests/${account}/${shipFrom}/places/${stayName(stay)}${after === undefined ? '' : `.${after}`}`;

/** Gives a stay its date. The first answer stands, however late it is asked again. */
export const rememberPlace = (
  ports: Documents,
  where: Omit<ManifestKey, 'date'>,
  { stay, after, place }: { stay: Stay; after: string | undefined; place: MailingDay },
): Promise<MailingDay> => settle(ports, placeKey(where, stay, after), { schema: Place, content: place });

export const putMember = (
  ports: Documents,
  key: ManifestKey,
  { stay, member }: { stay: Stay; member: Member },
): Promise<boolean> => keep(ports, `${manifestFolder(key)}/members/${stayName(stay)}`, member);

export const isMember = async ({ documents }: Documents, key: ManifestKey, stay: Stay): Promise<boolean> =>
  (await documents.get(`${manifestFolder(key)}/members/${stayName(stay)}`)) !== undefined;

export const putLeaver = (
  ports: Documents,
  key: ManifestKey,
  { stay, at }: { stay: Stay; at: number },
): Promise<boolean> => keep(ports, `${manifestFolder(key)}/left/${stayName(stay)}`, { at });

async function namesIn({ documents }: Documents, key: ManifestKey, part: 'members' | 'left'): Promise<string[]> {
  const folder = `${manifestFolder(key)}/${part}`;
  return (await documents.list(folder)).map((found) => found.slice(folder.length + 1));
}

export async function countMembers(ports: Documents, key: ManifestKey): Promise<Counts> {
  const [joined, left] = [await namesIn(ports, key, 'members'), await namesIn(ports, key, 'left')];
  return { joined: joined.length, left: left.length };
}

/**
 * Who the form of a closed date is asked for: written once, by its making or by a parcel that would leave at that very moment,
 * so that both go by the same list.
 */
async function settleList(ports: Documents, key: ManifestKey): Promise<ReadonlySet<string>> {
  const document = `${manifestFolder(key)}/listed`;
  const known = await readAs(ports, document, Listed);
  if (known !== undefined) return new Set(known.names);
  const gone = new Set(await namesIn(ports, key, 'left'));
  const names = (await namesIn(ports, key, 'members')).filter((name) => !gone.has(name));
  return new Set((await settle(ports, document, { schema: Listed, content: { names } })).names);
}

/** Whether the form of a closed date is asked for with this stay. */
export const isListed = async (ports: Documents, key: ManifestKey, stay: Stay): Promise<boolean> =>
  (await settleList(ports, key)).has(stayName(stay));

/** Of a closed date: everybody who ever joined, by name, and who of them its form is asked for. */
export async function readMembers(ports: Documents, key: ManifestKey): Promise<{ ever: Member[]; listed: Member[] }> {
  const list = await settleList(ports, key);
  const names = await namesIn(ports, key, 'members');
  const found = await inTurns(names, async (name) => {
    const member = await readAs(ports, `${manifestFolder(key)}/members/${name}`, MemberDocument);
    return member === undefined ? [] : [{ member, isListed: list.has(name) }];
  });
  const ever = found.flat();
  return { ever: ever.map(({ member }) => member), listed: ever.flatMap((one) => (one.isListed ? [one.member] : [])) };
}

/** Closes it; the first instant stands. */
export const putClosed = async (ports: Documents, key: ManifestKey, at: number): Promise<number> =>
  (await settle(ports, `${manifestFolder(key)}/closed`, { schema: Closed, content: { at } })).at;

export const isClosed = async (ports: Documents, key: ManifestKey): Promise<boolean> =>
  (await readAs(ports, `${manifestFolder(key)}/closed`, Closed)) !== undefined;

export const readForm = (ports: Documents, key: ManifestKey): Promise<FormDocument | undefined> =>
  readAs(ports, `${manifestFolder(key)}/form`, FormDocument);

/**
 * Keeps a form with its file, the file first: where a form has a hash, there is its file. A file that an earlier attempt kept is
 * the same one: a form is final.
 */
export async function putForm(
  ports: Documents,
  key: ManifestKey,
  { form, file }: { form: FormDocument; file?: Uint8Array },
): Promise<FormDocument> {
  if (file !== undefined) await ports.documents.putFileIfAbsent(`${manifestFolder(key)}/form.pdf`, file);
  return settle(ports, `${manifestFolder(key)}/form`, { schema: FormDocument, content: form });
}

export const readEnding = (ports: Documents, key: ManifestKey): Promise<Ending | undefined> =>
  readAs(ports, `${manifestFolder(key)}/ending`, Ending);

export const putEnding = (ports: Documents, key: ManifestKey, ending: Ending): Promise<Ending> =>
  settle(ports, `${manifestFolder(key)}/ending`, { schema: Ending, content: ending });

/** Whom the provider would not take: written before the form is asked for without them. */
export const putDropped = (ports: Documents, key: ManifestKey, members: readonly Dropped[]): Promise<boolean> =>
  keep(ports, `${manifestFolder(key)}/dropped`, members);

export const readDropped = async (ports: Documents, key: ManifestKey): Promise<Dropped[]> =>
  (await readAs(ports, `${manifestFolder(key)}/dropped`, z.array(Dropped))) ?? [];

/** Keeps a report of the scan under the next name: the first `scan`, then `scan-2`, `scan-3`. The same one is kept once. */
export async function putScan(ports: Documents, key: ManifestKey, scan: object): Promise<void> {
  for (let number = 1; ; number += 1) {
    const name = `${manifestFolder(key)}/${number === 1 ? 'scan' : `scan-${number}`}`;
    if (await keep(ports, name, scan)) return;
    if ((await ports.documents.get(name)) === JSON.stringify(scan)) return;
  }
}

/** What a person wrote, by its hash; undefined if nobody kept it. */
export const readNote = async (ports: Documents, key: ManifestKey, hash: string): Promise<string | undefined> =>
  (await readAs(ports, manifestNote(key, hash), z.object({ text: z.string() })))?.text;

/** Whether a form is this manifest's: the first that says so has it, and no other. */
export async function claimForm(ports: Documents, key: ManifestKey, formId: string): Promise<boolean> {
  const claim = `forms/${key.account}/${formId}`;
  if (await keep(ports, claim, { folder: manifestFolder(key) })) return true;
  return (await ports.documents.get(claim)) === JSON.stringify({ folder: manifestFolder(key) });
}

/** Where the documents of a form's manifest lie, if it is one of ours. */
export const folderOfForm = async (ports: Documents, account: string, formId: string): Promise<string | undefined> =>
  (await readAs(ports, `forms/${account}/${formId}`, z.object({ folder: z.string() })))?.folder;

export const hasScan = async ({ documents }: Documents, folder: string): Promise<boolean> =>
  (await documents.get(`${folder}/scan`)) !== undefined;

/** A parcel comes back to a form a few times at most. */
const MOST_TURNS = 5;

/** Whether a person showed that a form was scanned which a parcel is on: by what we wrote down ourselves, whatever its provider tells. */
export async function isOnScannedForm(
  ports: Documents,
  where: Omit<ManifestKey, 'date'>,
  { parcel, trackingNumber }: { parcel: MemberRef; trackingNumber: string },
): Promise<boolean> {
  for (let turn = 1; turn <= MOST_TURNS; turn += 1) {
    const place = await readAs(ports, placeKey(where, { ...parcel, turn }, undefined), Place);
    if (place === undefined) return false;
    const key = { ...where, date: place.date };
    const form = await readForm(ports, key);
    const isOn = form?.members.some((member) => member.trackingNumber === trackingNumber) === true;
    if (isOn && (await hasScan(ports, manifestFolder(key)))) return true;
  }
  return false;
}

/** Works on all items, a few at once, in their order. */
export async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += READ_AT_ONCE) {
    results.push(...(await Promise.all(items.slice(from, from + READ_AT_ONCE).map(work))));
  }
  return results;
}
