import { InvalidArgumentError, Option } from 'commander';
import { PlainFailure } from '../engine/plain-failure';
import { defaultShopId } from '../engine/sandbox-shop';
import { helpWords } from '../words/cli';
import { formCliFailures } from '../words/form-cli';
import { askApi, readAs } from './api';
import { FormDay, ManifestList, type ManifestOfDay } from './form-answer';
import { parseShopId } from './order-ref';

/** What every command about forms takes. */
export interface FormOptions {
  readonly shop: string;
  readonly json?: true;
}

/** Where a manifest is asked about. */
interface At {
  readonly apiUrl: string;
  readonly shop: string;
}

/** `command`: what is done with it, as it is typed. */
interface Wanted extends At {
  readonly command: string;
}

export const shopOption = (): Option =>
  new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId);

/** As many as the API lists. */
const mostListed = 1_000;

/** The address of a manifest in the API. */
export const manifestPath = (shop: string, manifest: string): string =>
  `/v1/manifests/${shop}/${encodeURIComponent(manifest)}`;

/** The id of the manifest that a person means: by its id, by a part that no other has, or the only one of today. */
export async function manifestOf({ apiUrl, shop, command }: Wanted, text: string | undefined): Promise<string> {
  if (text === undefined) return onlyOf(await askDay({ apiUrl, shop }), command);
  const body = await askApi(apiUrl, `/v1/manifests?shop=${shop}&limit=${mostListed}`);
  const all = readAs(ManifestList, body, apiUrl).data;
  if (all.some(({ manifest }) => manifest === text)) return text;
  const found = all.filter(({ manifest }) => manifest.includes(text));
  if (found.length === 0) throw new PlainFailure(formCliFailures.noManifest(text));
  const one = chosenOf(found, text, command);
  if (one === undefined) throw new PlainFailure(formCliFailures.several(text, found.map(inPhase)));
  return one.manifest;
}

type Found = { manifest: string; phase?: string | undefined };

/** There is one to close where one alone is open. */
function chosenOf(found: readonly Found[], text: string, command: string): Found | undefined {
  const open = found.filter(({ phase }) => phase === 'open');
  if (command === 'close' && open.length === 1) return open[0];
  // The id of a day's second form is that of its first with more after it: a date alone means the first.
  const ending = found.filter(({ manifest }) => manifest.endsWith(text));
  return [found, ending].find(({ length }) => length === 1)?.[0];
}

const inPhase = ({ manifest, phase }: Found): string => (phase === undefined ? manifest : `${manifest}, ${phase}`);

/** The forms of a shop's day, as the API answers and as they are read. */
export async function askDay({ apiUrl, shop }: At): Promise<FormDay> {
  return readAs(FormDay, await askApi(apiUrl, `/v1/shops/${shop}/forms`), apiUrl);
}

function onlyOf({ places, today }: FormDay, command: string): string {
  const all = places.flatMap(({ manifests }) => manifests);
  const [only, ...others] = all.filter(({ date }) => date === today);
  if (only === undefined) throw new PlainFailure(formCliFailures.noneToday(all.map(named), command));
  if (others.length === 0) return only.manifest;
  throw new PlainFailure(formCliFailures.whichOne([only, ...others].map(({ manifest }) => manifest)));
}

const named = ({ manifest }: ManifestOfDay): string => manifest;

/** On a Sunday or a holiday there is none of today: what was packed goes on the next mailing date's. */
export function noneOpenToday({ places, today }: FormDay): string {
  const later = places
    .flatMap(({ manifests }) => manifests)
    .filter(({ date, phase }) => date > today && phase === 'open');
  return formCliFailures.noneOpenToday(later.map(named));
}

/** Reads an instant with its offset; the API reads it once more. */
export function parseInstant(text: string): string {
  const isOne = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  if (!isOne || Number.isNaN(Date.parse(text))) throw new InvalidArgumentError(formCliFailures.notAnInstant);
  return new Date(text).toISOString();
}
