import { Option } from 'commander';
import type { Command } from 'commander';
import { helpWords } from '../words/cli';
import { formCli, formHelp } from '../words/form-cli';
import { readAs } from './api';
import { sendToApi } from './catalogue-send';
import { Reported } from './form-answer';
import { readWhole, sendFile } from './form-file';
import { numbersIn } from './form-load';
import { manifestOf, manifestPath, parseInstant, shopOption, type FormOptions } from './form-ref';
import type { Io } from './io';
import { readSurroundings } from './surroundings';

const KINDS = ['stampedForm', 'stampedReceipt', 'receipt', 'signature', 'proofOfPickup', 'photo'] as const;
type Kind = (typeof KINDS)[number];

type Files = { readonly [K in Kind]?: readonly string[] };

interface ReportOptions extends FormOptions, Files {
  readonly scannedAt: string;
  readonly place?: string;
  readonly form?: string;
}

interface BringOptions extends FormOptions {
  readonly madeAt?: string;
  readonly numbers?: string;
  readonly file?: string;
}

/** `stampedForm` as the option `--stamped-form`. */
const optionOf = (kind: Kind): string => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `shipclock form report` */
export function addFormReport(parent: Command, io: Io): void {
  const command = parent
    .command('report')
    .description(formHelp.report)
    .argument('[manifest]', formHelp.manifest)
    .addOption(shopOption())
    .addOption(new Option('--scanned-at <instant>', formHelp.scannedAt).argParser(parseInstant).makeOptionMandatory())
    .option('--place <name>', formHelp.place)
    .option('--form <id>', formHelp.whichForm);
  for (const kind of KINDS) command.option(`--${optionOf(kind)} <file...>`, formHelp.proofs[kind]);
  command
    .option('--json', helpWords.json)
    .addHelpText('after', formHelp.reportMore)
    .action((manifest: string | undefined, options: ReportOptions) => report(manifest, options, io));
}

async function report(text: string | undefined, options: ReportOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const { shop, scannedAt, place, form } = options;
  const path = manifestPath(shop, await manifestOf({ apiUrl, shop, command: 'report' }, text));
  const proofs: { kind: Kind; file: string }[] = [];
  for (const kind of KINDS)
    for (const name of options[kind] ?? []) {
      const file = await sendFile(apiUrl, path, name);
      proofs.push({ kind, file });
      io.err(formCli.sent(name, file));
    }
  const said = { scannedAt, ...(place === undefined ? {} : { place }), ...(form === undefined ? {} : { form }) };
  const body = await post(apiUrl, `${path}/scanned`, { ...said, proofs });
  const { evidence, toFetch } = readAs(Reported, body, apiUrl);
  if (options.json === true) io.out(JSON.stringify(body));
  else for (const line of [formCli.reported(evidence), ...(toFetch === undefined ? [] : [toFetch])]) io.out(line);
}

/** `shipclock form bring` */
export function addFormBring(parent: Command, io: Io): void {
  parent
    .command('bring')
    .description(formHelp.bring)
    .argument('<manifest>', formHelp.manifestNeeded)
    .argument('<number>', formHelp.numberArgument)
    .addOption(shopOption())
    .addOption(new Option('--made-at <instant>', formHelp.madeAt).argParser(parseInstant))
    .option('--numbers <file>', formHelp.listed)
    .option('--file <pdf>', formHelp.formFile)
    .option('--json', helpWords.json)
    .addHelpText('after', formHelp.bringMore)
    .action((manifest: string, number: string, options: BringOptions) => bring(manifest, { number, options }, io));
}

async function bring(text: string, wish: { number: string; options: BringOptions }, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const { number, options } = wish;
  const { shop, madeAt, numbers, file } = options;
  const path = manifestPath(shop, await manifestOf({ apiUrl, shop, command: 'bring' }, text));
  const body = await post(apiUrl, `${path}/bring`, {
    number,
    ...(madeAt === undefined ? {} : { madeAt }),
    ...(numbers === undefined ? {} : { trackingNumbers: numbersIn((await readWhole(numbers)).toString('utf8')) }),
    ...(file === undefined ? {} : { file: await sendFile(apiUrl, path, file) }),
  });
  io.out(options.json === true ? JSON.stringify(body) : formCli.brought(number));
}

async function post(apiUrl: string, path: string, order: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await sendToApi(apiUrl, path, { method: 'POST', headers, body: JSON.stringify(order) });
  return response.json().catch(() => undefined);
}
