import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { PlainFailure } from '../engine/plain-failure';
import { helpWords } from '../words/cli';
import { formCli, formCliFailures, formHelp } from '../words/form-cli';
import { postToApi } from './alert-post';
import { readAs } from './api';
import { LoadAnswers, type LoadAnswer } from './form-answer';
import { readWhole } from './form-file';
import { manifestOf, manifestPath, shopOption, type FormOptions } from './form-ref';
import type { Io } from './io';
import { readSurroundings } from './surroundings';

interface LoadOptions extends FormOptions {
  readonly numbers?: string;
}

/** So many at once from a file; from a scanner each as it comes. */
const atOnce = 1_000;

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

/** `shipclock form load` */
export function addFormLoad(parent: Command, io: Io, input: () => Readable = () => process.stdin): void {
  parent
    .command('load')
    .description(formHelp.load)
    .argument('<manifest>', formHelp.manifestNeeded)
    .argument('[number...]', formHelp.numbersTyped)
    .addOption(shopOption())
    .option('--numbers <file>', formHelp.numbers)
    .option('--json', helpWords.json)
    .addHelpText('after', formHelp.loadMore)
    .action((manifest: string, numbers: string[], options: LoadOptions) =>
      load({ manifest, numbers, options, input }, io),
    );
}

type Wish = { manifest: string; numbers: string[]; options: LoadOptions; input: () => Readable };

async function load({ manifest, numbers, options, input }: Wish, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const { shop, json } = options;
  const path = `${manifestPath(shop, await manifestOf({ apiUrl, shop, command: 'load' }, manifest))}/load`;
  const answers: LoadAnswer[] = [];
  for await (const trackingNumbers of scanned(numbers, options, input)) {
    const heard = readAs(LoadAnswers, await postToApi(apiUrl, path, { trackingNumbers }), apiUrl).answers;
    answers.push(...heard);
    if (json !== true) for (const one of heard) say(one, io);
  }
  if (answers.length === 0) throw new PlainFailure(formCliFailures.noNumbers);
  const staying = answers.filter((one) => !mayGo(one));
  if (json === true) io.out(JSON.stringify({ answers }));
  else io.out(formCli.allLoaded(new Set(answers.filter(mayGo).map(({ trackingNumber }) => trackingNumber)).size));
  if (staying.length > 0) throw new PlainFailure(formCliFailures.mustStay(staying.length));
}

const mayGo = ({ answer }: LoadAnswer): boolean => answer === 'onTruck' || answer === 'again';

/** Red where it must stay: who loads a truck does not read. */
function say(one: LoadAnswer, io: Io): void {
  const line = formCli.loaded(one.trackingNumber, one.sentence);
  const isPlain = (io.env['NO_COLOR'] ?? '') !== '';
  io.out(mayGo(one) || isPlain ? line : red(line));
}

async function* scanned(
  numbers: readonly string[],
  { numbers: file }: LoadOptions,
  input: () => Readable,
): AsyncGenerator<string[]> {
  if (numbers.length > 0) yield* inPieces(numbers);
  if (file !== undefined && file !== '-') yield* inPieces(numbersIn((await readWhole(file)).toString('utf8')));
  if (file === '-' || (file === undefined && numbers.length === 0))
    // The parcel is in somebody's hands: each is answered as it is scanned.
    for await (const line of createInterface({ input: input() })) if (line.trim() !== '') yield [line.trim()];
}

function* inPieces(numbers: readonly string[]): Generator<string[]> {
  for (let from = 0; from < numbers.length; from += atOnce) yield numbers.slice(from, from + atOnce);
}

/** One a line, or several; in groups or not; a column's head is none. */
export const numbersIn = (text: string): string[] =>
  text
    .split(/[\r\n,;\t"]+/)
    .map((cell) => cell.replace(/[\s\ufeff]+/g, ''))
    .filter((cell) => /\d{6}/.test(cell));
