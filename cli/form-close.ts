import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { PlainFailure } from '../engine/plain-failure';
import { helpWords } from '../words/cli';
import { formCli, formCliFailures, formHelp } from '../words/form-cli';
import { postToApi } from './alert-post';
import { askApi, readAs } from './api';
import { OneManifest } from './form-answer';
import { makeFolder, paperName, savePapers } from './form-file';
import { askDay, manifestOf, manifestPath, noneOpenToday, shopOption, type FormOptions } from './form-ref';
import type { Io } from './io';
import { readSurroundings } from './surroundings';

interface CloseOptions extends FormOptions {
  readonly today?: true;
  readonly onlyLoaded?: true;
  readonly shipFrom?: string;
  readonly wait: boolean;
  readonly out: string;
}

const lookAgainMs = 1_000;
/** A form of thousands of parcels takes minutes; after this long a person looks again. */
const mostLooks = 900;

/** `shipclock form close` */
export function addFormClose(parent: Command, io: Io): void {
  parent
    .command('close')
    .description(formHelp.close)
    .argument('[manifest]', formHelp.manifest)
    .addOption(shopOption())
    .option('--today', formHelp.allToday)
    .option('--ship-from <id>', formHelp.shipFrom)
    .option('--only-loaded', formHelp.onlyLoaded)
    .option('--no-wait', formHelp.noWait)
    .option('--out <folder>', formHelp.folder, '.')
    .option('--json', helpWords.json)
    .addHelpText('after', formHelp.closeMore)
    .action((manifest: string | undefined, options: CloseOptions) => close(manifest, options, io));
}

async function close(manifest: string | undefined, options: CloseOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const { shop, onlyLoaded } = options;
  const chosen = await chosenOf(apiUrl, { manifest, ...options }, io);
  if (options.wait) await makeFolder(options.out);
  const all: All = { names: chosen, failures: [] };
  const closed = await each(all, io, {
    work: async (one) => {
      await postToApi(apiUrl, `${manifestPath(shop, one)}/close`, onlyLoaded === true ? { onlyLoaded } : {});
      io.err(formCli.closed(one));
      return one;
    },
    said: formCli.notClosed,
  });
  const ends = options.wait
    ? await each({ ...all, names: closed }, io, {
        work: (one) => endOf({ apiUrl, shop, one, out: options.out }, io),
        said: formCli.noEnd,
      })
    : closed.map((one) => ({ manifest: one }));
  tell({ ends, all, isJson: options.json === true }, io);
}

/** What was to be done with each, and what could not be. */
type All = { names: readonly string[]; failures: { manifest: string; failure: string }[] };

type Each<T> = { work: (one: string) => Promise<T>; said: (one: string, why: string) => string };

/** One that is refused keeps no other from being closed in time; where there is one alone, its failure is the command's. */
async function each<T>({ names, failures }: All, io: Io, { work, said }: Each<T>): Promise<T[]> {
  const done: T[] = [];
  for (const one of names) {
    try {
      done.push(await work(one));
    } catch (error) {
      if (!(error instanceof PlainFailure) || names.length + failures.length === 1) throw error;
      failures.push({ manifest: one, failure: error.message });
      io.err(said(one, error.message));
    }
  }
  return done;
}

type Ends = { ends: readonly (End | { manifest: string })[]; all: All; isJson: boolean };

function tell({ ends, all: { failures }, isJson }: Ends, io: Io): void {
  const made = ends.flatMap((end) => ('phase' in end ? [end] : []));
  if (isJson) io.out(JSON.stringify([...ends, ...failures]));
  else for (const line of made.flatMap(linesOf)) io.out(line);
  if (failures.length > 0) throw new PlainFailure(formCliFailures.someNotClosed(failures.length));
  const failed = made.filter(({ phase }) => phase === 'failed').length;
  if (failed > 0) throw new PlainFailure(formCliFailures.someFailed(failed));
}

type Choice = CloseOptions & { manifest: string | undefined };

async function chosenOf(apiUrl: string, choice: Choice, io: Io): Promise<string[]> {
  const { manifest, shop, today, shipFrom } = choice;
  if (today !== true) {
    if (manifest === undefined && shipFrom !== undefined) throw new PlainFailure(formCliFailures.nothingToClose);
    return [await manifestOf({ apiUrl, shop, command: 'close' }, manifest)];
  }
  if (manifest !== undefined) throw new PlainFailure(formCliFailures.both);
  const day = await askDay({ apiUrl, shop });
  const chosen = day.places
    .flatMap(({ manifests }) => manifests)
    .filter((one) => one.phase === 'open' && one.date === day.today)
    .filter((one) => shipFrom === undefined || one.shipFrom === shipFrom)
    .map((one) => one.manifest);
  if (chosen.length === 0) io.err(noneOpenToday(day));
  return chosen;
}

type Waiting = { apiUrl: string; shop: string; one: string; out: string };
type End = OneManifest & { manifest: string; file: string | null; withoutForm: string | null };

/** Waits until a form is there, or none will be, and saves it. One that a person makes is not waited for. */
async function endOf({ apiUrl, shop, one, out }: Waiting, io: Io): Promise<End> {
  const path = manifestPath(shop, one);
  let told = '';
  for (let looks = 0; ; looks += 1) {
    const seen = readAs(OneManifest, await askApi(apiUrl, path), apiUrl);
    if (seen.phase !== told) io.err(formCli.waiting(one, seen.phase));
    told = seen.phase;
    if (isMade(seen) || isByHand(seen)) return saved({ apiUrl, path, out }, { ...seen, manifest: one });
    if (isOver(seen)) return { ...seen, manifest: one, file: null, withoutForm: null };
    if (looks >= mostLooks) throw new PlainFailure(formCliFailures.stillMaking(one));
    await pause(lookAgainMs);
  }
}

async function saved(
  { apiUrl, path, out }: { apiUrl: string; path: string; out: string },
  seen: OneManifest & { manifest: string },
): Promise<End> {
  const file = join(out, paperName(seen.manifest));
  const why = await savePapers(apiUrl, path, file);
  return { ...seen, file, withoutForm: isMade(seen) ? (why ?? null) : null };
}

const isMade = ({ phase }: OneManifest): boolean => phase === 'formed' || phase === 'scanned';
const isOver = ({ phase }: OneManifest): boolean => phase === 'failed' || phase === 'empty';

/** Closed, and its form is waited for: by a person. */
const isByHand = ({ byHand, forms, phase }: OneManifest): boolean =>
  byHand !== null && forms.length === 0 && phase === 'closing';

function linesOf(end: End): string[] {
  const { manifest, phase, forms, leftOff, late, file, withoutForm, toDo, byHand } = end;
  if (phase === 'empty') return [formCli.empty(manifest)];
  if (phase === 'failed') return [formCli.failed(manifest, toDo.join(' '))];
  return [
    ...forms.map(({ number, formId, members }) => formCli.formed(number ?? formId, members)),
    ...(byHand !== null && forms.length === 0 ? [formCli.byHand(byHand.url, manifest)] : []),
    ...(leftOff > 0 ? [formCli.leftOff(leftOff)] : []),
    ...(late > 0 ? [formCli.late(late)] : []),
    ...(file === null ? [] : [formCli.written(file)]),
    ...(withoutForm === null ? [] : [formCli.withoutForm(withoutForm)]),
  ];
}
