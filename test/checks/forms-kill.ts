import { inBatches } from '../../engine/shop-workflows';
import { portsOf } from '../../workers/ports';
import { closeManifest, manifestState } from '../../workflows/messages-manifest';
import { proveWords } from '../../words/prove';
import type { Floor } from '../support/floor';
import { keyringIn } from '../support/keys';
import { untilTrue } from '../support/until';
import { heardOn, startFormsWorker } from './forms-process';
import { doomOf, formsIn, isTold, judge, nameOf, openFormSet, type Case, type FormSet } from './forms-set';

/** A killed attempt is noticed when its heartbeats have been missing for 90 s. */
const PATIENCE_MS = 400_000;

/**
 * Manifests on the real engine, all in one worker process: when each stands at its case's point, the process is killed with kill -9, and
 * another one takes over. Gives how many forms each manifest made.
 */
export async function killAtForms(floor: Floor, cases: readonly Case[]): Promise<Map<Case, number>> {
  const { documentsDir, client, taskQueue } = floor;
  const ports = portsOf({ documentsDir, client, taskQueue, keyring: await keyringIn(documentsDir) });
  const sets = await inBatches(cases, (one) => openFormSet(floor, ports, one));
  // Each has begun to listen.
  for (const { manifest } of sets) await client.workflow.getHandle(manifest).query(manifestState);
  await floor.stopWorker();
  const first = await startFormsWorker(floor, {
    dooms: sets.map(doomOf).filter(({ point }) => point !== 'unanswered'),
  });
  let second: typeof first | undefined;
  try {
    for (const set of sets) await close(floor, set);
    for (const set of sets) await untilAtPoint(set, first.reached);
    floor.say(proveWords.formsKilled(sets.length));
    await first.kill();
    second = await startFormsWorker(floor, { dooms: [] });
    const made = new Map<Case, number>();
    for (const set of sets) made.set(set.one, await outcomeOf(floor, set));
    return made;
  } finally {
    await first.kill();
    await second?.kill();
    await floor.startWorker();
  }
}

async function close({ client }: Floor, { one, manifest, control }: FormSet): Promise<void> {
  if (one.point === 'unanswered')
    await control('POST', '/faults', { route: `${one.provider}.createForm`, kind: 'commitThenHang', times: 1 });
  const actor = 'prove';
  await client.workflow.getHandle(manifest).executeUpdate(closeManifest, { args: [{ actor }] });
}

async function untilAtPoint(set: FormSet, reached: ReadonlySet<string>): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    set.one.point === 'unanswered' ? (await formsIn(set)).length > 0 : reached.has(set.account);
  await untilTrue(`${nameOf(set.one)} is reached`, isThere, PATIENCE_MS);
}

async function outcomeOf(floor: Floor, set: FormSet): Promise<number> {
  const ofSet = async () => {
    const orders = new Set([...set.good, ...set.bad]);
    return (await heardOn(floor)).filter(({ orderId }) => orders.has(orderId));
  };
  await untilTrue(`${nameOf(set.one)} is told`, async () => isTold(set, await ofSet()), PATIENCE_MS);
  return judge(set, await ofSet());
}
