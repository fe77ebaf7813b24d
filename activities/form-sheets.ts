import { z } from 'zod';
import type { ManifestKey, Member } from '../domain/manifest/manifest';
import { manifestFolder } from '../workflows/messages-manifest';
import { keep, readAs, settle, type FormDocuments } from './form-io';
import { Dropped, refKey } from './manifest-documents';

/**
 * A closing's parcels are cut into sheets, and a sheet that is refused into smaller ones. Each is a node of a tree: its path says how
 * it came to be, and its outcome is a document, written before the next call is made. So a run that is played again walks the same
 * tree, and asks for nothing that was answered.
 */
export type Sheet = {
  path: string;
  parcels: readonly Member[];
  /** Cut from the list, and not from another sheet. */
  isFirst?: true;
  /** A single parcel that is asked for to learn what became of all. */
  isProbe?: true;
  /** Cut from a sheet whose call was begun and whose answer was never heard: these may be on the form that it made. */
  mayBeMade?: true;
};

/** A form as it was made. `trackingNumbers`: of our parcels. `isLost`: made, and not told which it is. */
const SheetForm = z.object({
  formId: z.string(),
  number: z.string().nullable(),
  sha256: z.string(),
  trackingNumbers: z.array(z.string()),
  isLost: z.literal(true).exactOptional(),
});
export type SheetForm = z.infer<typeof SheetForm>;

/**
 * What became of a sheet. `without`: asked for again without those whom the carrier names. `probed`: single parcels were asked for to
 * learn whether all are on a form, and they are not. `halved`: nobody is named. `bad`: nothing of it goes on a form. `mayBeMade`: what
 * is cut from it may be on a form that an earlier attempt made of it.
 */
const MayBeMade = { mayBeMade: z.literal(true).exactOptional() };
const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('formed'), form: SheetForm }),
  z.object({ kind: z.literal('without'), dropped: z.array(Dropped), ...MayBeMade }),
  z.object({ kind: z.literal('probed'), probes: z.int(), ...MayBeMade }),
  z.object({ kind: z.literal('halved'), code: z.string(), reason: z.string(), ...MayBeMade }),
  z.object({ kind: z.literal('bad'), code: z.string(), reason: z.string() }),
]);
export type Outcome = z.infer<typeof Outcome>;

const Plan = z.object({ most: z.int().positive() });
const Begun = z.object({ formId: z.string() });

/** EasyPost and ShipSaving publish no maximum. This is our own caution: what is refused as a whole is then never a day's work. */
const OUR_MOST = 1_000;

const sheetKey = (key: ManifestKey, path: string): string => `${manifestFolder(key)}/sheets/${path}`;

/** Cuts a closing's parcels into sheets. The first cut stands, whatever the provider's maximum is later. */
export async function cutSheets(
  ports: FormDocuments,
  key: ManifestKey,
  { parcels, most }: { parcels: readonly Member[]; most: number | null },
): Promise<Sheet[]> {
  const content = { most: most ?? OUR_MOST };
  const plan = await settle(ports, sheetKey(key, 'plan'), { schema: Plan, content });
  const count = Math.ceil(parcels.length / plan.most);
  return Array.from({ length: count }, (_, index) => ({
    path: String(index + 1),
    parcels: parcels.slice(index * plan.most, (index + 1) * plan.most),
    isFirst: true,
  }));
}

export const readOutcome = (ports: FormDocuments, key: ManifestKey, path: string): Promise<Outcome | undefined> =>
  readAs(ports, sheetKey(key, path), Outcome);

export const putOutcome = (
  ports: FormDocuments,
  key: ManifestKey,
  { path, outcome }: { path: string; outcome: Outcome },
): Promise<Outcome> => settle(ports, sheetKey(key, path), { schema: Outcome, content: outcome });

/** A sheet's call was begun: what became of it may be unknown. */
export const isBegun = async ({ documents }: FormDocuments, key: ManifestKey, path: string): Promise<boolean> =>
  (await documents.get(`${sheetKey(key, path)}-begun`)) !== undefined;

export const putBegun = (ports: FormDocuments, key: ManifestKey, path: string): Promise<boolean> =>
  keep(ports, `${sheetKey(key, path)}-begun`, {});

/** The form that a provider is still making of a sheet. */
export const readMaking = async (ports: FormDocuments, key: ManifestKey, path: string): Promise<string | undefined> =>
  (await readAs(ports, `${sheetKey(key, path)}-form`, Begun))?.formId;

export const putMaking = (
  ports: FormDocuments,
  key: ManifestKey,
  { path, formId }: { path: string; formId: string },
): Promise<boolean> => keep(ports, `${sheetKey(key, path)}-form`, { formId });

/** What is cut from a sheet that may be made already may be on its form. */
export const handedOn = (outcome: Outcome): Outcome =>
  outcome.kind === 'without' || outcome.kind === 'halved' ? { ...outcome, mayBeMade: true } : outcome;

/** The sheets that come of a sheet's outcome. */
export function sheetsAfter(sheet: Sheet, outcome: Outcome): Sheet[] {
  const isMade = 'mayBeMade' in outcome ? { mayBeMade: true as const } : {};
  return cutAfter(sheet, outcome).map((next) => ({ ...next, ...isMade }));
}

function cutAfter(sheet: Sheet, outcome: Outcome): Sheet[] {
  switch (outcome.kind) {
    case 'formed': {
      const isOn = new Set(outcome.form.trackingNumbers);
      // What a form took none of is on no form however often it is asked for.
      const rest = sheet.parcels.filter(({ trackingNumber }) => !isOn.has(trackingNumber));
      return rest.length === sheet.parcels.length ? [] : restOf(sheet, rest);
    }
    case 'without': {
      const gone = new Set(outcome.dropped.map(refKey));
      return restOf(
        sheet,
        sheet.parcels.filter((member) => !gone.has(refKey(member))),
      );
    }
    case 'probed': {
      const probes = new Set(
        probesOf(sheet)
          // Those before the last are on some form: where that may be the one that was made, they stay with the others.
          .slice(outcome.mayBeMade === true ? outcome.probes - 1 : 0, outcome.probes)
          .map(({ parcels: [parcel] }) => parcel),
      );
      return restOf(
        sheet,
        sheet.parcels.filter((member) => !probes.has(member)),
      );
    }
    case 'halved':
      return halvesOf(sheet);
    case 'bad':
      return [];
  }
}

/** Single parcels of a sheet that are asked for: the first and the last. */
export function probesOf({ path, parcels }: Sheet): Sheet[] {
  const chosen = [...new Set([parcels[0], parcels.at(-1)])].flatMap((parcel) => parcel ?? []);
  return chosen.map((parcel, index) => ({ path: `${path}p${index + 1}`, parcels: [parcel], isProbe: true }));
}

const REST = /\.(\d+)$/;

/** A name of bounded length, however often a sheet is asked for without some. */
function restOf({ path }: Sheet, parcels: readonly Member[]): Sheet[] {
  const number = Number(REST.exec(path)?.[1] ?? 0) + 1;
  return parcels.length === 0 ? [] : [{ path: `${path.replace(REST, '')}.${number}`, parcels }];
}

function halvesOf({ path, parcels }: Sheet): Sheet[] {
  const middle = Math.ceil(parcels.length / 2);
  return [
    { path: `${path}a`, parcels: parcels.slice(0, middle) },
    { path: `${path}b`, parcels: parcels.slice(middle) },
  ];
}
