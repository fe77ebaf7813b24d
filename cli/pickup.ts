import { setTimeout as pause } from 'node:timers/promises';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { defaultShopId } from '../engine/sandbox-shop';
import { helpWords, pickupHelp } from '../words/cli';
import { pickupCliWords } from '../words/pickup';
import { postToApi } from './alert-post';
import { askApi, readAs } from './api';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';
import { tableLines } from './table';

/** What the command line needs of a pickup in the API's answers. */
const Pickup = z.object({
  account: z.string(),
  date: z.string(),
  status: z.string(),
  confirmation: z.string().nullable(),
  window: z.object({ from: z.string(), until: z.string() }).nullable(),
  parcels: z.number().nullable(),
  reason: z.string().nullable().default(null),
  isUnderWay: z.boolean().default(false),
});
type Pickup = z.infer<typeof Pickup>;

const PickupList = z.object({ data: z.array(Pickup) });

interface ShopOptions {
  readonly shop: string;
  readonly json?: true;
}

interface DayOptions extends ShopOptions {
  readonly date: string;
  readonly account?: string;
}

interface BookOptions extends DayOptions {
  readonly from?: string;
  readonly until?: string;
  readonly parcels?: number;
  readonly change?: true;
}

const lookAgainMs = 500;
/** A carrier answers within seconds; after this long the person looks again. */
const mostLooks = 30;

/** `shipclock pickup` */
export function addPickup(program: Command, io: Io): void {
  const pickup = program.command('pickup').description(pickupHelp.pickup).helpCommand(false);
  ofDay(pickup.command('book').description(pickupHelp.book))
    .addOption(new Option('--from <instant>', pickupHelp.from).argParser(parseInstant))
    .addOption(new Option('--until <instant>', pickupHelp.until).argParser(parseInstant))
    .addOption(new Option('--parcels <count>', pickupHelp.parcels).argParser(parseParcels))
    .option('--change', pickupHelp.change)
    .addHelpText('after', pickupHelp.bookMore)
    .action((options: BookOptions) => book(options, io));
  ofDay(pickup.command('show').description(pickupHelp.show))
    .addHelpText('after', pickupHelp.showMore)
    .action((options: DayOptions) => show(options, io));
  ofDay(pickup.command('cancel').description(pickupHelp.cancel))
    .addHelpText('after', pickupHelp.cancelMore)
    .action((options: DayOptions) => cancel(options, io));
  ofShop(pickup.command('list').description(pickupHelp.list))
    .addHelpText('after', pickupHelp.listMore)
    .action((options: ShopOptions) => list(options, io));
}

const ofShop = (command: Command): Command =>
  command
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId))
    .option('--json', helpWords.json);

const ofDay = (command: Command): Command =>
  ofShop(command)
    .addOption(new Option('--date <day>', pickupHelp.date).argParser(parseDate).makeOptionMandatory())
    .option('--account <name>', pickupHelp.account);

const parseAs =
  <Value>(schema: z.ZodType<Value>, sentence: string) =>
  (text: string): Value => {
    const parsed = schema.safeParse(text);
    if (!parsed.success) throw new InvalidArgumentError(sentence);
    return parsed.data;
  };

const parseDate = parseAs(z.iso.date(), pickupCliWords.date);
const parseInstant = parseAs(z.iso.datetime({ offset: true }), pickupCliWords.instant);
const parseParcels = parseAs(z.coerce.number().int().min(1).max(9_999), pickupCliWords.parcels);

const pathOf = ({ shop, date }: DayOptions): string => `/v1/shops/${shop}/pickups/${date}`;

async function book(options: BookOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const { shop, date, account, from, until, parcels, change } = options;
  const wish = { account, from, until, parcels };
  await (change === true
    ? postToApi(apiUrl, pathOf(options), wish)
    : postToApi(apiUrl, `/v1/shops/${shop}/pickups`, { date, ...wish }));
  await showOnceSettled(options, io);
}

async function cancel(options: DayOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  await postToApi(apiUrl, `${pathOf(options)}/cancel`, { account: options.account });
  await showOnceSettled(options, io);
}

/** The verdict comes at once; what the carrier says is worth a few seconds. */
async function showOnceSettled(options: DayOptions, io: Io): Promise<void> {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    if (!(await readPickup(options, io)).pickup.isUnderWay) break;
    await pause(lookAgainMs);
  }
  await show(options, io);
}

async function readPickup(options: DayOptions, io: Io): Promise<{ body: unknown; pickup: Pickup }> {
  const { apiUrl } = readSurroundings(io.env);
  const { account } = options;
  const query = account === undefined ? '' : `?${new URLSearchParams({ account }).toString()}`;
  const body = await askApi(apiUrl, `${pathOf(options)}${query}`);
  return { body, pickup: readAs(Pickup, body, apiUrl) };
}

async function show(options: DayOptions, io: Io): Promise<void> {
  const { body, pickup } = await readPickup(options, io);
  if (options.json === true) io.out(JSON.stringify(body));
  else for (const line of pickupLines(pickup)) io.out(line);
}

/** What is booked, in words. */
function pickupLines({ account, date, status, confirmation, window, parcels, reason }: Pickup): string[] {
  return [
    pickupCliWords.status({ account, date, status }),
    ...(confirmation === null || window === null ? [] : [pickupCliWords.confirmed(confirmation, parcels ?? 0, window)]),
    ...(reason === null ? [] : [pickupCliWords.reason(reason)]),
  ];
}

async function list({ shop, json }: ShopOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, `/v1/shops/${shop}/pickups`);
  const { data } = readAs(PickupList, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else if (data.length === 0) io.out(pickupCliWords.none(shop));
  else for (const line of tableLines(pickupCliWords.columns, data.map(rowOf))) io.out(line);
}

const rowOf = ({ date, account, status, confirmation, parcels }: Pickup): string[] => [
  date,
  account,
  status,
  confirmation ?? pickupCliWords.nothing,
  parcels === null ? pickupCliWords.nothing : String(parcels),
];
