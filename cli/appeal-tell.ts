import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { appealCliWords, appealHelp } from '../words/appeal-cli';
import { helpWords } from '../words/cli';
import { readAs } from './api';
import {
  type CaseOptions,
  casePath,
  ofShop,
  parseActor,
  parseCaseKey,
  parseCount,
  parseInstant,
  parseNote,
  parseOutcome,
  shopOption,
} from './appeal-options';
import { sendToApi } from './catalogue-send';
import type { Io } from './io';
import { readSurroundings } from './surroundings';

const Followed = z.object({ status: z.string() });

interface TellOptions extends CaseOptions {
  readonly as: string;
}

interface NoteOptions extends TellOptions {
  readonly note?: string;
}

interface AtOptions extends TellOptions {
  readonly at?: string;
}

interface DecideOptions extends AtOptions {
  readonly cents?: number;
  readonly points?: number;
  readonly orders?: number;
}

type Verb = 'file' | 'filed' | 'decide' | 'again';

/** `shipclock appeal file`, `filed`, `decide` and `again` */
export function addAppealTell(parent: Command, io: Io): void {
  const note = (): Option => new Option('--note <text>', appealHelp.note).argParser(parseNote);
  const at = (): Option => new Option('--at <instant>', appealHelp.at).argParser(parseInstant);
  begun(parent, 'file')
    .addOption(note())
    .action((caseKey: string, options: NoteOptions) =>
      tell({ caseKey, options, path: 'file', order: { note: options.note } }, io),
    );
  begun(parent, 'filed')
    .argument('<number>', appealHelp.numberArgument)
    .addOption(at())
    .action((caseKey: string, caseNumber: string, options: AtOptions) =>
      tell({ caseKey, options, path: 'filed', order: { caseNumber, at: options.at } }, io),
    );
  begun(parent, 'decide')
    .argument('<outcome>', appealHelp.outcomeArgument, parseOutcome)
    .addOption(at())
    .addOption(new Option('--cents <count>', appealHelp.cents).argParser(parseCount))
    .addOption(new Option('--points <count>', appealHelp.points).argParser(parseCount))
    .addOption(new Option('--orders <count>', appealHelp.orders).argParser(parseCount))
    .action((caseKey: string, outcome: string, options: DecideOptions) =>
      tell({ caseKey, options, path: 'decision', order: decisionOf(outcome, options) }, io),
    );
  begun(parent, 'again')
    .addOption(note().makeOptionMandatory())
    .action((caseKey: string, options: NoteOptions) =>
      tell({ caseKey, options, path: 'appeal-again', order: { note: options.note } }, io),
    );
}

function begun(parent: Command, verb: Verb): Command {
  const { operator } = appealCliWords;
  return parent
    .command(verb)
    .description(appealHelp[verb])
    .argument('<case>', appealHelp.caseArgument, parseCaseKey)
    .addOption(shopOption())
    .addOption(new Option('--as <name>', appealHelp.as).argParser(parseActor).default(operator, operator))
    .option('--json', helpWords.json)
    .addHelpText('after', appealHelp[`${verb}More`]);
}

function decisionOf(outcome: string, { at, cents, points, orders }: DecideOptions): object {
  const isNothing = [cents, points, orders].every((count) => count === undefined);
  if (isNothing) return { outcome, at };
  if (outcome === 'lost') throw new PlainFailure(appealCliWords.onlyWon);
  return { outcome, at, recovered: { cents, points, orders } };
}

type Telling = { caseKey: string; options: TellOptions; path: string; order: object };

async function tell({ caseKey, options: { shop, as, json }, path, order }: Telling, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), 'x-actor': as };
  const wish = { method: 'POST' as const, headers, body: JSON.stringify(order) };
  const response = await ofShop(shop, sendToApi(apiUrl, `${casePath(shop, caseKey)}/${path}`, wish));
  const body: unknown = await response.json().catch(() => undefined);
  const { status } = readAs(Followed, body, apiUrl);
  io.out(json === true ? JSON.stringify(body) : appealCliWords.accepted(caseKey, status));
}
