import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSandboxShop } from '../../engine/sandbox-shop';
import { localDocuments } from '../../adapters/document-store/local';
import { shopKey } from '../../contracts/shop';
import { newId } from '../../stories/sample-order';
import { chaosWords } from '../../words/chaos';
import { PARTS, prepareGround, type Ground, type PartName, type Running, type Starter } from './processes';

/** When a part was killed, and when it answered again; epoch milliseconds. */
export type Outage = { part: PartName; at: number; upAt: number };

/** The product's processes, each of which can be killed and comes back, and one shop of the sandbox's. */
export type Laboratory = {
  apiUrl: string;
  sandboxUrl: string;
  temporalAddress: string;
  shopId: string;
  outages: Outage[];
  /** Kills with SIGKILL; settles when the part answers again. */
  kill: (part: PartName) => Promise<Outage>;
  /** Ends all; what the processes logged stays where something went wrong. */
  close: (isWell: boolean) => Promise<void>;
};

/** Every process is started once; `say` hears of what ends by itself. */
export async function openLaboratory(say: (line: string) => void): Promise<Laboratory> {
  const home = await mkdtemp(join(tmpdir(), 'shipclock-chaos-'));
  const ground = await prepareGround(home, say);
  const { urls } = ground;
  const temporal = await ground.start('temporal');
  const sandbox = await ground.start('sandbox');
  const shopId = newId();
  await openShop(ground, shopId);
  const [worker, api] = await Promise.all([ground.start('worker'), ground.start('api')]);
  const kept = keepUp(ground.start, { temporal, worker, api }, say);
  const swept = await fetch(`${urls.api}/v1/shops/${shopId}/sweep`, { method: 'POST' });
  if (!swept.ok) throw new Error(chaosWords.refused('sweep', swept.status, await swept.text()));
  return {
    apiUrl: urls.api,
    sandboxUrl: urls.sandbox,
    temporalAddress: urls.temporal,
    shopId,
    ...kept,
    close: async (isWell) => {
      await kept.close();
      sandbox.kill();
      await sandbox.gone;
      if (isWell) await rm(home, { recursive: true, force: true });
      else say(chaosWords.keptFolder(home));
    },
  };
}

/**
 * A shop whose platform cancels nothing by itself. A webhook that met no API comes again after two minutes; a sweep every minute is
 * what finds out before.
 */
async function openShop({ urls, paths, keys }: Ground, shopId: string): Promise<void> {
  const documentsDir = paths.documents;
  const where = { sandboxUrl: urls.sandbox, apiUrl: urls.api, documentsDir, vault: keys.vault };
  await openSandboxShop({ ...where, shopId, autoCancel: false });
  const documents = localDocuments(documentsDir);
  const written = JSON.parse((await documents.get(shopKey(shopId))) ?? '{}') as object;
  const sweep = { dayMinutes: 1, nightMinutes: 1 };
  await documents.put(shopKey(shopId), JSON.stringify({ ...written, sweep }));
}

type Kept = Pick<Laboratory, 'outages' | 'kill'> & { close: () => Promise<void> };

/** A part that ends by itself because another was killed is started again too, as any supervisor would. */
function keepUp(start: Starter, running: Record<PartName, Running>, say: (line: string) => void): Kept {
  const outages: Outage[] = [];
  const dying = new Set<PartName>();
  let isClosing = false;
  const watch = (part: PartName): void => {
    void running[part].gone.then(async () => {
      if (isClosing || dying.has(part)) return;
      say(chaosWords.diedAlone(part));
      await restart(part, Date.now());
    });
  };
  const restart = async (part: PartName, at: number): Promise<Outage> => {
    running[part] = await start(part);
    dying.delete(part);
    watch(part);
    const outage = { part, at, upAt: Date.now() };
    outages.push(outage);
    return outage;
  };
  PARTS.forEach(watch);
  return {
    outages,
    kill: async (part) => {
      dying.add(part);
      const at = Date.now();
      running[part].kill();
      await running[part].gone;
      return restart(part, at);
    },
    close: async () => {
      isClosing = true;
      for (const part of ['api', 'worker', 'temporal'] as const) {
        running[part].kill();
        await running[part].gone;
      }
    },
  };
}
