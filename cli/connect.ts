import { setTimeout as pause } from 'node:timers/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { ShopMode } from '../contracts/standing';
import { PlainFailure } from '../engine/plain-failure';
import { connectCliFailures, connectCliWords, connectHelp } from '../words/connect';
import { postToApi } from './alert-post';
import { askApi, readAs } from './api';
import { openInBrowser } from './browser';
import { applyEffective } from './config-apply';
import { askerOf, chooseShops, type ConnectShop, type Wish } from './connect-choice';
import { readShopModes, sayMode, type ShopModes } from './connect-modes';
import type { Io } from './io';
import { parseShopId } from './order-ref';
import { readSurroundings } from './surroundings';
import { tableLines } from './table';

interface ConnectOptions {
  readonly open: boolean;
  readonly shop?: readonly string[];
  readonly all?: true;
  readonly mode?: string;
  readonly json?: true;
}

const LOOK_AGAIN_MS = 1_000;

const Begun = z.object({ state: z.string(), consentUrl: z.string() });

const Connect = z.object({
  status: z.enum(['waiting', 'shops', 'done', 'failed', 'expired']),
  isWorking: z.boolean(),
  reason: z.string().nullable(),
  shops: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      region: z.string(),
      isKnown: z.boolean(),
      result: z.enum(['connected', 'refused']).nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
type Connect = z.infer<typeof Connect>;

/** `shipclock connect` */
export function addConnect(program: Command, io: Io): void {
  const connect = program.command('connect').description(connectHelp.connect).helpCommand(false);
  connect
    .command('tiktok')
    .description(connectHelp.tiktok)
    .option('--no-open', connectHelp.noOpen)
    .addOption(new Option('--shop <id...>', connectHelp.shop).argParser(parseShopIds))
    .option('--all', connectHelp.all)
    .addOption(new Option('--mode <mode>', connectHelp.mode).choices(ShopMode.options))
    .option('--json', connectHelp.json)
    .addHelpText('after', connectHelp.tiktokMore)
    .action((options: ConnectOptions) => connectTikTok(options, io));
}

const parseShopIds = (text: string, before: readonly string[] = []): string[] => [...before, parseShopId(text)];

async function connectTikTok(options: ConnectOptions, io: Io): Promise<void> {
  if (options.shop !== undefined && options.all === true) throw new PlainFailure(connectCliFailures.shopAndAll);
  const ask = askerOf(process.stdin);
  const wish = wishOf(options);
  // Before there is an address: a consent that nobody here can act on would be thrown away.
  if (wish === 'ask' && ask === undefined) throw new PlainFailure(connectCliFailures.cannotAsk);
  const { apiUrl } = readSurroundings(io.env);
  const voice = voiceOf(options, io);
  if ((await applyEffective(io.env)) !== undefined) io.err(connectCliWords.applied);
  const { state, consentUrl } = readAs(Begun, await postToApi(apiUrl, '/v1/connect/tiktok', {}), apiUrl);
  voice.tell({ consentUrl, state });
  voice.say(connectCliWords.address);
  voice.say(consentUrl);
  if (options.open) openInBrowser(consentUrl);
  io.err(connectCliWords.waiting);
  const path = `/v1/connect/tiktok/${state}`;
  const { shops } = await untilDecided({ apiUrl, path }, ({ status }) => status !== 'waiting');
  io.err(connectCliWords.consented);
  const before = await readShopModes(apiUrl);
  const chosen = await chooseShops(shops, wish, {
    list: tellOffered(voice.list),
    complain: (line) => io.err(line),
    ask,
  });
  await postToApi(apiUrl, `${path}/shops`, {
    shops: chosen,
    ...(options.mode === undefined ? {} : { mode: options.mode }),
  });
  io.err(connectCliWords.settingUp(chosen.length));
  const outcome = await untilDecided({ apiUrl, path }, ({ isWorking }) => !isWorking);
  voice.tell({ shops: outcome.shops });
  tellOutcome(outcome, { before, now: await readShopModes(apiUrl) }, voice.say);
}

type Say = (line: string) => void;

/** To a person in sentences, to a program in JSON objects; what is to be chosen from is no part of the answer to a program. */
type Voice = { say: Say; list: Say; tell: (what: object) => void };

const voiceOf = ({ json }: ConnectOptions, io: Io): Voice =>
  json === true
    ? { say: () => undefined, list: (line) => io.err(line), tell: (what) => io.out(JSON.stringify(what)) }
    : { say: (line) => io.out(line), list: (line) => io.out(line), tell: () => undefined };

const wishOf = ({ shop, all }: ConnectOptions): Wish => (all === true ? 'all' : (shop ?? 'ask'));

/** Looks again and again; a connection that ends without its shops is a failure. */
async function untilDecided(
  { apiUrl, path }: { apiUrl: string; path: string },
  isDecided: (connect: Connect) => boolean,
): Promise<Connect> {
  for (;;) {
    const connect = readAs(Connect, await askApi(apiUrl, path), apiUrl);
    if (connect.status === 'expired') throw new PlainFailure(connectCliFailures.expired);
    if (connect.status === 'failed') throw new PlainFailure(connect.reason ?? '');
    if (isDecided(connect)) return connect;
    await pause(LOOK_AGAIN_MS);
  }
}

const tellOffered =
  (say: Say) =>
  (shops: readonly ConnectShop[]): void => {
    const rows = shops.map(({ id, name, region, isKnown }, index) => [
      String(index + 1),
      id,
      name,
      region,
      isKnown ? connectCliWords.known : connectCliWords.unknown,
    ]);
    for (const line of tableLines(connectCliWords.columns, rows)) say(line);
  };

/** Shops that lack their settings fail the command, after the others were told. */
function tellOutcome({ shops }: Connect, { before, now }: { before: ShopModes; now: ShopModes }, say: Say): void {
  const connected = shops.filter(({ result }) => result === 'connected');
  for (const { id, name, reason } of connected) {
    say([connectCliWords.connected(name, id), ...sayMode(id, before, now)].join(' '));
    if (reason !== null) say(reason);
  }
  const refused = shops.filter(({ result }) => result === 'refused').map(({ reason }) => reason ?? '');
  if (refused.length > 0) throw new PlainFailure(refused.join('\n'));
  const first = connected[0]?.id ?? '';
  for (const line of connectCliWords.next(first, now.get(first) ?? 'watch')) say(line);
}
