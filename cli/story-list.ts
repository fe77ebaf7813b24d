import type { Command } from 'commander';
import { stories } from '../stories/index';
import { cliWords, helpWords } from '../words/cli';
import type { Io } from './io';
import { tableLines } from './table';

/** `shipclock story list` */
export function addStoryList(parent: Command, io: Io): void {
  parent
    .command('list')
    .description(helpWords.storyList)
    .option('--json', helpWords.json)
    .addHelpText('after', helpWords.storyListMore)
    .action(({ json }: { json?: true }) => {
      const data = stories.map(({ name, about }) => ({ name, about }));
      if (json === true) io.out(JSON.stringify({ data }));
      else for (const line of storyLines(data)) io.out(line);
    });
}

const storyLines = (data: readonly { name: string; about: string }[]): string[] =>
  tableLines(
    cliWords.storyColumns,
    data.map(({ name, about }) => [name, about]),
  );
