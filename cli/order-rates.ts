import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { dollars } from '../words/activities';
import { choiceHelp, choiceWords } from '../words/choice';
import { helpWords } from '../words/cli';
import { askApi, orderPath, readAs } from './api';
import { minuteOf } from './instant';
import type { Io } from './io';
import { parseOrderRef, parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';
import { tableLines } from './table';

const Offer = z.object({
  account: z.string(),
  carrier: z.string(),
  service: z.string(),
  priceCents: z.int(),
  listCents: z.int().optional(),
  savingCents: z.int().optional(),
  deliveryDays: z.number().nullable(),
  isChosen: z.boolean(),
  record: z.object({ parcels: z.int(), onTimePercent: z.int().nullable() }).nullable(),
});
type Offer = z.infer<typeof Offer>;

const OfferedParcel = z.object({
  package: z.string(),
  attempt: z.int(),
  askedAt: z.iso.datetime(),
  parcel: z.object({ lengthIn: z.number(), widthIn: z.number(), heightIn: z.number(), weightOz: z.number() }),
  chosen: z.object({ carrier: z.string(), service: z.string() }),
  reasonText: z.string(),
  offers: z.array(Offer),
  unrated: z.array(z.object({ account: z.string(), carrier: z.string().optional(), code: z.string() })),
});
type OfferedParcel = z.infer<typeof OfferedParcel>;

const RatesAnswer = z.object({ orderId: z.string(), parcels: z.array(OfferedParcel) });

interface RatesOptions {
  readonly shop?: string;
  readonly json?: true;
}

/** `shipclock order rates` */
export function addOrderRates(parent: Command, io: Io): void {
  parent
    .command('rates')
    .description(choiceHelp.rates)
    .argument('<order>', helpWords.orderArgument)
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId))
    .option('--json', helpWords.json)
    .addHelpText('after', choiceHelp.ratesMore)
    .action((order: string, options: RatesOptions) => showRates(order, options, io));
}

async function showRates(order: string, { shop, json }: RatesOptions, io: Io): Promise<void> {
  const ref = parseOrderRef(order, shop);
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, `${orderPath(ref)}/rates`);
  const { orderId, parcels } = readAs(RatesAnswer, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else if (parcels.length === 0) io.out(choiceWords.noOffers(orderId));
  else for (const line of parcels.flatMap(parcelLines)) io.out(line);
}

function parcelLines(one: OfferedParcel, index: number): string[] {
  const { chosen, unrated } = one;
  return [
    ...(index === 0 ? [] : ['']),
    `${choiceWords.parcel(one.package, one.attempt, minuteOf(one.askedAt))} (${choiceWords.size(one.parcel)})`,
    ...tableLines(choiceWords.offerColumns, one.offers.map(rowOf)),
    ...unrated.map(({ account, carrier, code }) =>
      choiceWords.gaveNone(carrier === undefined ? account : `${account} ${carrier}`, code),
    ),
    choiceWords.chosen(chosen.carrier, chosen.service, one.reasonText),
  ];
}

function rowOf({
  account,
  carrier,
  service,
  priceCents,
  listCents,
  savingCents,
  deliveryDays,
  ...offer
}: Offer): string[] {
  const { nothing } = choiceWords;
  const money = (cents: number | undefined): string => (cents === undefined ? nothing : dollars(cents));
  return [
    offer.isChosen ? choiceWords.isChosen : '',
    account === '' ? nothing : account,
    carrier,
    service,
    dollars(priceCents),
    money(listCents),
    money(savingCents),
    deliveryDays === null ? nothing : String(deliveryDays),
    recordOf(offer.record),
  ];
}

/** Too few parcels say nothing. */
const recordOf = (record: Offer['record']): string =>
  record === null || record.onTimePercent === null
    ? choiceWords.nothing
    : choiceWords.record(record.onTimePercent, record.parcels);
