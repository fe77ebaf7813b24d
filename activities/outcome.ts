import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { AdapterError } from '../contracts/adapter-error';
import type { Answer } from '../domain/order/event';

const SECOND_MS = 1_000;
/** Longer than any provider takes to finish what it had begun when we lost the connection. */
const AFTER_UNKNOWN_MS = 60 * SECOND_MS;
const HELD_BACK_MS = 10 * SECOND_MS;
const MOST_HELD_BACK_MS = 300 * SECOND_MS;
/** Credentials and balances are put right by a person. */
const AFTER_AUTH_MS = 300 * SECOND_MS;
const MOST_JITTER_MS = 500;
const MOST_RETRY_AFTER_MS = 6 * 3_600 * SECOND_MS;
const MOST_DELAY_MS = 30 * 60 * SECOND_MS;

/**
 * Runs one attempt of an effect and sorts bad news into its three kinds: a business no is a value, an outside fault is a
 * failure that Temporal repeats when it can help, and a bug is left to fail loudly.
 */
export async function sorted(attempt: () => Promise<Answer>): Promise<Answer> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (error.outcome === 'refused') return { kind: 'refused', reason: error.message };
    if (error.outcome === 'reRate') return { kind: 'reRate' };
    if (error.outcome === 'stale') return { kind: 'orderChanged' };
    throw failureOf(error);
  }
}

/** The failure that Temporal repeats, later each time where the provider or its silence asks for it. */
export function failureOf(error: AdapterError): ApplicationFailure {
  const delayMs = delayOf(error);
  return ApplicationFailure.create({
    type: error.outcome,
    message: error.message,
    nonRetryable: error.outcome === 'bug',
    // Jitter, so that a thousand orders of one outage do not come back in one second.
    ...(delayMs === undefined ? {} : { nextRetryDelay: delayMs + Math.floor(Math.random() * MOST_JITTER_MS) }),
  });
}

function delayOf(error: AdapterError): number | undefined {
  if (error.outcome === 'outcomeUnknown')
    return Math.max(afterUnknownMs(), Math.min(error.retryAfterMs ?? 0, MOST_RETRY_AFTER_MS));
  if (error.outcome === 'auth' || error.outcome === 'unfunded') return AFTER_AUTH_MS;
  if (error.outcome === 'heldBack') return heldBackMs();
  // One header must not stall an order for weeks.
  return error.retryAfterMs === undefined ? undefined : Math.min(error.retryAfterMs, MOST_RETRY_AFTER_MS);
}

/** A write that somebody holds back is there soon after it is let go on, and costs little while it waits. */
const heldBackMs = (): number => Math.min(HELD_BACK_MS * 2 ** (activityInfo().attempt - 1), MOST_HELD_BACK_MS);

/** Twice as long each time: a named delay takes the place of the retry policy's own back-off. */
const afterUnknownMs = (): number => Math.min(AFTER_UNKNOWN_MS * 2 ** (activityInfo().attempt - 1), MOST_DELAY_MS);
