import { z } from 'zod';
import { purchaseKey, trackingKey, voidedKey, type Purchase } from '../contracts/label-documents';
import {
  formsIn,
  inTurns,
  isClosedIn,
  isEndedIn,
  listedIn,
  numberOf,
  staysIn,
  type Stay,
} from '../domain/manifest/papers';
import { loadSentences } from '../words/form-cli';
import { manifestFolder, manifestKeyOf } from '../workflows/messages-manifest';
import type { ApiDeps } from './deps';
import { asScanned } from './form-numbers';
import { loadedKey } from './form-parcels';
import { unknownManifest, type ManifestRef } from './manifests';

export const MOST_LOADED_AT_ONCE = 5_000;

/**
 * `closed`: the form was closed without it. `closing`: it is being closed, and who is on it is not settled. What is not `onTruck` or
 * `again` stays off the truck.
 */
type LoadAnswer = keyof typeof loadSentences;

type Loaded = { trackingNumber: string; answer: LoadAnswer; orderId: string | null; sentence: string };

type Loading = { trackingNumbers: readonly string[]; at: number };

/** The manifest as it was when the first number was read. It may close before the last is. */
type Manifest = {
  key: ReturnType<typeof keyOf>;
  folder: string;
  stays: Map<string, Stay>;
  settled: () => Promise<Settled>;
};

/** What a closed manifest says of its parcels: `onForm` by their numbers, `listed` by their stays; neither while it is closing. */
type Settled = { onForm?: Set<string>; listed?: Set<string> };

const Owner = z.object({
  shopId: z.string(),
  orderId: z.string(),
  package: z.string().optional(),
  attempt: z.int().optional(),
});

/** Notes which parcels are on the truck, and answers for each number in the order in which it was scanned. */
export async function loadAll(deps: ApiDeps, ref: ManifestRef, { trackingNumbers, at }: Loading): Promise<Loaded[]> {
  const manifest = await manifestIn(deps, keyOf(ref));
  const numbers = trackingNumbers.map(asScanned);
  const once = [...new Set(numbers)];
  const answered = new Map<string, Loaded>();
  const answers = await inTurns(once, (number) => load(deps, ref, { manifest, number, at }));
  for (const answer of answers) answered.set(answer.trackingNumber, answer);
  const seen = new Set<string>();
  return numbers.flatMap((number) => {
    const answer = answered.get(number);
    const isAgain = seen.has(number) && answer?.answer === 'onTruck';
    seen.add(number);
    if (answer === undefined) return [];
    return [isAgain ? { ...answer, answer: 'again', sentence: loadSentences.again } : answer];
  });
}

function keyOf({ manifest }: ManifestRef) {
  const key = manifestKeyOf(manifest);
  if (key === undefined) throw unknownManifest(manifest);
  return key;
}

async function manifestIn({ documents }: ApiDeps, key: ReturnType<typeof keyOf>): Promise<Manifest> {
  const folder = manifestFolder(key);
  const stays = await staysIn(documents, folder);
  let known: Promise<Settled> | undefined;
  return {
    key,
    folder,
    stays: new Map(stays.map((stay) => [`${stay.orderId}-${stay.package}`, stay])),
    // Thousands of members are read once. What is not settled yet is looked for again.
    settled: async () => {
      known ??= settledIn(documents, folder);
      const settled = await known;
      if (settled.onForm === undefined && settled.listed === undefined) known = undefined;
      return settled;
    },
  };
}

async function settledIn(documents: ApiDeps['documents'], folder: string): Promise<Settled> {
  const forms = await formsIn(documents, folder);
  if (forms.length > 0)
    return { onForm: new Set(forms.flatMap(({ members }) => members.map(({ trackingNumber }) => trackingNumber))) };
  if (await isEndedIn(documents, folder)) return { onForm: new Set() };
  const listed = await listedIn(documents, folder);
  return listed === undefined ? {} : { listed };
}

type One = { manifest: Manifest; number: string; at: number };

async function load(deps: ApiDeps, ref: ManifestRef, { manifest, number, at }: One): Promise<Loaded> {
  const { key, folder } = manifest;
  // It becomes part of a document's key.
  const purchase = /^[0-9A-Z]{1,40}$/.test(number) ? await purchaseOf(deps, ref, number) : undefined;
  const said = (answer: LoadAnswer): Loaded => ({
    trackingNumber: number,
    answer,
    orderId: purchase?.orderId ?? null,
    sentence: loadSentences[answer],
  });
  if (purchase === undefined) return said('notOnForm');
  if (await isGivenBack(deps, purchase)) return said('voided');
  const stay = await stayOf(deps, { manifest, number, purchase });
  if (stay === undefined) return said('notOnForm');
  // What is written after the closing would come too late for the list, and would only mislead whoever reads it.
  if (await isClosedIn(deps.documents, folder)) return said(await afterClosing(manifest, { stay, number }));
  const isNew = await deps.documents.putIfAbsent(loadedKey(key, number), JSON.stringify({ at }));
  // It may have closed between the two: whether its list has the parcel is for the list to say.
  if (await isClosedIn(deps.documents, folder)) return said(await afterClosing(manifest, { stay, number }));
  return said(isNew ? 'onTruck' : 'again');
}

async function afterClosing(
  { settled }: Manifest,
  { stay, number }: { stay: Stay; number: string },
): Promise<LoadAnswer> {
  const { onForm, listed } = await settled();
  if (onForm !== undefined) return onForm.has(number) ? 'onTruck' : 'closed';
  if (listed === undefined) return 'closing';
  return listed.has(stay.name) ? 'onTruck' : 'closed';
}

/** Whose label it is, where this shop bought it. */
async function purchaseOf(
  { documents }: ApiDeps,
  { shopId }: ManifestRef,
  number: string,
): Promise<Purchase | undefined> {
  const text = await documents.get(trackingKey(number));
  const owner = text === undefined ? undefined : Owner.parse(JSON.parse(text));
  if (owner?.shopId !== shopId || owner.package === undefined || owner.attempt === undefined) return undefined;
  return { shopId, orderId: owner.orderId, package: owner.package, attempt: owner.attempt };
}

/** A label that another one took the place of is as bad as one that was given back. */
async function isGivenBack({ documents }: ApiDeps, purchase: Purchase): Promise<boolean> {
  if ((await documents.get(voidedKey(purchase))) !== undefined) return true;
  const next = { ...purchase, attempt: purchase.attempt + 1 };
  return (await documents.get(`${purchaseKey(next)}-bought`)) !== undefined;
}

/** It may have joined under the label that it had before: the document of its stay has the number. */
async function stayOf(
  { documents }: ApiDeps,
  { manifest, number, purchase }: { manifest: Manifest; number: string; purchase: Purchase },
): Promise<Stay | undefined> {
  const stay = manifest.stays.get(`${purchase.orderId}-${purchase.package}`);
  return stay !== undefined && (await numberOf(documents, manifest.folder, stay)) === number ? stay : undefined;
}
