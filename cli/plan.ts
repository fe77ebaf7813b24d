import type { Readable, Writable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { Option } from 'commander';
import type { Command } from 'commander';
import { codeOf, PlainFailure } from '../engine/plain-failure';
import { policyNames } from '../policies/us';
import { planFailures, planWords } from '../words/plan';
import type { Io } from './io';
import { planLine } from './plan-line';

/** Where orders come from and answers go: in tests, no process at all. */
export interface PlanStreams {
  readonly input: Readable;
  readonly output: Writable;
}

/** Far more than an order needs: a line without an end must not fill the memory. */
const mostCharacters = 1_048_576;

/** `shipclock plan` */
export function addPlan(parent: Command, io: Io, streams: () => PlanStreams = ofProcess): void {
  parent
    .command('plan')
    .description(planWords.plan)
    .addOption(new Option('--policy <set>', planWords.policy).choices(policyNames).default('seed'))
    .option('--json', planWords.json)
    .addHelpText('after', planWords.more)
    .action(async ({ policy }: { policy: string }) => {
      const { input, output } = streams();
      if ((input as Partial<ReadStream>).isTTY === true) io.err(planWords.waiting);
      await planLines(policy, { input, output });
    });
}

const ofProcess = (): PlanStreams => ({ input: process.stdin, output: process.stdout });

/**
 * Answers every line of the input. What is read waits for what was written, so that memory stays small however long the input is.
 * A reader that went away has read what it wanted.
 * @throws PlainFailure at the end, where lines were refused.
 */
export async function planLines(policy: string, { input, output }: PlanStreams): Promise<void> {
  // The write that fails says so itself; without a listener the stream's own event would end the process.
  const ignore = (): void => undefined;
  output.on('error', ignore);
  const tally: Tally = { lines: 0, refused: 0 };
  for await (const lines of linesOf(input)) {
    const text = lines.map((line) => answerTo(line, policy, tally)).join('');
    if (text !== '' && !(await isWritten(output, text))) return;
  }
  output.off('error', ignore);
  if (tally.firstRefused !== undefined) throw new PlainFailure(planFailures.refused(tally.refused, tally.firstRefused));
}

type Line = string | undefined;
type Tally = { lines: number; refused: number; firstRefused?: number };

function answerTo(line: Line, policy: string, tally: Tally): string {
  tally.lines++;
  // With the byte-order mark and the carriage return that Windows writes.
  const order = line?.trim();
  if (order === '') return '';
  const answer = order === undefined ? { error: planFailures.tooLong(mostCharacters) } : planLine(order, policy);
  if (!('error' in answer)) return `${JSON.stringify(answer)}\n`;
  tally.refused++;
  tally.firstRefused ??= tally.lines;
  return `${JSON.stringify({ line: tally.lines, ...answer })}\n`;
}

/** The lines of an input as they come in, many at a time; undefined for one that is too long to be an order. */
async function* linesOf(input: Readable): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let isTooLong = false;
  for await (const chunk of input as AsyncIterable<string | Buffer>) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const pieces = rest.split('\n');
    rest = pieces.pop() ?? '';
    const whole: Line[] = pieces.map((line) => (line.length > mostCharacters ? undefined : line));
    if (isTooLong && whole.length > 0) {
      whole[0] = undefined;
      isTooLong = false;
    }
    if (isTooLong || rest.length > mostCharacters) {
      isTooLong = true;
      rest = '';
    }
    yield whole;
  }
  if (isTooLong) yield [undefined];
  else if (rest !== '') yield [rest];
}

/** Whether it arrived; false once nobody reads any more. */
function isWritten(output: Writable, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => {
      if (error === null || error === undefined) resolve(true);
      else if (['EPIPE', 'ERR_STREAM_DESTROYED'].includes(String(codeOf(error)))) resolve(false);
      else reject(error);
    });
  });
}
