import type { Command } from 'commander';
import { helpWords } from '../words/cli';
import { configWords } from '../words/settings';
import { requireEffective } from './config-effective';
import { effectiveValues } from './config-values';
import type { Io } from './io';
import { tableLines } from './table';

/** `shipclock config show` */
export function addConfigShow(parent: Command, io: Io): void {
  parent
    .command('show')
    .description(configWords.show)
    .option('--json', helpWords.json)
    .addHelpText('after', configWords.showMore)
    .action((options: { readonly json?: true }) => showConfig(options, io));
}

async function showConfig({ json }: { readonly json?: true }, io: Io): Promise<void> {
  const effective = await requireEffective(io.env);
  const values = effectiveValues(effective, io.env);
  if (json === true) {
    io.out(JSON.stringify({ file: effective.path ?? null, settings: values }));
    return;
  }
  io.out(effective.path === undefined ? configWords.noFile : configWords.file(effective.path));
  io.out('');
  const rows = values.map(({ setting, value, from }) => [setting, value, from]);
  for (const line of tableLines(configWords.columns, rows)) io.out(line);
}
