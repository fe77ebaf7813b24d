import type { Command } from 'commander';
import { z } from 'zod';
import { appealCliWords, appealHelp } from '../words/appeal-cli';
import { helpWords } from '../words/cli';
import { askApi, readAs } from './api';
import { type CaseOptions, shopOption } from './appeal-options';
import type { Io } from './io';
import { readSurroundings } from './surroundings';
import { tableLines } from './table';

const count = z.int().min(0);

const Counts = z.object({
  cases: count,
  filed: count,
  won: count,
  lost: count,
  parcels: count,
  recovered: z.object({ cents: count, points: count, orders: count }),
  medianDaysToDecision: z.number().nullable(),
});

const Statistics = z.object({
  data: z.array(Counts.extend({ carrier: z.string(), cause: z.string() })),
  total: Counts,
});

/** `shipclock appeal stats` */
export function addAppealStats(parent: Command, io: Io): void {
  parent
    .command('stats')
    .description(appealHelp.stats)
    .addOption(shopOption())
    .option('--json', helpWords.json)
    .addHelpText('after', appealHelp.statsMore)
    .action((options: CaseOptions) => showStatistics(options, io));
}

async function showStatistics({ shop, json }: CaseOptions, io: Io): Promise<void> {
  const { apiUrl } = readSurroundings(io.env);
  const body = await askApi(apiUrl, `/v1/appeals/statistics?${new URLSearchParams({ shop }).toString()}`);
  const { data, total } = readAs(Statistics, body, apiUrl);
  if (json === true) io.out(JSON.stringify(body));
  else if (data.length === 0) io.out(appealCliWords.noStats(shop));
  else
    for (const line of [...tableLines(appealCliWords.statsColumns, data.map(rowOf)), '', appealCliWords.share(total)])
      io.out(line);
}

const rowOf = ({ carrier, cause, ...counts }: z.infer<typeof Statistics>['data'][number]): string[] => [
  carrier === '' ? appealCliWords.nothing : carrier,
  cause,
  ...[counts.cases, counts.filed, counts.won, counts.lost, counts.parcels].map(String),
  appealCliWords.recovered(counts.recovered),
  counts.medianDaysToDecision === null ? appealCliWords.nothing : String(counts.medianDaysToDecision),
];
