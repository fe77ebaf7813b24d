/** What a field of the catalogue has to be, for the one who wrote it otherwise. */
const FIELDS: Record<string, string> = {
  sku: 'must be the SKU as the shop has it, at most 255 characters',
  title: 'must be one line of at most 300 characters',
  weightOz: 'must be a weight in ounces, a plain decimal from 0.01 to 2400',
  lengthIn: 'must be inches, a plain decimal above 0 and at most 200',
  widthIn: 'must be inches, a plain decimal above 0 and at most 200',
  heightIn: 'must be inches, a plain decimal above 0 and at most 200',
  barcode: 'must be one line of at most 64 characters',
  bin: 'must be one line of at most 64 characters',
  picture: 'must be an address that begins with https://',
  hazmat: 'must be yes or no',
  packAlone: 'must be yes or no',
};

/** What the catalogue says through the API. */
export const catalogueWords = {
  field: (name: string): string => `${name} ${FIELDS[name] ?? 'is not a field of the catalogue'}.`,
  notAnEntry: 'This is not an entry; give an object with a SKU and a weight.',
  tooManyCells: 'The row has more cells than the head; quote cells that hold commas.',
  repeatedSku: 'The SKU stands in more than one row; keep one of them.',
  badCsv: (row: number): string => `The CSV cannot be read from row ${row} on; check its quotes.`,
  noSku: 'The head has no column sku; name the columns in the first row.',
  repeatedColumn: (name: string): string => `The head has the column ${name} twice.`,
  notText: 'The CSV is not in UTF-8.',
  neither: 'Send the catalogue as application/json or text/csv.',
};

/** SKUs in a sentence: none of them endless, and never more than a few. */
export const andMore = (count: number): string => `and ${count} more`;

/** What `shipclock catalogue` says. */
export const catalogueCliWords = {
  taken: (count: number): string => (count === 1 ? '1 entry was taken in.' : `${count} entries were taken in.`),
  refused: (row: number, sku: string | null, problem: string): string =>
    sku === null ? `Row ${row}: ${problem}` : `Row ${row} (${sku}): ${problem}`,
  someRefused: (count: number): string =>
    count === 1
      ? '1 row was not taken in; correct it and import it again.'
      : `${count} rows were not taken in; correct them and import them again.`,
  part: (part: number, of: number): string => `Part ${part} of ${of} is taken in.`,
  partFailed: ({ part, of, from, until }: Part, why: string): string =>
    `Part ${part} of ${of} (rows ${from} to ${until}) was not taken in: ${why} What stands before it is in; import the rest again.`,
  ignored: (columns: readonly string[]): string => `Not read: the columns ${columns.join(', ')}.`,
  noFile: (path: string): string => `${path} cannot be read; give the path of a CSV file.`,
  nothingIn: (path: string): string => `${path} has no rows below its head.`,
  notCsv: (path: string): string => `${path} is not a CSV file that can be read; check its quotes.`,
  missingColumns: ['SKU', 'TITLE', 'SEEN IN ORDERS'],
  noneMissing: 'Every SKU that was ordered is in the catalogue.',
  nothing: '-',
  pullAsked: (shopId: string): string =>
    `The products of shop ${shopId} are taken in with its next sweep; see what came of it with shipclock catalogue pull --last.`,
  pullNever: (shopId: string): string => `The products of shop ${shopId} were never pulled.`,
  pullOpen: 'It was asked for and is still to be done.',
  pulled: (at: string, { products, added, updated, unweighed }: PullCounts): string =>
    `Pulled at ${at} UTC: ${products} products, ${added} entries added, ${updated} updated, ${unweighed} SKUs without a weight in the shop.`,
  pullFailed: (at: string, code: string): string =>
    `At ${at} UTC the shop did not let its products be read (${code}); see that the app has the scope for products, then ask again.`,
};

/** `from` and `until`: rows of the file, its head counted as 1. */
type Part = { part: number; of: number; from: number; until: number };

type PullCounts = { products: number; added: number; updated: number; unweighed: number };

/** What `shipclock catalogue` says about itself. */
export const catalogueHelp = {
  catalogue: 'Weights, sizes and places of what is sold, by SKU.',
  import: 'Take in a CSV file. Columns that it does not have stay as they are.',
  importMore:
    '\nThe first row names the columns: sku, title, weightOz, lengthIn, widthIn, heightIn, barcode, bin, picture, hazmat, packAlone.\n\nExample:\n  shipclock catalogue import products.csv',
  file: 'path of the CSV file',
  export: 'Print the catalogue as CSV.',
  exportMore: '\nExample:\n  shipclock catalogue export > products.csv',
  missing: 'List SKUs that were ordered and have no weight.',
  missingMore: '\nExample:\n  shipclock catalogue missing',
  pull: "Take in weights and sizes from the shop's own products; what a person wrote stands.",
  pullMore: '\nExamples:\n  shipclock catalogue pull\n  shipclock catalogue pull --last',
  last: 'say what came of the last time, and ask for nothing',
};
