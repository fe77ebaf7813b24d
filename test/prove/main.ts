import { proveWords } from '../../words/prove';
import { asked } from '../checks/asked';
import { batch } from '../checks/batch';
import { canary } from '../checks/canary';
import { cancelRace } from '../checks/cancel-race';
import type { Check } from '../checks/check';
import { forms } from '../checks/forms';
import { malformed } from '../checks/malformed';
import { notices } from '../checks/notices';
import { outage } from '../checks/outage';
import { purchases } from '../checks/purchases';
import { resets } from '../checks/resets';
import { signals } from '../checks/signals';
import { sweep } from '../checks/sweep';
import { switches } from '../checks/switches';
import { webhooks } from '../checks/webhooks';
import { workerKill } from '../checks/worker-kill';
import { openFloor } from '../support/floor';
import globalSetup from '../support/global-setup';
import globalTeardown from '../support/global-teardown';
import { saveHistories } from './save-histories';

const PROOFS: Record<string, Check> = {
  resets,
  notices,
  malformed,
  signals,
  asked,
  canary,
  outage,
  purchases,
  forms,
  'cancel-race': cancelRace,
  batch,
  switches,
  sweep,
  webhooks,
  'worker-kill': workerKill,
  'save-histories': saveHistories,
};
/** Writes files, so it is run by name only. */
const NOT_IN_ALL = ['save-histories'];

const out = (line: string): void => void process.stdout.write(`${line}\n`);

async function main([name = '']: string[]): Promise<number> {
  const names = name === 'all' ? Object.keys(PROOFS).filter((proof) => !NOT_IN_ALL.includes(proof)) : [name];
  const unknown = names.find((proof) => PROOFS[proof] === undefined);
  if (unknown !== undefined) {
    out(proveWords.usage(Object.keys(PROOFS)));
    return name === '--help' ? 0 : 2;
  }
  try {
    await globalSetup();
    for (const proof of names) await prove(proof);
    return 0;
  } catch (error) {
    out(proveWords.failed(error instanceof Error ? error.message : String(error)));
    return 1;
  } finally {
    await globalTeardown().catch(() => undefined);
  }
}

async function prove(name: string): Promise<void> {
  // Some take long: which story is being played is the sign of life.
  const floor = { ...(await openFloor()), say: (line: string) => void process.stderr.write(`${line}\n`) };
  const begun = Date.now();
  const [proved] = await Promise.allSettled([PROOFS[name]?.(floor, 'all')]);
  const [closed] = await Promise.allSettled([floor.close()]);
  // What fails while all is taken down must not hide what failed first.
  if (proved.status === 'rejected') throw proved.reason;
  if (closed.status === 'rejected') throw closed.reason;
  out(JSON.stringify({ proof: name, seconds: Math.round((Date.now() - begun) / 1_000), ...proved.value }));
}

void main(process.argv.slice(2)).then((code) => process.exit(code));
