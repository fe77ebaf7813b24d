import { ApplicationFailure } from '@temporalio/common';
import { AdapterError } from '../contracts/adapter-error';

/** Somebody waits for the answer: a platform that asks for more is asked again by the account's own agenda. */
const MOST_DELAY_MS = 30_000;

/**
 * What Temporal repeats of a call about tokens. Unlike a purchase it may be repeated at once where its outcome is unknown: only
 * that shows whether the token outlived its use.
 * @returns the error itself where it is a bug of ours, to fail loudly.
 */
export function accountFailureOf(error: unknown): unknown {
  if (!(error instanceof AdapterError)) return error;
  return ApplicationFailure.create({
    type: error.outcome,
    message: error.message,
    nonRetryable: error.outcome === 'bug',
    ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: Math.min(error.retryAfterMs, MOST_DELAY_MS) }),
  });
}

/** The platform's clear no to a code or a token: another consent can help, asking again cannot. */
export const isRefused = (error: unknown): error is AdapterError =>
  error instanceof AdapterError && error.outcome === 'refused';
