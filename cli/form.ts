import type { Command } from 'commander';
import { formHelp } from '../words/form-cli';
import { addFormClose } from './form-close';
import { addFormLink } from './form-link';
import { addFormLoad } from './form-load';
import { addFormParcels, addFormPrint } from './form-parcels';
import { addFormBring, addFormReport } from './form-report';
import { addFormToday } from './form-today';
import type { Io } from './io';

/** `shipclock form` */
export function addForm(program: Command, io: Io): void {
  const form = program.command('form').description(formHelp.form).helpCommand(false);
  addFormToday(form, io);
  addFormClose(form, io);
  addFormPrint(form, io);
  addFormParcels(form, io);
  addFormLoad(form, io);
  addFormBring(form, io);
  addFormReport(form, io);
  addFormLink(form, io);
}
