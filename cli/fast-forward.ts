import { Option } from 'commander';
import type { Command } from 'commander';
import { moveShop } from '../engine/move-shop';
import { PlainFailure } from '../engine/plain-failure';
import { sandboxClock } from '../engine/sandbox-clock';
import { orderWorkflowId } from '../workflows/messages';
import { cliFailures, cliWords, helpWords } from '../words/cli';
import { askApi, orderPath, readAs } from './api';
import { parseDuration } from './duration';
import { minuteOf } from './instant';
import type { Io } from './io';
import { OrderAnswer } from './order-answer';
import { parseOrderRef, parseShopId } from './order-ref';
import type { OrderRef } from './order-ref';
import { readShopDocument } from './shop-document';
import { readSurroundings } from './surroundings';
import type { Surroundings } from './surroundings';
import { withTemporal } from './temporal';

interface FastForwardOptions {
  readonly shop?: string;
  readonly json?: true;
}

/** `shipclock fast-forward` */
export function addFastForward(parent: Command, io: Io): void {
  parent
    .command('fast-forward')
    .description(helpWords.fastForward)
    .argument('<order>', helpWords.orderArgument)
    .argument('<duration>', helpWords.duration, parseDuration)
    .addOption(new Option('--shop <id>', helpWords.shop).argParser(parseShopId))
    .option('--json', helpWords.json)
    .addHelpText('after', helpWords.fastForwardMore)
    .action(async (order: string, durationMs: number, { shop, json }: FastForwardOptions) => {
      const moved = await forwardShopOf(parseOrderRef(order, shop), durationMs, io);
      if (json === true) io.out(JSON.stringify(moved));
      else for (const line of movedLines(moved)) io.out(line);
    });
}

interface Moved extends OrderRef {
  readonly phaseBefore: string;
  readonly phase: string;
  /** Where the shop's clock stands, ISO 8601 in UTC. */
  readonly shopNow: string;
}

async function forwardShopOf(ref: OrderRef, durationMs: number, io: Io): Promise<Moved> {
  const surroundings = readSurroundings(io.env);
  const { sandboxUrl, documentsDir, temporal } = surroundings;
  const phaseBefore = await phaseOf(surroundings, ref);
  await requireMovableShop(documentsDir, ref.shopId);
  const { now } = await sandboxClock(sandboxUrl, ref.shopId).read();
  const journey = {
    sandboxUrl,
    shopId: ref.shopId,
    to: now + durationMs,
    known: [orderWorkflowId(ref.shopId, ref.orderId)],
  };
  const arrived = await withTemporal(temporal, (client) =>
    moveShop({ ...journey, client, say: (line) => io.err(line) }),
  );
  const phase = await phaseOf(surroundings, ref);
  return { ...ref, phaseBefore, phase, shopNow: new Date(arrived.now).toISOString() };
}

async function phaseOf({ apiUrl }: Surroundings, ref: OrderRef): Promise<string> {
  return readAs(OrderAnswer, await askApi(apiUrl, orderPath(ref)), apiUrl).phase;
}

/** Moving real orders would buy labels and miss deadlines that are nobody's yet. */
async function requireMovableShop(documentsDir: string, shopId: string): Promise<void> {
  const { kind, clock } = await readShopDocument(documentsDir, shopId);
  if (kind !== 'sandbox') throw new PlainFailure(cliFailures.liveShop(shopId));
  if (clock === 'backDated') throw new PlainFailure(cliFailures.backDatedShop(shopId));
}

const movedLines = ({ shopId, orderId, shopNow, phaseBefore, phase }: Moved): string[] => [
  cliWords.clockMoved(shopId, minuteOf(shopNow)),
  cliWords.orderAfter(orderId, phaseBefore, phase),
];
