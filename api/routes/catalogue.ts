import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import {
  CatalogueEntry,
  catalogueFolder,
  entryKey,
  KeptEntry,
  missingFolder,
  MissingSku,
  PullAsked,
  pullAskedKey,
  Pulled,
  pulledKey,
} from '../../contracts/catalogue';
import { catalogueWords } from '../../words/catalogue';
import type { ApiDeps } from '../deps';
import { bytesOf, readBody, shopOfPath } from '../door';
import { Problem } from '../problem';
import { readCsv, writeCsv, type CsvRow } from './catalogue-csv';

type Documents = ApiDeps['documents'];

/** Documents that are read at once: enough that a large catalogue is there in a second, few enough to leave files for others. */
const AT_ONCE = 32;
const MOST_ENTRIES = 2_000;

const Entries = z.strictObject({ entries: z.array(z.unknown()).max(MOST_ENTRIES) });

/** `GET /v1/shops/:shopId/catalogue`: all of it, in the order of SKUs; as CSV for who accepts `text/csv`. */
export function readCatalogue(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const kept = await readAll(deps.documents, catalogueFolder(shopId), KeptEntry);
    const data = kept.sort((a, b) => (a.sku < b.sku ? -1 : 1));
    if (req.accepts(['json', 'csv']) === 'csv') res.type('text/csv').send(writeCsv(data));
    else res.json({ data });
  };
}

/**
 * `PUT /v1/shops/:shopId/catalogue`: takes in entries; those that are not named stay. JSON replaces an entry, CSV replaces the columns
 * that it has. What is wrong is refused row by row, and the rest is taken in.
 */
export function putCatalogue(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const { rows: read, ignored, isMerged } = rowsOf(req);
    const rows = withoutRepeats(read);
    const refused: Refused[] = [];
    await inTurns(rows, async (row) => {
      const problem = row.problem ?? (await take(deps.documents, { shopId, isMerged }, row));
      if (problem !== undefined) refused.push({ row: row.row, sku: skuOf(row), problem });
    });
    refused.sort((a, b) => a.row - b.row);
    res.json({ taken: rows.length - refused.length, refused, ignored });
  };
}

type Refused = { row: number; sku: string | null; problem: string };

function rowsOf(req: Request): { rows: CsvRow[]; ignored: string[]; isMerged: boolean } {
  if (req.is('text/csv') !== false) return { ...readCsv(bytesOf(req)), isMerged: true };
  if (req.is(['json', '+json']) === false) throw new Problem('wrong-content-type', catalogueWords.neither);
  const { entries } = readBody(req, Entries);
  const rows = entries.map((entry, index): CsvRow => {
    const fields = z.record(z.string(), z.unknown()).safeParse(entry).data;
    return { row: index + 1, fields: fields ?? {}, ...(fields ? {} : { problem: catalogueWords.notAnEntry }) };
  });
  return { rows, ignored: [], isMerged: false };
}

/** Which of two rows is meant nobody can know: neither is taken. */
function withoutRepeats(rows: readonly CsvRow[]): CsvRow[] {
  const counts = new Map<unknown, number>();
  for (const { fields } of rows) counts.set(fields['sku'], (counts.get(fields['sku']) ?? 0) + 1);
  return rows.map((row) => {
    const { sku } = row.fields;
    const isRepeated = typeof sku === 'string' && (counts.get(sku) ?? 0) > 1;
    return isRepeated ? { problem: catalogueWords.repeatedSku, ...row } : row;
  });
}

const skuOf = ({ fields: { sku } }: CsvRow): string | null => (typeof sku === 'string' ? sku.slice(0, 100) : null);

/** Takes in one entry; what is wrong with it, as a sentence, where it is not taken. */
async function take(
  documents: Documents,
  { shopId, isMerged }: { shopId: string; isMerged: boolean },
  { fields }: CsvRow,
): Promise<string | undefined> {
  const sku = CatalogueEntry.shape.sku.safeParse(fields['sku']);
  if (!sku.success) return catalogueWords.field('sku');
  const kept = isMerged ? await keptOf(documents, shopId, sku.data) : {};
  const said = Object.entries({ ...kept, ...fields }).filter(([, value]) => value !== undefined);
  const entry = CatalogueEntry.safeParse(Object.fromEntries(said));
  if (!entry.success) return catalogueWords.field(fieldOf(entry.error));
  await documents.put(entryKey(shopId, sku.data), JSON.stringify(entry.data));
  return undefined;
}

/** What stands of an entry, without whence it came: from now on it is a person's. */
async function keptOf(documents: Documents, shopId: string, sku: string): Promise<Record<string, unknown>> {
  const text = await documents.get(entryKey(shopId, sku));
  const kept = text === undefined ? undefined : KeptEntry.safeParse(JSON.parse(text)).data;
  if (kept?.sku !== sku) return {};
  delete kept.pulledAt;
  return kept;
}

function fieldOf({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === 'unrecognized_keys') return issue.keys[0] ?? '';
  return String(issue?.path[0] ?? '');
}

/** `GET /v1/shops/:shopId/catalogue/missing`: SKUs that were ordered and are not in the catalogue. */
export function readMissing(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const seen = await readAll(deps.documents, missingFolder(shopId), MissingSku);
    const data: MissingSku[] = [];
    await inTurns(seen, async (missing) => {
      // Nobody takes it off the list when it is added: what is known now is not missing.
      if (!('sku' in (await keptOf(deps.documents, shopId, missing.sku)))) data.push(missing);
    });
    res.json({ data: data.sort((a, b) => (a.sku < b.sku ? -1 : 1)) });
  };
}

/**
 * `POST /v1/shops/:shopId/catalogue/pull`: the shop's own products are taken in with its next sweep; the API itself asks the platform
 * nothing. `GET` says what came of the last time.
 */
export function askPull(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const askedAt = Date.now();
    await deps.documents.put(pullAskedKey(shopId), JSON.stringify({ askedAt }));
    res.status(202).json({ shopId, askedAt: new Date(askedAt).toISOString() });
  };
}

export function readPull({ documents, ...deps }: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath({ documents, ...deps }, req);
    const [asked, done] = await Promise.all([documents.get(pullAskedKey(shopId)), documents.get(pulledKey(shopId))]);
    const askedAt = asked === undefined ? undefined : PullAsked.parse(JSON.parse(asked)).askedAt;
    const last = done === undefined ? undefined : Pulled.parse(JSON.parse(done));
    const isOpen = askedAt !== undefined && (last?.askedAt ?? 0) < askedAt;
    res.json({ shopId, isOpen, last: last === undefined ? null : shown(last) });
  };
}

const shown = ({ askedAt, at, ...counts }: Pulled): Record<string, unknown> => ({
  ...counts,
  askedAt: new Date(askedAt).toISOString(),
  at: new Date(at).toISOString(),
});

/** Every document of a folder that is what it should be. */
async function readAll<Schema extends z.ZodType>(
  documents: Documents,
  folder: string,
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  const found: z.infer<Schema>[] = [];
  await inTurns(await documents.list(folder), async (key) => {
    const text = await documents.get(key);
    const parsed = text === undefined ? undefined : schema.safeParse(JSON.parse(text));
    if (parsed?.success === true) found.push(parsed.data);
  });
  return found;
}

async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += AT_ONCE) await Promise.all(all.slice(from, from + AT_ONCE).map(work));
}
