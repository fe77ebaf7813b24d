import { InvalidArgumentError } from 'commander';
import { cliFailures } from '../words/cli';

const unitsMs = [86_400_000, 3_600_000, 60_000, 1_000] as const;

const spelling = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** A year and a day: no rule looks further ahead, and instants stay within what a Date can hold. */
const mostDays = 366;

/** Reads a duration such as `90m`, `3d` or `1h30m`, as milliseconds; anything else is a bad argument, with a sentence. */
export function parseDuration(text: string): number {
  const counts = spelling.exec(text)?.slice(1) ?? [];
  const ms = unitsMs.reduce((sum, unitMs, index) => sum + Number(counts[index] ?? 0) * unitMs, 0);
  if (ms === 0) throw new InvalidArgumentError(cliFailures.notADuration(text));
  if (ms > mostDays * unitsMs[0]) throw new InvalidArgumentError(cliFailures.durationTooLong(text, mostDays));
  return ms;
}
