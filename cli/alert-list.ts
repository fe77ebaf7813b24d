import { Option } from 'commander';
import type { Command } from 'commander';
import { defaultShopId } from '../engine/sandbox-shop';
import { alertCliWords, alertHelp } from '../words/alerts';
import { helpWords } from '../words/cli';
import { AlertList } from './alert-answer';
import { alertListLines } from './alert-table';
import { askApi, readAs } from './api';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readShopClocks } from './shop-clock';
import { readSurroundings } from './surroundings';

interface ListOptions {
  readonly shop: string;
  readonly state: string;
  readonly json?: true;
}

/** `shipclock alert list` */
export function addAlertList(parent: Command, io: Io): void {
  parent
    .command('list')
    .description(alertHelp.list)
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId))
    .addOption(
      new Option('--state <state>', alertHelp.state)
        .choices(['open', 'acknowledged', 'settled', 'all'])
        .default('open', 'open'),
    )
    .option('--json', helpWords.json)
    .addHelpText('after', alertHelp.listMore)
    .action((options: ListOptions) => listAlerts(options, io));
}

async function listAlerts({ shop, state, json }: ListOptions, io: Io): Promise<void> {
  const surroundings = readSurroundings(io.env);
  const { apiUrl } = surroundings;
  const body = await askApi(apiUrl, `/v1/alerts?${new URLSearchParams({ shop, state }).toString()}`);
  const list = readAs(AlertList, body, apiUrl);
  if (json === true) {
    io.out(JSON.stringify(body));
    return;
  }
  if (list.data.length === 0) {
    io.out(alertCliWords.none(shop, state));
    return;
  }
  for (const line of alertListLines(list, await readShopClocks(surroundings, [shop]))) io.out(line);
}
