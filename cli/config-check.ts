import type { Command } from 'commander';
import { missingSecretsOf } from '../adapters/settings/documents';
import { sayMistakes } from '../adapters/settings/file';
import { PlainFailure } from '../engine/plain-failure';
import { helpWords } from '../words/cli';
import { configWords } from '../words/settings';
import { readEffective, requireEffective } from './config-effective';
import type { Io } from './io';

/** `shipclock config check` */
export function addConfigCheck(parent: Command, io: Io): void {
  parent
    .command('check')
    .description(configWords.check)
    .argument('[file]', configWords.fileArgument)
    .option('--json', helpWords.json)
    .addHelpText('after', configWords.checkMore)
    .action((file: string | undefined, { json }: { readonly json?: true }) =>
      json === true ? checkAsJson(file, io) : checkConfig(file, io),
    );
}

async function checkConfig(file: string | undefined, io: Io): Promise<void> {
  const { path, settings } = await requireEffective(io.env, file);
  if (path === undefined) {
    io.out(configWords.noneToCheck);
    return;
  }
  io.out(configWords.valid(path, settings.shops.length));
  for (const variable of missingSecretsOf(settings, io.env)) io.out(configWords.unsetSecret(variable, path));
}

/** One document also of a file with mistakes: all of them, whose sentences are then the failure. */
async function checkAsJson(named: string | undefined, io: Io): Promise<void> {
  const effective = await readEffective(io.env, named);
  const file = effective.path ?? null;
  if ('mistakes' in effective) {
    io.out(JSON.stringify({ file, isValid: false, mistakes: effective.mistakes }));
    throw new PlainFailure(sayMistakes(effective.mistakes, effective.path));
  }
  const { settings } = effective;
  const unsetSecrets = missingSecretsOf(settings, io.env);
  io.out(JSON.stringify({ file, isValid: true, shops: settings.shops.map(({ id }) => id), unsetSecrets }));
}
