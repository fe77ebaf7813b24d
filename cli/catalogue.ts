import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { defaultShopId } from '../engine/sandbox-shop';
import { PlainFailure } from '../engine/plain-failure';
import { catalogueCliWords, catalogueHelp } from '../words/catalogue';
import { helpWords } from '../words/cli';
import { askApi, readAs } from './api';
import { importCsv } from './catalogue-import';
import { sendToApi } from './catalogue-send';
import { minuteOf } from './instant';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';
import { tableLines } from './table';

const MissingAnswer = z.object({
  data: z.array(z.object({ sku: z.string(), title: z.string(), orders: z.array(z.string()) })),
});

const Counts = z.object({ products: z.int(), added: z.int(), updated: z.int(), unweighed: z.int() });

const PullAnswer = z.object({
  isOpen: z.boolean(),
  last: Counts.extend({ at: z.iso.datetime(), code: z.string().optional() }).nullable(),
});

interface ShopOption {
  readonly shop: string;
  readonly json?: true;
}

/** `shipclock catalogue` */
export function addCatalogue(program: Command, io: Io): void {
  const catalogue = program.command('catalogue').description(catalogueHelp.catalogue).helpCommand(false);
  begun(catalogue, 'import')
    .argument('<file>', catalogueHelp.file)
    .option('--json', helpWords.json)
    .action((file: string, options: ShopOption) => importFile(file, options, io));
  begun(catalogue, 'export').action((options: ShopOption) => exportAll(options, io));
  begun(catalogue, 'missing')
    .option('--json', helpWords.json)
    .action((options: ShopOption) => listMissing(options, io));
  begun(catalogue, 'pull')
    .option('--last', catalogueHelp.last)
    .option('--json', helpWords.json)
    .action((options: ShopOption & { last?: true }) => (options.last === true ? tellLast : askPull)(options, io));
}

function begun(parent: Command, name: 'import' | 'export' | 'missing' | 'pull'): Command {
  return parent
    .command(name)
    .description(catalogueHelp[name])
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId))
    .addHelpText('after', catalogueHelp[`${name}More`]);
}

const pathOf = ({ shop }: ShopOption): string => `/v1/shops/${shop}/catalogue`;

async function importFile(file: string, { shop, json }: ShopOption, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const { taken, refused, ignored } = await importCsv({
    apiUrl,
    shopId: shop,
    path: file,
    tell: (line) => io.err(line),
  });
  if (json === true) io.out(JSON.stringify({ taken, refused, ignored }));
  else {
    io.out(catalogueCliWords.taken(taken));
    if (ignored.length > 0) io.out(catalogueCliWords.ignored(ignored));
    for (const { row, sku, problem } of refused) io.err(catalogueCliWords.refused(row, sku, problem));
  }
  if (refused.length > 0) throw new PlainFailure(catalogueCliWords.someRefused(refused.length));
}

async function exportAll(options: ShopOption, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const response = await sendToApi(apiUrl, pathOf(options), { method: 'GET', headers: { accept: 'text/csv' } });
  io.out((await response.text()).trimEnd());
}

async function listMissing({ json, ...options }: ShopOption, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, `${pathOf(options)}/missing`);
  const { data } = readAs(MissingAnswer, body, apiUrl);
  const rows = data.map(({ sku, title, orders }) => [sku, title, orders.join(' ') || catalogueCliWords.nothing]);
  if (json === true) io.out(JSON.stringify(body));
  else if (rows.length === 0) io.out(catalogueCliWords.noneMissing);
  else for (const line of tableLines(catalogueCliWords.missingColumns, rows)) io.out(line);
}

async function askPull({ json, ...options }: ShopOption, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const response = await sendToApi(apiUrl, `${pathOf(options)}/pull`, { method: 'POST' });
  io.out(json === true ? JSON.stringify(await response.json()) : catalogueCliWords.pullAsked(options.shop));
}

async function tellLast({ json, ...options }: ShopOption, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, `${pathOf(options)}/pull`);
  const { isOpen, last } = readAs(PullAnswer, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else {
    io.out(last === null ? catalogueCliWords.pullNever(options.shop) : sayPulled(last));
    if (isOpen) io.out(catalogueCliWords.pullOpen);
  }
}

const sayPulled = ({ at, code, ...counts }: NonNullable<z.infer<typeof PullAnswer>['last']>): string =>
  code === undefined
    ? catalogueCliWords.pulled(minuteOf(at), counts)
    : catalogueCliWords.pullFailed(minuteOf(at), code);
