import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { defaultShopId } from '../engine/sandbox-shop';
import { carrierCliWords } from '../words/carriers';
import { carrierHelp, helpWords } from '../words/cli';
import { askApi, readAs } from './api';
import { minuteOf } from './instant';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';
import { tableLines } from './table';

/** What the command line needs of an account in the API's answers. */
const Account = z.object({
  account: z.string(),
  provider: z.string(),
  enabled: z.boolean(),
  can: z.array(z.string()).nullable(),
  paused: z.object({ cause: z.string(), since: z.string() }).nullable(),
  ordersWaiting: z.number(),
  balanceCents: z.number().nullable(),
  spentCents: z.number().nullable(),
});
type Account = z.infer<typeof Account>;

const Service = z.object({
  carrier: z.string(),
  service: z.string(),
  parcels: z.number(),
  onTimePercent: z.number().nullable(),
  stalls: z.number(),
  losses: z.number(),
});

const CarrierList = z.object({ data: z.array(Account), record: z.array(Service) });
type CarrierList = z.infer<typeof CarrierList>;

interface ListOptions {
  readonly shop: string;
  readonly json?: true;
}

/** `shipclock carrier` */
export function addCarrier(program: Command, io: Io): void {
  const carrier = program.command('carrier').description(carrierHelp.carrier).helpCommand(false);
  carrier
    .command('list')
    .description(carrierHelp.list)
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId))
    .option('--json', helpWords.json)
    .addHelpText('after', carrierHelp.listMore)
    .action((options: ListOptions) => listCarriers(options, io));
}

async function listCarriers({ shop, json }: ListOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, `/v1/shops/${shop}/carriers`);
  const list = readAs(CarrierList, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else if (list.data.length === 0) io.out(carrierCliWords.none(shop));
  else for (const line of carrierListLines(list)) io.out(line);
}

/** The accounts of one shop as people read them, in their owner's order; below, what each can, and our record. */
function carrierListLines({ data, record }: CarrierList): string[] {
  return [
    ...tableLines(carrierCliWords.columns, data.map(rowOf)),
    '',
    ...data.map(({ account, can }) =>
      can === null ? carrierCliWords.notLooked(account) : carrierCliWords.can(account, can),
    ),
    ...(record.length === 0 ? [] : ['', ...record.map(carrierCliWords.record)]),
  ];
}

const rowOf = ({ account, provider, enabled, paused, ordersWaiting, balanceCents, spentCents }: Account): string[] => [
  account,
  provider,
  carrierCliWords.state(enabled, paused?.cause ?? null),
  paused === null ? carrierCliWords.nothing : minuteOf(paused.since),
  String(ordersWaiting),
  carrierCliWords.money(balanceCents),
  carrierCliWords.money(spentCents),
];
