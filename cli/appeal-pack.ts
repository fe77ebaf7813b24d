import { InvalidArgumentError, type Command } from 'commander';
import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { appealCliWords, appealHelp } from '../words/appeal-cli';
import { helpWords } from '../words/cli';
import { askApi, readAs } from './api';
import { type CaseOptions, casePath, ofShop, parseCaseKey, shopOption } from './appeal-options';
import { fetchFile } from './batch-file';
import type { Io } from './io';
import { readSurroundings } from './surroundings';

/** What the API says of a pack's hashes. `isPdf` is null where the pack has no PDF. */
const Check = z.object({
  pieces: z.int(),
  changed: z.array(z.object({ name: z.string(), key: z.string(), found: z.string().nullable() })),
  isPack: z.boolean(),
  isPdf: z.boolean().nullable(),
  isIntact: z.boolean(),
});

interface PackOptions extends CaseOptions {
  readonly out?: string;
  readonly verify?: true;
}

/** `shipclock appeal pack` */
export function addAppealPack(parent: Command, io: Io): void {
  parent
    .command('pack')
    .description(appealHelp.pack)
    .argument('<case>', appealHelp.caseArgument, parseCaseKey)
    .addOption(shopOption())
    .option('--out <file>', appealHelp.out)
    .option('--verify', appealHelp.verify)
    .option('--json', helpWords.json)
    .addHelpText('after', appealHelp.packMore)
    .action((caseKey: string, options: PackOptions) => packOf(caseKey, options, io));
}

async function packOf(caseKey: string, options: PackOptions, io: Io): Promise<void> {
  const { out, verify } = options;
  if (out === undefined && verify !== true) throw new InvalidArgumentError(appealCliWords.outOrVerify);
  const path = casePath(options.shop, caseKey);
  if (out !== undefined) await fetchPack(path, { ...options, out }, io);
  if (verify === true) await verifyPack(path, options, io);
}

async function fetchPack(path: string, { out, json, shop }: PackOptions & { out: string }, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  await ofShop(shop, fetchFile(apiUrl, `${path}/pack.${out.endsWith('.json') ? 'json' : 'pdf'}`, out));
  if (json !== true) io.out(appealCliWords.written(out));
}

async function verifyPack(path: string, { json, shop }: PackOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await ofShop(shop, askApi(apiUrl, `${path}/pack/verify`));
  const check = readAs(Check, body, apiUrl);
  const wrong = wrongIn(check);
  const lines = check.isIntact ? [appealCliWords.intact(check.pieces)] : wrong;
  for (const line of json === true ? [JSON.stringify(body)] : lines) io.out(line);
  if (!check.isIntact) throw new PlainFailure(appealCliWords.notIntact(wrong.length));
}

const wrongIn = ({ changed, isPack, isPdf }: z.infer<typeof Check>): string[] => [
  ...(isPack ? [] : [appealCliWords.otherPack]),
  ...(isPdf === false ? [appealCliWords.otherPdf] : []),
  ...changed.map(({ name, key, found }) => appealCliWords.changed(name, key, found === null)),
];
