import type { Command } from 'commander';
import { configWords } from '../words/settings';
import { addConfigApply } from './config-apply';
import { addConfigCheck } from './config-check';
import { addConfigShow } from './config-show';
import type { Io } from './io';

/** `shipclock config` */
export function configCommand(program: Command, io: Io): void {
  const config = program.command('config').description(configWords.group).helpCommand(false);
  addConfigCheck(config, io);
  addConfigShow(config, io);
  addConfigApply(config, io);
}
