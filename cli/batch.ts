import type { Command } from 'commander';
import { batchHelp } from '../words/batch';
import { addBatchCreate } from './batch-create';
import { addBatchPrint } from './batch-print';
import { addBatchList, addBatchShow } from './batch-show';
import type { Io } from './io';

/** `shipclock batch` */
export function addBatch(program: Command, io: Io): void {
  const batch = program.command('batch').description(batchHelp.batch).helpCommand(false);
  addBatchCreate(batch, io);
  addBatchList(batch, io);
  addBatchShow(batch, io);
  addBatchPrint(batch, io);
}
