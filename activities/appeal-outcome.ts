import { AdapterError } from '../contracts/adapter-error';
import type { AppealAnswer } from '../domain/appeal/event';
import { failureOf } from './outcome';

/** Runs one attempt at the desk: its no is a value, an outside fault is repeated, and a bug is left to fail loudly. */
export async function sortedForAppeal(attempt: () => Promise<AppealAnswer>): Promise<AppealAnswer> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (error.outcome === 'refused') return { kind: 'refused', reason: error.message };
    throw failureOf(error);
  }
}
