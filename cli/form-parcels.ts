import type { Command } from 'commander';
import { helpWords } from '../words/cli';
import { formCli, formHelp } from '../words/form-cli';
import { askApi, readAs } from './api';
import { ParcelPage, type ListedParcel } from './form-answer';
import { paperName, savePapers } from './form-file';
import { manifestOf, manifestPath, shopOption, type FormOptions } from './form-ref';
import { minuteOf } from './instant';
import type { Io } from './io';
import { readSurroundings } from './surroundings';
import { tableLines } from './table';

interface ParcelsOptions extends FormOptions {
  readonly silent?: true;
}

interface PrintOptions extends FormOptions {
  readonly out?: string;
}

/** As many as the API gives at once. */
const pageSize = 1_000;

/** `shipclock form parcels` */
export function addFormParcels(parent: Command, io: Io): void {
  parent
    .command('parcels')
    .description(formHelp.parcels)
    .argument('[manifest]', formHelp.manifest)
    .addOption(shopOption())
    .option('--silent', formHelp.silent)
    .option('--json', helpWords.json)
    .action((manifest: string | undefined, options: ParcelsOptions) => parcels(manifest, options, io));
}

async function parcels(text: string | undefined, { shop, silent, json }: ParcelsOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const manifest = await manifestOf({ apiUrl, shop, command: 'parcels' }, text);
  const wish = `${manifestPath(shop, manifest)}/parcels?limit=${pageSize}${silent === true ? '&silent=true' : ''}`;
  const listed: ListedParcel[] = [];
  let cursor: string | null = '0';
  while (cursor !== null) {
    const page: { data: ListedParcel[]; nextCursor: string | null } = readAs(
      ParcelPage,
      await askApi(apiUrl, `${wish}&cursor=${cursor}`),
      apiUrl,
    );
    listed.push(...page.data);
    cursor = page.nextCursor;
  }
  if (json === true) io.out(JSON.stringify({ manifest, parcels: listed }));
  else for (const line of linesOf(listed, silent === true)) io.out(line);
}

function linesOf(listed: readonly ListedParcel[], isSilent: boolean): string[] {
  if (listed.length === 0) return [isSilent ? formCli.noneSilent : formCli.noParcels];
  return [...tableLines(formCli.parcelColumns, listed.map(rowOf)), formCli.counted(listed.length)];
}

function rowOf({
  orderId,
  trackingNumber,
  state,
  form,
  reason,
  loadedAt,
  carrier,
  silentSince,
}: ListedParcel): string[] {
  const said = formCli.states[state] ?? state;
  const cells = [trackingNumber, reason === null ? said : `${said}: ${reason}`, form];
  const isLoaded = loadedAt === null ? null : formCli.yes;
  const since = silentSince === null ? null : minuteOf(silentSince);
  return [orderId, ...[...cells, isLoaded, carrier?.meaning, since].map((cell) => cell ?? formCli.nothing)];
}

/** `shipclock form print` */
export function addFormPrint(parent: Command, io: Io): void {
  parent
    .command('print')
    .description(formHelp.print)
    .argument('[manifest]', formHelp.manifest)
    .addOption(shopOption())
    .option('--out <file>', formHelp.out)
    .option('--json', helpWords.json)
    .action((manifest: string | undefined, options: PrintOptions) => print(manifest, options, io));
}

async function print(text: string | undefined, { shop, out: wished, json }: PrintOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const manifest = await manifestOf({ apiUrl, shop, command: 'print' }, text);
  const out = wished ?? paperName(manifest);
  const withoutForm = await savePapers(apiUrl, manifestPath(shop, manifest), out);
  if (json === true) io.out(JSON.stringify({ manifest, file: out, withoutForm: withoutForm ?? null }));
  else io.out(formCli.written(out));
  if (withoutForm !== undefined) io.err(formCli.withoutForm(withoutForm));
}
