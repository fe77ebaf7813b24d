import { Command } from 'commander';
import { version } from '../package.json';
import { alertHelp } from '../words/alerts';
import { helpWords } from '../words/cli';
import { addAlertAck } from './alert-ack';
import { addAlertList } from './alert-list';
import { addAppeal } from './appeal';
import { configCommand } from './config';
import { addCatalogue } from './catalogue';
import { addOrderChoose } from './order-choose';
import { addOrderRates } from './order-rates';
import { addBatch } from './batch';
import { addCarrier } from './carrier';
import { addLabel } from './label';
import { addPickup } from './pickup';
import { addConnect } from './connect';
import { doctorCommand } from './doctor';
import { addFastForward } from './fast-forward';
import { addForm } from './form';
import type { Io } from './io';
import { keysCommand } from './keys';
import { addOrderList } from './order-list';
import { addOrderShow } from './order-show';
import { addOrderTell } from './order-tell';
import { addPlan } from './plan';
import { addShop } from './shop';
import { addStoryList } from './story-list';
import { addStoryRun } from './story-run';
import { addWrites } from './writes';

/** The command line as commander sees it. It throws instead of ending the process, and says what is wrong to nobody. */
export function createProgram(io: Io): Command {
  const program = new Command('shipclock')
    .description(helpWords.shipclock)
    .version(version, '-V, --version', helpWords.version)
    .helpOption('-h, --help', helpWords.help)
    .helpCommand('help [command]', helpWords.helpCommand)
    .addHelpText('after', helpWords.shipclockMore)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      outputError: () => undefined,
    });
  const order = program.command('order').description(helpWords.order).helpCommand(false);
  addOrderList(order, io);
  addOrderShow(order, io);
  addOrderRates(order, io);
  addOrderChoose(order, io);
  addOrderTell(order, io);
  const alert = program.command('alert').description(alertHelp.alert).helpCommand(false);
  addAlertList(alert, io);
  addAlertAck(alert, io);
  addCatalogue(program, io);
  addForm(program, io);
  addAppeal(program, io);
  addBatch(program, io);
  addLabel(program, io);
  addCarrier(program, io);
  addPickup(program, io);
  addConnect(program, io);
  addShop(program, io);
  addWrites(program, io);
  configCommand(program, io);
  keysCommand(program, io);
  doctorCommand(program, io);
  addFastForward(program, io);
  addPlan(program, io);
  const story = program.command('story').description(helpWords.story).helpCommand(false);
  addStoryList(story, io);
  addStoryRun(story, io);
  return program;
}
