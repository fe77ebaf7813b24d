import { z } from 'zod';
import type { ManifestKey, MemberRef } from '../domain/manifest/manifest';
import type { MailingDay } from '../domain/time/mailing-date';
import { manifestFolder, manifestNote } from '../workflows/messages-manifest';
import { keep, readAs, settle, type FormDocuments } from './form-io';

/** A parcel's one stay on a manifest: one that left and comes back has another turn, and so is another member. */
export type Stay = MemberRef & { turn: number };

export const Member = z.object({
  orderId: z.string(),
  package: z.string(),
  shipmentId: z.string(),
  trackingNumber: z.string(),
  joinedAt: z.number(),
});

const Ref = z.object({ orderId: z.string(), package: z.string() });
const Place = z.object({ date: z.string(), closesAt: z.number(), asksAt: z.number(), round: z.int().exactOptional() });

/** Where a stay was given its place: a mailing date and, where several forms are made on it, which of them. */
export type Place = MailingDay & { round?: number };

/** A date and round whose form was closed without a parcel. */
export type After = Pick<ManifestKey, 'date' | 'round'>;

/** The forms of one account and ship-from. */
export type Where = Pick<ManifestKey, 'account' | 'shipFrom'>;

/** A parcel that the provider did not take, and why. */
export const Dropped = Ref.extend({ trackingNumber: z.string().exactOptional(), reason: z.string().optional() });
export type Dropped = z.infer<typeof Dropped>;

/**
 * A form and who is on it. `leftOff`: who was asked for and is on no form. `late`: who goes with a later one. Both of the whole
 * manifest, and both with its first form. `isLost`: the provider made it and did not say which it is: a person takes it from the
 * account.
 */
const FormDocument = z.object({
  formId: z.string(),
  number: z.string().nullable(),
  madeAt: z.number(),
  sha256: z.string(),
  members: z.array(Ref.extend({ trackingNumber: z.string() })),
  leftOff: z.array(Dropped),
  late: z.array(Ref).exactOptional(),
  strangers: z.int().exactOptional(),
  isLost: z.literal(true).exactOptional(),
});
export type FormDocument = z.infer<typeof FormDocument>;

/**
 * How a manifest ended that has no form. `late`: who goes with a later one. Final, so that a run that is played again makes none
 * either.
 */
const Ending = z.object({
  kind: z.enum(['empty', 'refused']),
  reason: z.string(),
  members: z.array(Dropped),
  late: z.array(Ref).exactOptional(),
});
export type Ending = z.infer<typeof Ending>;

export const stayName = ({ orderId, package: parcel, turn }: Stay): string => `${orderId}-${parcel}.${turn}`;

export const refOf = ({ orderId, package: parcel }: MemberRef): MemberRef => ({ orderId, package: parcel });

/** A parcel on a list of them. */
export const refKey = ({ orderId, package: parcel }: MemberRef): string => `${orderId}-${parcel}`;

function placeKey({ account, shipFrom }: Where, stay: Stay, after: After | undefined): string {
  const place = `manifests/${account}/${shipFrom}/places/${stayName(stay)}`;
  if (after === undefined) return place;
  const { date, round = 1 } = after;
  return `${place}.${date}${round === 1 ? '' : `.${round}`}`;
}

/** Gives a stay its place. The first answer stands, however late it is asked again. */
export const rememberPlace = (
  ports: FormDocuments,
  where: Where,
  { stay, after, place }: { stay: Stay; after: After | undefined; place: Place },
): Promise<Place> => settle(ports, placeKey(where, stay, after), { schema: Place, content: place });

const readPlace = (
  ports: FormDocuments,
  where: Where,
  { stay, after }: { stay: Stay; after: After | undefined },
): Promise<Place | undefined> => readAs(ports, placeKey(where, stay, after), Place);

/** The manifest of a place. */
export const manifestAt = ({ account, shipFrom }: Where, { date, round }: After): ManifestKey => ({
  account,
  shipFrom,
  date,
  ...(round === undefined ? {} : { round }),
});

export const putMember = (
  ports: FormDocuments,
  key: ManifestKey,
  { stay, member }: { stay: Stay; member: z.infer<typeof Member> },
): Promise<boolean> => keep(ports, `${manifestFolder(key)}/members/${stayName(stay)}`, member);

export const isMember = async ({ documents }: FormDocuments, key: ManifestKey, stay: Stay): Promise<boolean> =>
  (await documents.get(`${manifestFolder(key)}/members/${stayName(stay)}`)) !== undefined;

export const putLeaver = (
  ports: FormDocuments,
  key: ManifestKey,
  { stay, at }: { stay: Stay; at: number },
): Promise<boolean> => keep(ports, `${manifestFolder(key)}/left/${stayName(stay)}`, { at });

/** `form`, `form-2`, `form-3`: the forms of one closing, in the order of their making. */
const formKey = (key: ManifestKey, number: number): string =>
  `${manifestFolder(key)}/form${number === 1 ? '' : `-${number}`}`;

export const formFileKey = (key: ManifestKey, number: number): string => `${formKey(key, number)}.pdf`;

/** All forms of a closing, once it is settled; none before: the first is written last, so that where it stands all of them do. */
export async function readForms(ports: FormDocuments, key: ManifestKey): Promise<FormDocument[]> {
  const forms: FormDocument[] = [];
  for (;;) {
    const form = await readAs(ports, formKey(key, forms.length + 1), FormDocument);
    if (form === undefined) return forms;
    forms.push(form);
  }
}

/** The form that a parcel is on, among those of a manifest. */
export const formWith = (forms: readonly FormDocument[], trackingNumber: string): FormDocument | undefined =>
  forms.find(({ members }) => members.some((member) => member.trackingNumber === trackingNumber));

/** Keeps the forms of a closing, the first one last. What stands there already stays. */
export async function putForms(ports: FormDocuments, key: ManifestKey, forms: readonly FormDocument[]): Promise<void> {
  for (let number = forms.length; number >= 1; number -= 1) {
    const form = forms[number - 1];
    if (form !== undefined) await keep(ports, formKey(key, number), form);
  }
}

export const readEnding = (ports: FormDocuments, key: ManifestKey): Promise<Ending | undefined> =>
  readAs(ports, `${manifestFolder(key)}/ending`, Ending);

export const putEnding = (ports: FormDocuments, key: ManifestKey, ending: Ending): Promise<Ending> =>
  settle(ports, `${manifestFolder(key)}/ending`, { schema: Ending, content: ending });

/** Whom the provider would not take: written by versions that asked for one form, before they asked for it without them. */
export const readDropped = async (ports: FormDocuments, key: ManifestKey): Promise<Dropped[]> =>
  (await readAs(ports, `${manifestFolder(key)}/dropped`, z.array(Dropped))) ?? [];

/** Keeps a report of the scan under the next name: the first `scan`, then `scan-2`, `scan-3`. The same one is kept once. */
export async function putScan(ports: FormDocuments, key: ManifestKey, scan: object): Promise<void> {
  for (let number = 1; ; number += 1) {
    const name = scanKey(manifestFolder(key), number);
    if (await keep(ports, name, scan)) return;
    if ((await ports.documents.get(name)) === JSON.stringify(scan)) return;
  }
}

const scanKey = (folder: string, number: number): string => `${folder}/${number === 1 ? 'scan' : `scan-${number}`}`;

/** What a person wrote, by its hash; undefined if nobody kept it. */
export const readNote = async (ports: FormDocuments, key: ManifestKey, hash: string): Promise<string | undefined> =>
  (await readAs(ports, manifestNote(key, hash), z.object({ text: z.string() })))?.text;

const claimKey = ({ account }: Pick<ManifestKey, 'account'>, formId: string): string => `forms/${account}/${formId}`;

/** Whether a form is this manifest's: the first that says so has it, and no other. */
export async function claimForm(ports: FormDocuments, key: ManifestKey, formId: string): Promise<boolean> {
  if (await keep(ports, claimKey(key, formId), { folder: manifestFolder(key) })) return true;
  return (await folderOfForm(ports, key.account, formId)) === manifestFolder(key);
}

/** Where the documents of a form's manifest lie, if it is one of ours. */
export const folderOfForm = async (
  ports: FormDocuments,
  account: string,
  formId: string,
): Promise<string | undefined> =>
  (await readAs(ports, claimKey({ account }, formId), z.object({ folder: z.string() })))?.folder;

/** Whether a person showed that a manifest's forms were scanned, or one of them: a report names one, or speaks of all. */
export async function hasScan(ports: FormDocuments, folder: string, formId?: string): Promise<boolean> {
  for (let number = 1; ; number += 1) {
    const scan = await readAs(ports, scanKey(folder, number), z.looseObject({ form: z.string().optional() }));
    if (scan === undefined) return false;
    if (formId === undefined || scan.form === undefined || scan.form === formId) return true;
  }
}

/** A parcel comes back to a form a few times at most, and is late for few. */
const MOST_TURNS = 5;
const MOST_PLACES = 20;

/** Whether a person showed that a form was scanned which a parcel is on: by what we wrote down ourselves, whatever its provider tells. */
export async function isOnScannedForm(
  ports: FormDocuments,
  where: Where,
  { parcel, trackingNumber }: { parcel: MemberRef; trackingNumber: string },
): Promise<boolean> {
  for (let turn = 1; turn <= MOST_TURNS; turn += 1) {
    const places = await placesOf(ports, where, { ...refOf(parcel), turn });
    if (places.length === 0) return false;
    for (const place of places) {
      const key = manifestAt(where, place);
      const form = formWith(await readForms(ports, key), trackingNumber);
      if (form !== undefined && (await hasScan(ports, manifestFolder(key), form.formId))) return true;
    }
  }
  return false;
}

/** All places that a stay was given, one after the other. */
async function placesOf(ports: FormDocuments, where: Where, stay: Stay): Promise<Place[]> {
  const places: Place[] = [];
  while (places.length < MOST_PLACES) {
    const place = await readPlace(ports, where, { stay, after: places.at(-1) });
    if (place === undefined) break;
    places.push(place);
  }
  return places;
}
