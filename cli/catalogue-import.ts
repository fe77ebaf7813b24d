import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { catalogueCliWords, catalogueWords } from '../words/catalogue';
import { readAs } from './api';
import { sendToApi } from './catalogue-send';

const Taken = z.object({
  taken: z.int(),
  refused: z.array(z.object({ row: z.int(), sku: z.string().nullable(), problem: z.string() })),
  ignored: z.array(z.string()),
});
export type Taken = z.infer<typeof Taken>;

/** Below the 256 KB that a body may have, with room for what stands around it. */
const MOST_BYTES = 200_000;

/** One row of the file: as it stands there, where, and the SKU that it names. */
type Row = { text: string; row: number; sku: string | undefined };

/** Where a file goes, and who is told how far it is. */
export interface Importing {
  readonly apiUrl: string;
  readonly shopId: string;
  readonly path: string;
  readonly tell: (line: string) => void;
}

/** Sends a CSV file in parts that a body may hold, each with the file's head; rows are counted as they stand in the file. */
export async function importCsv(importing: Importing): Promise<Taken> {
  const { path, tell } = importing;
  const { head, rows } = rowsOf(await textOf(path), path);
  const { once, repeated } = apart(rows);
  const all: Taken = { taken: 0, refused: repeated, ignored: [] };
  const parts = partsOf(once, Buffer.byteLength(head));
  for (const [index, part] of parts.entries()) {
    const taken = await sendPart(importing, { part, head, index, of: parts.length });
    all.taken += taken.taken;
    all.refused.push(...taken.refused.map((one) => ({ ...one, row: part[one.row - 2]?.row ?? one.row })));
    all.ignored = taken.ignored;
    if (parts.length > 1) tell(catalogueCliWords.part(index + 1, parts.length));
  }
  all.refused.sort((a, b) => a.row - b.row);
  return all;
}

type Part = { part: readonly Row[]; head: string; index: number; of: number };

async function sendPart({ apiUrl, shopId }: Importing, { part, head, index, of }: Part): Promise<Taken> {
  const body = `${head}${part.map(({ text }) => text).join('')}`;
  const sending = { method: 'PUT', headers: { 'content-type': 'text/csv' }, body } as const;
  try {
    const response = await sendToApi(apiUrl, `/v1/shops/${shopId}/catalogue`, sending);
    return readAs(Taken, await response.json().catch(() => undefined), apiUrl);
  } catch (error) {
    if (!(error instanceof PlainFailure) || of === 1) throw error;
    const [from = 0, until = 0] = [part.at(0)?.row, part.at(-1)?.row];
    const about = { part: index + 1, of, from, until };
    throw new PlainFailure(catalogueCliWords.partFailed(about, error.message), { cause: error });
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new PlainFailure(catalogueCliWords.noFile(path));
  }
}

/** The rows as they stand in the file, quotes and all: a quoted cell may hold the end of a line. */
function rowsOf(text: string, path: string): { head: string; rows: Row[] } {
  const [head, ...others] = parsed(text, path);
  if (head === undefined || others.length === 0) throw new PlainFailure(catalogueCliWords.nothingIn(path));
  const column = head.record.findIndex((name) => name.toLowerCase().replace(/[^a-z]/g, '') === 'sku');
  const rows = others.map(({ raw, record }, index) => ({
    text: lineOf(raw),
    row: index + 2,
    sku: record[column]?.trim(),
  }));
  return { head: lineOf(head.raw), rows };
}

const lineOf = (raw: string): string => `${raw.replace(/[\r\n]+$/, '')}\n`;

function parsed(text: string, path: string): { raw: string; record: string[] }[] {
  try {
    const rows = parse(text, { bom: true, raw: true, relax_column_count: true, skip_empty_lines: true }) as unknown;
    return rows as { raw: string; record: string[] }[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new PlainFailure(catalogueCliWords.notCsv(path));
  }
}

/** A SKU that stands in two rows may stand in two parts, where the API cannot see it. */
function apart(rows: readonly Row[]): { once: Row[]; repeated: Taken['refused'] } {
  const counts = new Map<string, number>();
  for (const { sku } of rows) if (sku) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  const isRepeated = ({ sku }: Row): boolean => sku !== undefined && (counts.get(sku) ?? 0) > 1;
  return {
    once: rows.filter((row) => !isRepeated(row)),
    repeated: rows.filter(isRepeated).map(({ row, sku = null }) => ({ row, sku, problem: catalogueWords.repeatedSku })),
  };
}

function partsOf(rows: readonly Row[], headBytes: number): Row[][] {
  const parts: Row[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    const more = Buffer.byteLength(row.text);
    if (bytes + more > MOST_BYTES) {
      parts.push([]);
      bytes = headBytes;
    }
    parts.at(-1)?.push(row);
    bytes += more;
  }
  return parts;
}
