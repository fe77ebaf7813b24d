import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { appealCliWords, appealHelp } from '../words/appeal-cli';
import { helpWords } from '../words/cli';
import { askApi, readAs } from './api';
import { type CaseOptions, casePath, ofShop, parseCaseKey, parseLimit, shopOption } from './appeal-options';
import { minuteOf } from './instant';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';
import { section, tableLines } from './table';

const instant = z.iso.datetime();

const ListedCase = z.object({
  shopId: z.string(),
  caseKey: z.string(),
  status: z.string(),
  open: z.boolean(),
  orders: z.int(),
  appealBy: instant.nullable(),
});

const CaseList = z.object({ data: z.array(ListedCase) });

const Filing = z.object({
  number: z.int(),
  caseNumber: z.string(),
  filedAt: instant,
  outcome: z.string().nullable(),
  decidedAt: instant.nullable(),
});

/** What the page needs of the API's answer about one case. */
const CaseAnswer = z.object({
  shopId: z.string(),
  caseKey: z.string(),
  status: z.string(),
  parcels: z
    .object({ members: z.int(), undecided: z.int(), broken: z.int(), moved: z.int(), over: z.int() })
    .nullable()
    .default(null),
  limitBroken: z.object({ deadline: z.string(), at: instant }).nullable(),
  evidence: z.object({ complete: z.boolean() }).nullable(),
  filings: z.array(Filing),
  appealBy: instant.nullable(),
  waitsFor: z.string().nullable().default(null),
  toDo: z.array(z.string()),
  timeline: z.array(z.object({ at: instant, sentence: z.string() })),
  links: z.object({ temporal: z.string() }),
});
type CaseAnswer = z.infer<typeof CaseAnswer>;

interface ListOptions {
  readonly shop?: string;
  readonly limit: number;
  readonly json?: true;
}

const usualLimit = 100;

/** `shipclock appeal list` */
export function addAppealList(parent: Command, io: Io): void {
  parent
    .command('list')
    .description(appealHelp.list)
    .addOption(new Option('--shop <id>', appealHelp.onlyShop).argParser(parseShopId))
    .addOption(
      new Option('--limit <count>', appealHelp.limit).argParser(parseLimit).default(usualLimit, `${usualLimit}`),
    )
    .option('--json', helpWords.json)
    .addHelpText('after', appealHelp.listMore)
    .action((options: ListOptions) => listCases(options, io));
}

/** `shipclock appeal show` */
export function addAppealShow(parent: Command, io: Io): void {
  parent
    .command('show')
    .description(appealHelp.show)
    .argument('<case>', appealHelp.caseArgument, parseCaseKey)
    .addOption(shopOption())
    .option('--json', helpWords.json)
    .addHelpText('after', appealHelp.showMore)
    .action((caseKey: string, options: CaseOptions) => showCase(caseKey, options, io));
}

async function listCases({ shop, limit, json }: ListOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const query = new URLSearchParams({ ...(shop === undefined ? {} : { shop }), limit: String(limit) });
  const body = await askApi(apiUrl, `/v1/appeals?${query.toString()}`);
  const { data } = readAs(CaseList, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else if (data.length === 0) io.out(appealCliWords.none);
  else for (const line of tableLines(appealCliWords.columns, data.map(rowOf))) io.out(line);
}

const rowOf = ({ shopId, caseKey, status, open, orders, appealBy }: z.infer<typeof ListedCase>): string[] => [
  caseKey,
  shopId,
  open ? status : appealCliWords.over(status),
  String(orders),
  appealBy === null || !open ? appealCliWords.nothing : minuteOf(appealBy),
];

async function showCase(caseKey: string, { shop, json }: CaseOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await ofShop(shop, askApi(apiUrl, casePath(shop, caseKey)));
  const answer = readAs(CaseAnswer, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else for (const line of pageLines(answer)) io.out(line);
}

/** One case as a page: where it stands, what to do, what was filed, its story. */
function pageLines({ shopId, caseKey, status, toDo, timeline, links, ...rest }: CaseAnswer): string[] {
  const { parcels, limitBroken, evidence, filings, appealBy, waitsFor } = rest;
  return [
    appealCliWords.title(caseKey, shopId, status),
    ...(parcels === null ? [] : [appealCliWords.parcels(parcels)]),
    ...(limitBroken === null ? [] : [appealCliWords.broken(limitBroken.deadline, minuteOf(limitBroken.at))]),
    ...(evidence === null ? [] : [appealCliWords.evidence(evidence.complete)]),
    ...(appealBy === null ? [] : [appealCliWords.fileBy(minuteOf(appealBy))]),
    ...(waitsFor === null ? [] : [waitsFor]),
    ...(toDo.length === 0 ? ['', appealCliWords.nothingToDo] : section(appealCliWords.toDo, toDo)),
    ...(filings.length === 0 ? [] : section(appealCliWords.filings, filings.map(filingLine))),
    ...section(
      appealCliWords.happened,
      timeline.map(({ at, sentence }) => `${minuteOf(at)}  ${sentence}`),
    ),
    '',
    appealCliWords.inTemporal(links.temporal),
  ];
}

function filingLine({ number, caseNumber, filedAt, outcome, decidedAt }: z.infer<typeof Filing>): string {
  const filed = appealCliWords.filing(number, caseNumber, minuteOf(filedAt));
  if (outcome === null || decidedAt === null) return filed;
  return `${filed}, ${appealCliWords.decided(outcome, minuteOf(decidedAt))}`;
}
