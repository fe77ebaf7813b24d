import type { Command } from 'commander';
import { appealHelp } from '../words/appeal-cli';
import { addAppealPack } from './appeal-pack';
import { addAppealTell } from './appeal-tell';
import { addAppealList, addAppealShow } from './appeal-show';
import { addAppealStats } from './appeal-stats';
import type { Io } from './io';

/** `shipclock appeal` */
export function addAppeal(program: Command, io: Io): void {
  const appeal = program.command('appeal').description(appealHelp.appeal).helpCommand(false);
  addAppealList(appeal, io);
  addAppealShow(appeal, io);
  addAppealPack(appeal, io);
  addAppealTell(appeal, io);
  addAppealStats(appeal, io);
}
