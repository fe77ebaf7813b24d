import type { Command } from 'commander';
import qrcode from 'qrcode-generator';
import { helpWords } from '../words/cli';
import { formCli, formHelp } from '../words/form-cli';
import { postToApi } from './alert-post';
import { readAs } from './api';
import { UploadLink } from './form-answer';
import { manifestOf, manifestPath, shopOption, type FormOptions } from './form-ref';
import { minuteOf } from './instant';
import type { Io } from './io';
import { readSurroundings } from './surroundings';

/** ISO/IEC 18004 asks for so many light modules around it. */
const quietZone = 4;

/** `shipclock form link` */
export function addFormLink(parent: Command, io: Io): void {
  parent
    .command('link')
    .description(formHelp.link)
    .argument('[manifest]', formHelp.manifest)
    .addOption(shopOption())
    .option('--json', helpWords.json)
    .action((manifest: string | undefined, options: FormOptions) => link(manifest, options, io));
}

async function link(text: string | undefined, { shop, json }: FormOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const manifest = await manifestOf({ apiUrl, shop, command: 'link' }, text);
  const body = await postToApi(apiUrl, `${manifestPath(shop, manifest)}/upload-link`, {});
  const { url, expiresAt, note } = readAs(UploadLink, body, apiUrl);
  if (json === true) {
    io.out(JSON.stringify(body));
    return;
  }
  for (const line of qrLines(url)) io.out(line);
  for (const line of [url, formCli.linkUntil(minuteOf(expiresAt)), ...(note === undefined ? [] : [note])]) io.out(line);
}

/** A QR code of block characters, two rows of modules a line: light ones are drawn, for terminals are dark. */
export function qrLines(text: string): string[] {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const isLight = (row: number, column: number): boolean =>
    row < 0 || column < 0 || row >= count || column >= count || !code.isDark(row, column);
  const across = Array.from({ length: count + 2 * quietZone }, (_, index) => index - quietZone);
  return across
    .filter((_, index) => index % 2 === 0)
    .map((row) => across.map((column) => blockOf(isLight(row, column), isLight(row + 1, column))).join(''));
}

function blockOf(isUpperLight: boolean, isLowerLight: boolean): string {
  if (isUpperLight) return isLowerLight ? '█' : '▀';
  return isLowerLight ? '▄' : ' ';
}
