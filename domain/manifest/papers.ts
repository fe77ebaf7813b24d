import type { TrackingMark } from '../tracking/mark';
import type { ManifestKey, MemberRef } from './manifest';

/** Where a manifest's documents are read. Nothing here writes, and nothing here knows where they lie. */
export type Shelf = {
  get: (key: string) => Promise<string | undefined>;
  /** The keys under a folder. */
  list: (folder: string) => Promise<string[]>;
};

/** A form as its document tells it. `sha256` is empty where its file never came. */
export type FormPaper = {
  formId: string;
  number: string | null;
  madeAt: number;
  sha256: string;
  members: PaperMember[];
  leftOff: (MemberRef & { trackingNumber?: string; reason?: string })[];
  /** Who was listed and goes with a later form. */
  late: MemberRef[];
};

type PaperMember = MemberRef & { trackingNumber: string };

/** A parcel that joined and did not leave, by the name of its document. */
export type Stay = MemberRef & { name: string };

/** What one manifest's documents say together. */
export type Papers = { key: ManifestKey; stays: Stay[]; forms: FormPaper[]; refused?: string };

/** More forms than one manifest can have at a day's parcels. */
const MOST_FORMS = 200;
/** More rounds than a day has. */
const MOST_ROUNDS = 99;
const READ_AT_ONCE = 50;

/** Part of a manifest's id and of a path: a ship-from's name as both write it. */
export const placeName = (shipFrom: string): string =>
  shipFrom.replace(/[^A-Za-z0-9_.-]/g, '_').replace(/^[^A-Za-z0-9]/, '0');

/** A manifest's forms, in the order in which they were made: `form`, `form-2`, `form-3`. */
export async function formsIn({ get }: Pick<Shelf, 'get'>, folder: string): Promise<FormPaper[]> {
  const forms: FormPaper[] = [];
  for (let number = 1; number <= MOST_FORMS; number += 1) {
    const text = await get(`${folder}/${formName(number)}`);
    if (text === undefined) break;
    forms.push(paperOf(JSON.parse(text)));
  }
  return forms;
}

/** The name of a manifest's nth form, also of its file. */
export const formName = (number: number): string => (number === 1 ? 'form' : `form-${number}`);

/** Who is on its list now, sorted by name. */
export async function staysIn({ list }: Pick<Shelf, 'list'>, folder: string): Promise<Stay[]> {
  const [members, left] = await Promise.all([list(`${folder}/members`), list(`${folder}/left`)]);
  const gone = new Set(left.map(nameOf));
  return members
    .map(nameOf)
    .filter((name) => !gone.has(name))
    .flatMap((name) => {
      const parcel = parcelOfStay(name);
      return parcel === undefined ? [] : [{ ...parcel, name }];
    });
}

/** One number per loading scan. */
export const loadedIn = async ({ list }: Pick<Shelf, 'list'>, folder: string): Promise<Set<string>> =>
  new Set((await list(`${folder}/loaded`)).map(nameOf));

/** The number that a parcel joined with. */
export async function numberOf(
  { get }: Pick<Shelf, 'get'>,
  folder: string,
  { name }: Pick<Stay, 'name'>,
): Promise<string | undefined> {
  const text = await get(`${folder}/members/${name}`);
  return text === undefined ? undefined : textOf(fieldsOf(JSON.parse(text))['trackingNumber']);
}

/** Whether anything that is on its list was scanned onto the truck. */
export async function isAnyLoadedIn(shelf: Shelf, folder: string): Promise<boolean> {
  const loaded = await loadedIn(shelf, folder);
  if (loaded.size === 0) return false;
  const numbers = await inTurns(await staysIn(shelf, folder), (stay) => numberOf(shelf, folder, stay));
  return numbers.some((number) => number !== undefined && loaded.has(number));
}

/** The names of the stays that a closed manifest's form is asked for; undefined until that is settled. */
export async function listedIn({ get }: Pick<Shelf, 'get'>, folder: string): Promise<Set<string> | undefined> {
  const text = await get(`${folder}/listed`);
  if (text === undefined) return undefined;
  const { names } = fieldsOf(JSON.parse(text));
  return new Set(Array.isArray(names) ? names.map(textOf) : []);
}

const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

const STAY = /^(?<orderId>\d+)-(?<parcel>.+)\.\d+$/;

/** `<orderId>-<package>.<turn>`; a parcel's name may have dashes itself. */
function parcelOfStay(name: string): MemberRef | undefined {
  const { orderId, parcel } = STAY.exec(name)?.groups ?? {};
  return orderId === undefined || parcel === undefined ? undefined : { orderId, package: parcel };
}

/** All manifests of one account, ship-from and date, round by round; the first round may be missing, then there is none. */
export async function papersOf(
  shelf: Shelf,
  folderOf: (key: ManifestKey) => string,
  about: Omit<ManifestKey, 'round'>,
): Promise<Papers[]> {
  const rounds: Papers[] = [];
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const key = { ...about, ...(round === 1 ? {} : { round }) };
    const folder = folderOf(key);
    const [stays, forms] = [await staysIn(shelf, folder), await formsIn(shelf, folder)];
    const refused = forms.length === 0 ? await refusalIn(shelf, folder) : undefined;
    if (stays.length + forms.length === 0 && refused === undefined && !(await isClosedIn(shelf, folder))) break;
    rounds.push({ key, stays, forms, ...(refused === undefined ? {} : { refused }) });
  }
  return rounds;
}

export const isClosedIn = async ({ get }: Pick<Shelf, 'get'>, folder: string): Promise<boolean> =>
  (await get(`${folder}/closed`)) !== undefined;

/** Whether it ended without a form. */
export const isEndedIn = async ({ get }: Pick<Shelf, 'get'>, folder: string): Promise<boolean> =>
  (await get(`${folder}/ending`)) !== undefined;

/** Why its provider made no form for it. */
async function refusalIn({ get }: Pick<Shelf, 'get'>, folder: string): Promise<string | undefined> {
  const text = await get(`${folder}/ending`);
  const { kind, reason } = text === undefined ? {} : fieldsOf(JSON.parse(text));
  return kind === 'refused' ? textOf(reason) : undefined;
}

/** Whether a carrier has told anything of a parcel but that its label is known. */
export const hasEvent = (mark: Pick<TrackingMark, 'meaning'> | undefined): boolean =>
  mark !== undefined && mark.meaning !== 'none' && mark.meaning !== 'labelCreated';

/** Works on all items, a few at once, in their order. */
export async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += READ_AT_ONCE)
    results.push(...(await Promise.all(items.slice(from, from + READ_AT_ONCE).map(work))));
  return results;
}

// Documents are ours, and older ones have fewer fields: what is not there reads as empty.
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

function paperOf(value: unknown): FormPaper {
  const { formId, number, madeAt, sha256, members, leftOff, late } = fieldsOf(value);
  const refOf = (one: Record<string, unknown>): MemberRef => ({
    orderId: textOf(one['orderId']),
    package: textOf(one['package']),
  });
  return {
    formId: textOf(formId),
    number: typeof number === 'string' ? number : null,
    madeAt: typeof madeAt === 'number' ? madeAt : 0,
    sha256: textOf(sha256),
    members: listOf(members).map((one) => ({ ...refOf(one), trackingNumber: textOf(one['trackingNumber']) })),
    leftOff: listOf(leftOff).map((one) => ({
      ...refOf(one),
      ...(typeof one['trackingNumber'] === 'string' ? { trackingNumber: one['trackingNumber'] } : {}),
      ...(typeof one['reason'] === 'string' ? { reason: one['reason'] } : {}),
    })),
    late: listOf(late).map(refOf),
  };
}
