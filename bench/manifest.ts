import { setTimeout as pause } from 'node:timers/promises';
import { openSandboxShop } from '../engine/sandbox-shop';
import { inBatches } from '../engine/shop-workflows';
import { call } from '../stories/call';
import { newId } from '../stories/sample-order';
import { benchWords } from '../words/bench';
import { closeManifest } from '../workflows/messages-manifest';
import { heardOn, startFormsWorker } from '../test/checks/forms-process';
import { FROM, formsIn, joinForm, ownLabel, TUESDAY, type FormSet, type Laid } from '../test/checks/forms-set';
import type { Floor } from '../test/support/floor';
import { keyringIn } from '../test/support/keys';
import { untilTrue } from '../test/support/until';
import { portsOf } from '../workers/ports';
import type { Figures } from './bench';

/** What one form takes here, and the size of a day that fills it. */
const MOST = 7_000;
const PROVIDER = 'usps';
const LOOK_AGAIN_MS = 500;
const PATIENCE_MS = 240_000;

/**
 * One day's parcels of one ship-from, from the first that joins to the last that hears of its form: 7,000 on one form, and under
 * `oneMore` 7,001 on two, of a provider whose forms take 7,000. The manifest's workflow, its activities, the engine, USPS's adapter and the
 * sandbox are real; labels are laid straight into the sandbox, and the orders are not there: what they are told finds nobody.
 * `peakMemoryMb` is the worker's process, `largestHistoryEvents` the longest of all runs of the manifest's workflow.
 */
export async function manifest(floor: Floor): Promise<Figures> {
  floor.say(benchWords.manifest(MOST));
  await floor.stopWorker();
  try {
    const figures = await day(floor, MOST);
    return { ...figures, oneMore: await day(floor, MOST + 1) };
  } finally {
    await floor.startWorker();
  }
}

async function day(floor: Floor, members: number): Promise<Figures> {
  const { documentsDir, client, taskQueue } = floor;
  const ports = portsOf({ documentsDir, client, taskQueue, keyring: await keyringIn(documentsDir) });
  const { shopId, control, laid } = await openDay(floor, members);
  const place = { shopId, account: PROVIDER, at: TUESDAY };
  await inBatches(laid, (label) => ownLabel(ports, place, label));
  const worker = await startFormsWorker(floor, { dooms: [], most: MOST });
  const heardBefore = (await heardOn(floor)).length;
  try {
    const begunAt = performance.now();
    const ids = await inBatches(laid, (label) => joinForm(ports, place, label));
    const joinedAt = performance.now();
    floor.say(benchWords.manifestJoined(members, secondsBetween(begunAt, joinedAt)));
    const id = ids[0] ?? '';
    await client.workflow.getHandle(id).executeUpdate(closeManifest, { args: [{ actor: 'bench' }] });
    await untilHeard(floor, heardBefore + members);
    const toldAt = performance.now();
    const forms = await formsIn({ control });
    floor.say(benchWords.manifestTold(forms.length, secondsBetween(joinedAt, toldAt)));
    return {
      wallS: secondsBetween(begunAt, toldAt),
      peakMemoryMb: await worker.peakMemoryMb(),
      ...(await historiesOf(floor, id)),
      forms: forms.length,
      members: forms.reduce((sum, { shipments }) => sum + shipments, 0),
      joinsPerS: Math.round(members / secondsBetween(begunAt, joinedAt)),
      closeToToldS: secondsBetween(joinedAt, toldAt),
    };
  } finally {
    await worker.kill();
  }
}

const secondsBetween = (from: number, to: number): number => Number(((to - from) / 1_000).toFixed(1));

type Day = Pick<FormSet, 'shopId' | 'control'> & { laid: Laid[] };

async function openDay({ sandboxUrl, apiUrl, documentsDir }: Floor, members: number): Promise<Day> {
  const shopId = newId();
  const where = { sandboxUrl, apiUrl, documentsDir, shopId, now: TUESDAY, autoCancel: false };
  await openSandboxShop({ ...where, carriers: [PROVIDER] });
  const control: FormSet['control'] = (method, path, body) =>
    call(method, `${sandboxUrl}/control/shops/${shopId}${path}`, body);
  const laid = await control<Laid[]>('POST', '/labels', { provider: PROVIDER, count: members, from: FROM });
  return { shopId, control, laid };
}

/** Looked at seldom: the file of what was told grows long. */
async function untilHeard(floor: Floor, count: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while ((await heardOn(floor)).length < count) {
    if (performance.now() > until) throw new Error(benchWords.manifestUntold((await heardOn(floor)).length, count));
    await pause(LOOK_AGAIN_MS);
  }
}

/** Of all runs of a workflow: it goes on as a new one before its history grows long. */
async function historiesOf({ client }: Floor, workflowId: string): Promise<Figures> {
  const { runId: newest } = await client.workflow.getHandle(workflowId).describe();
  let runs: string[] = [];
  // Lists are a second behind.
  await untilTrue('the newest run is listed', async () => {
    runs = [];
    for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) runs.push(runId);
    return runs.includes(newest);
  });
  const lengths = await inBatches(runs, async (runId) => {
    const { historyLength } = await client.workflow.getHandle(workflowId, runId).describe();
    return historyLength;
  });
  return { largestHistoryEvents: Math.max(...lengths), runs: runs.length };
}
