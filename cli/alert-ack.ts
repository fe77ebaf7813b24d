import { Option } from 'commander';
import type { Command } from 'commander';
import { defaultShopId } from '../engine/sandbox-shop';
import { alertHelp } from '../words/alerts';
import { helpWords } from '../words/cli';
import { AlertAnswer } from './alert-answer';
import { postToApi } from './alert-post';
import { alertLines } from './alert-table';
import { readAs } from './api';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';

interface AckOptions {
  readonly shop: string;
  readonly json?: true;
}

/** `shipclock alert ack` */
export function addAlertAck(parent: Command, io: Io): void {
  parent
    .command('ack')
    .description(alertHelp.ack)
    .argument('<key>', alertHelp.key)
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId))
    .option('--json', helpWords.json)
    .addHelpText('after', alertHelp.ackMore)
    .action((key: string, options: AckOptions) => acknowledge(key, options, io));
}

async function acknowledge(key: string, { shop, json }: AckOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await postToApi(apiUrl, `/v1/alerts/${shop}/acknowledge`, { key });
  const { alert } = readAs(AlertAnswer, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else for (const line of alertLines(alert)) io.out(line);
}
