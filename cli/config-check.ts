import type { Command } from 'commander';
import { missingSecretsOf } from '../adapters/settings/documents';
import { configWords } from '../words/settings';
import { requireEffective } from './config-effective';
import type { Io } from './io';

/** `shipclock config check` */
export function addConfigCheck(parent: Command, io: Io): void {
  parent
    .command('check')
    .description(configWords.check)
    .argument('[file]', configWords.fileArgument)
    .addHelpText('after', configWords.checkMore)
    .action((file: string | undefined) => checkConfig(file, io));
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
