import { setTimeout as pause } from 'node:timers/promises';
import { doctorWords } from '../../words/doctor';
import { reasonOf } from '../failure';
import { fail, type Check, type Finding, type Verdict } from './finding';

/** How long one check may take. */
const WITHIN_MS = 5_000;

/**
 * Runs all checks side by side. What fails comes first, then what warns; among equals the order is that of the checks, in which
 * what others need comes first.
 */
export async function runChecks(checks: readonly Check[], withinMs = WITHIN_MS): Promise<Finding[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      const verdicts = await verdictsOf(check, withinMs);
      return verdicts.map((verdict) => ({ subject: check.subject, ...verdict }));
    }),
  );
  const weight: Record<Finding['status'], number> = { fail: 0, warn: 1, ok: 2 };
  return found.flat().sort((one, other) => weight[one.status] - weight[other.status]);
}

async function verdictsOf({ look }: Check, withinMs: number): Promise<readonly Verdict[]> {
  const isOver = new AbortController();
  const late = pause(withinMs, undefined, { signal: isOver.signal }).then(
    () => [fail(doctorWords.timedOut(withinMs / 1_000), doctorWords.timedOutToDo)],
    () => [],
  );
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    return [fail(doctorWords.broke(reasonOf(error)), doctorWords.brokeToDo)];
  } finally {
    isOver.abort();
  }
}
