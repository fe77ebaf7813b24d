import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { catalogueWords } from '../../words/catalogue';
import { Problem } from '../problem';

/** The columns of a catalogue as CSV, in the order in which it is exported. */
const COLUMNS = [
  ...['sku', 'title', 'weightOz', 'lengthIn', 'widthIn', 'heightIn'],
  ...['barcode', 'bin', 'picture', 'hazmat', 'packAlone'],
] as const;

const NUMBERS = ['weightOz', 'lengthIn', 'widthIn', 'heightIn'];
const YES_OR_NO = ['hazmat', 'packAlone'];

/** One row; `row` counts the head as 1. A cell that is empty says `undefined`: what was there is taken away. */
export type CsvRow = { row: number; fields: Record<string, unknown>; problem?: string };

export type CsvCatalogue = { rows: CsvRow[]; ignored: string[] };

/**
 * Reads a catalogue from CSV. Columns are found by their names, however they are spelt; those that are none of ours are ignored.
 * @throws Problem `invalid-body` where it is no CSV, or has no column for the SKU.
 */
export function readCsv(bytes: Buffer): CsvCatalogue {
  if (!isUtf8(bytes)) throw new Problem('invalid-body', catalogueWords.notText);
  const [head = [], ...records] = recordsOf(bytes);
  const columns = head.map(columnOf);
  if (!columns.includes('sku')) throw new Problem('invalid-body', catalogueWords.noSku);
  const repeated = columns.find((name, index) => name !== undefined && columns.indexOf(name) !== index);
  if (repeated !== undefined) throw new Problem('invalid-body', catalogueWords.repeatedColumn(repeated));
  return {
    rows: records.map((cells, index) => rowOf(columns, cells, index + 2)),
    ignored: head.filter((_, index) => columns[index] === undefined && head[index] !== ''),
  };
}

function recordsOf(bytes: Buffer): string[][] {
  try {
    return parse(bytes, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { records } = error as { records?: unknown };
    throw new Problem('invalid-body', catalogueWords.badCsv(typeof records === 'number' ? records + 1 : 1));
  }
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

const columnOf = (name: string): string | undefined => COLUMNS.find((column) => plain(column) === plain(name));

function rowOf(columns: readonly (string | undefined)[], cells: readonly string[], row: number): CsvRow {
  const fields: Record<string, unknown> = {};
  columns.forEach((column, index) => {
    if (column !== undefined) fields[column] = valueOf(column, cells[index] ?? '');
  });
  const isTooLong = cells.slice(columns.length).some((cell) => cell !== '');
  return { row, fields, ...(isTooLong ? { problem: catalogueWords.tooManyCells } : {}) };
}

const WORDS: Partial<Record<string, boolean>> = {
  ...{ yes: true, y: true, true: true, '1': true, x: true },
  ...{ no: false, n: false, false: false, '0': false },
};

/** As people write numbers: no 1e3, no 0x10. */
const PLAIN_DECIMAL = /^(\d+\.?\d*|\.\d+)$/;

/** What is no number and no yes or no stays what it is, for the schema to refuse. */
function valueOf(column: string, cell: string): unknown {
  if (cell === '') return undefined;
  if (NUMBERS.includes(column)) return PLAIN_DECIMAL.test(cell) ? Number(cell) : cell;
  return YES_OR_NO.includes(column) ? (WORDS[cell.toLowerCase()] ?? cell) : cell;
}

/** A catalogue as CSV (RFC 4180), which `readCsv` reads again. */
export function writeCsv(entries: readonly Readonly<Record<string, unknown>>[]): string {
  const rows = entries.map((entry) => COLUMNS.map((column) => cellOf(entry[column])));
  return [[...COLUMNS], ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cellOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : '';
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
