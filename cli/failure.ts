import { isNativeError } from 'node:util/types';
import { PlainFailure } from '../engine/plain-failure';
import { cliFailures } from '../words/cli';

/** A person pressed Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** One sentence for the person at the terminal, whatever was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Interrupted) return cliFailures.interrupted;
  if (error instanceof PlainFailure) return error.message;
  const silence = silenceOf(error);
  if (silence !== undefined) return cliFailures.partSilent(silence);
  return cliFailures.unexpected(reasonOf(error));
}

/** Why a fetch got no answer at all; undefined where something else went wrong. */
export function silenceOf(error: unknown): string | undefined {
  if (!isError(error)) return undefined;
  if (error.name === 'TimeoutError') return error.message;
  // Node's fetch throws this for every network failure; the cause says which.
  if (error.message !== 'fetch failed') return undefined;
  return isError(error.cause) && error.cause.message !== '' ? error.cause.message : error.message;
}

/** What was thrown, in its own words. */
export const reasonOf = (error: unknown): string => (isError(error) ? error.message : String(error));

/** Node's own errors are of another realm than ours where the code runs in a vm, as in jest. */
const isError = (error: unknown): error is Error => error instanceof Error || isNativeError(error);
