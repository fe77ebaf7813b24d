import type { Command } from 'commander';
import { helpWords } from '../words/cli';
import { formCli, formHelp } from '../words/form-cli';
import { askApi, readAs } from './api';
import { FormDay, type ManifestOfDay } from './form-answer';
import { shopOption, type FormOptions } from './form-ref';
import { minuteOf } from './instant';
import type { Io } from './io';
import { readSurroundings } from './surroundings';
import { section, tableLines } from './table';

/** More than a person reads; programs take `--json`. */
const mostShown = 40;

/** `shipclock form today` */
export function addFormToday(parent: Command, io: Io): void {
  parent
    .command('today')
    .description(formHelp.today)
    .addOption(shopOption())
    .option('--json', helpWords.json)
    .action((options: FormOptions) => today(options, io));
}

async function today({ shop, json }: FormOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, `/v1/shops/${shop}/forms`);
  const day = readAs(FormDay, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else for (const line of linesOf(day)) io.out(line);
}

function linesOf(day: FormDay): string[] {
  const manifests = day.places.flatMap((place) => place.manifests);
  const table = manifests.length === 0 ? [formCli.noForms] : tableLines(formCli.columns, manifests.map(rowOf));
  return [formCli.day(day.today, day.shopId), ...table, ...orphanLines(day)];
}

function rowOf({ manifest, phase, closesAt, minutesLeft, counts, evidence }: ManifestOfDay): string[] {
  const { onForm, notPacked, leftOff, loaded } = counts;
  const numbers = [onForm, notPacked, leftOff, loaded].map(String);
  return [manifest, phase, minuteOf(closesAt), formCli.left(minutesLeft), ...numbers, evidence ?? formCli.nothing];
}

function orphanLines({ orphans }: FormDay): string[] {
  if (orphans.length === 0) return ['', formCli.noOrphans];
  const shown = orphans.slice(0, mostShown).map(({ orderId, trackingNumber, why, reason }) => {
    const said = formCli.why[why] ?? why;
    return formCli.orphan(orderId, trackingNumber, reason === undefined ? said : `${said}: ${reason}`);
  });
  const more = orphans.length > shown.length ? [formCli.more(orphans.length - shown.length)] : [];
  return section(formCli.orphans(orphans.length), [...shown, ...more]);
}
