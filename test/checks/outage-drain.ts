import { setTimeout as pause } from 'node:timers/promises';
import { localDocuments } from '../../adapters/document-store/local';
import { shopKey } from '../../contracts/shop';
import { standingKey } from '../../contracts/standing';
import { inBatches, lookAtShop, type ShopWorkflow } from '../../engine/shop-workflows';
import { sandboxClock } from '../../engine/sandbox-clock';
import { fastForward, lookAt } from '../../engine/virtual-clock';
import type { Stage } from '../../stories/stage';
import type { Floor } from '../support/floor';
import { must } from './check';

const RETRY_AFTER_SECONDS = 1;
const PATIENCE_MS = 300_000;
const LOOK_AGAIN_MS = 500;
/** What comes back within seconds is waited for, as in life; the half hours of a long outage are moved through. */
const SOON_MS = 10_000;
/** Attempts are scheduled less exactly than timers. */
const SHORT_OF_MS = 300;
/** A call that was on its way when the refusal came is no fault of ours. */
const ON_ITS_WAY_MS = 300;

type Wish = { uploads: number; aheadMs: number; requestsPerSecond: number };

/** One call as the sandbox saw it, without EasyPost's. */
type Seen = { at: number; ms: number; status: number };

/**
 * The platform is back, takes so many calls a second and says when to come again. The shop is a live one from here on: its calls
 * pass the gate, which those of a shop whose time is played do not. Its worker is a new one, so that all orders are replayed
 * and come at the same moment.
 */
export async function drain(
  floor: Floor,
  stage: Stage,
  { uploads, aheadMs, requestsPerSecond }: Wish,
): Promise<Record<string, number>> {
  await floor.stopWorker();
  await makeLive(floor, stage.shopId);
  await stage.control('PUT', '/rules', { requestsPerSecond, retryAfterSeconds: RETRY_AFTER_SECONDS });
  await sandboxClock(floor.sandboxUrl, stage.shopId).moveTo((await stage.now()) + aheadMs);
  const backAt = await stage.now();
  await floor.startWorker();
  const seen = callsSince(stage, backAt);
  for (let done = 0; done < uploads; done = await uploadsOf(stage)) {
    await bringToTheirAttempts(floor, stage.shopId);
    await seen.look();
    if ((await stage.now()) - backAt > PATIENCE_MS) throw new Error(`${done} of ${uploads} uploaded, not drained`);
    await pause(LOOK_AGAIN_MS);
  }
  const calls = await seen.look();
  mustWaitAsAsked(calls);
  const secondsToDrain = (await lastUpload(stage)) - backAt;
  const { refusedCalls } = (await stage.control('GET', '/rules')) as { refusedCalls: number };
  return {
    uploads: await uploadsOf(stage),
    secondsToDrain: Math.round(secondsToDrain / 100) / 10,
    requestsPerSecond,
    mostAcceptedPerSecond: mostInASecond(calls.filter(({ status }) => status !== TOO_MANY)),
    refusedCalls,
    calls: calls.length,
  };
}

const TOO_MANY = 429;

async function makeLive({ documentsDir }: Floor, shopId: string): Promise<void> {
  const documents = localDocuments(documentsDir);
  const written = JSON.parse((await documents.get(shopKey(shopId))) ?? '{}') as object;
  await documents.put(shopKey(shopId), JSON.stringify({ ...written, kind: 'live' }));
  // A live shop that nobody has switched is only watched.
  await documents.put(standingKey(shopId), JSON.stringify({ mode: 'auto' }));
}

const uploadTimes = async (stage: Stage): Promise<number[]> =>
  (await stage.ledger()).filter(({ kind }) => kind === 'trackingUploaded').map(({ at }) => Date.parse(at));

const uploadsOf = async (stage: Stage): Promise<number> => (await uploadTimes(stage)).length;
const lastUpload = async (stage: Stage): Promise<number> => Math.max(...(await uploadTimes(stage)));

async function bringToTheirAttempts({ client }: Floor, shopId: string): Promise<void> {
  const workflows = await lookAtShop(client, { shopId });
  await inBatches(workflows, async ({ workflowId, isQuiet }: ShopWorkflow) => {
    if (!isQuiet) return;
    const { now, nextAttemptAt } = await lookAt(client, workflowId);
    if (nextAttemptAt === null || nextAttemptAt - now < SOON_MS) return;
    await fastForward(client, workflowId, { durationMs: nextAttemptAt - now - SHORT_OF_MS, maxSkips: 50 });
  });
}

/** Collects the calls of a shop: the sandbox keeps the last thousand of them. */
function callsSince(stage: Stage, from: number): { look: () => Promise<Seen[]> } {
  const all: Seen[] = [];
  let taken = from;
  return {
    look: async () => {
      const { data } = (await stage.control('GET', '/traffic?limit=1000')) as {
        data: { at: string; path: string; status: number | null; ms: number | null }[];
      };
      const until = (await stage.now()) - ON_ITS_WAY_MS;
      const fresh = data.map((one) => ({ ...one, at: Date.parse(one.at) })).filter(({ at }) => at > taken);
      const over = fresh.filter(({ at }) => at <= until);
      if (over.length === KEPT) throw new Error('more calls than the sandbox keeps between two looks');
      taken = until;
      const platforms = over.filter(({ path }) => !/^\/(v2|labels|appeals)\b/.test(path));
      all.push(...platforms.map(({ at, ms, status }) => ({ at, ms: ms ?? 0, status: status ?? 0 })));
      return all;
    },
  };
}

const KEPT = 1_000;

/** After a refusal nothing comes before the time that it names is over. */
function mustWaitAsAsked(calls: Seen[]): void {
  const refusals = calls.filter(({ status }) => status === TOO_MANY);
  const early = calls.filter(({ at }) =>
    refusals.some((refusal) => {
      const heardAt = refusal.at + refusal.ms;
      return at > heardAt + ON_ITS_WAY_MS && at < heardAt + RETRY_AFTER_SECONDS * 1_000;
    }),
  );
  must('calls sent before the platform wanted to be asked again', early.length, 0);
}

function mostInASecond(calls: Seen[]): number {
  const bySecond = new Map<number, number>();
  for (const { at } of calls) bySecond.set(Math.floor(at / 1_000), (bySecond.get(Math.floor(at / 1_000)) ?? 0) + 1);
  return Math.max(0, ...bySecond.values());
}
