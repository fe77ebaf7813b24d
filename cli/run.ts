import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { cliFailures } from '../words/cli';
import { Interrupted, sentenceOf } from './failure';
import { isDebugging } from './io';
import type { Io } from './io';
import { createProgram } from './program';

const failed = 1;
const notUnderstood = 2;
/** What shells give a command that Ctrl-C ended. */
const interrupted = 130;

/** Does what the arguments say (without node and script) and gives the exit code. Every failure is told here, once. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const program = createProgram(io);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return endOfParsing(error, nameOf(program, argv), io);
    io.err(sentenceOf(error));
    // With its causes, which a stack alone leaves out.
    if (isDebugging(io)) io.err(inspect(error));
    return error instanceof Interrupted ? interrupted : failed;
  }
}

/** Commander ends by throwing, also after a help or a version that was asked for. */
function endOfParsing(error: CommanderError, command: string, io: Io): number {
  if (error.exitCode === 0) return 0;
  if (!error.code.startsWith('commander.help')) io.err(cliFailures.usage(usageSentence(error.message), command));
  return notUnderstood;
}

/** Commander says `error: unknown option '--jsn'`, and on a next line what was perhaps meant. */
function usageSentence(message: string): string {
  const text = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The command that the arguments name, in full: whose help is worth reading. */
function nameOf(program: Command, argv: readonly string[]): string {
  let command = program;
  const names = [program.name()];
  for (const argument of argv) {
    const next = command.commands.find((candidate) => candidate.name() === argument);
    if (next === undefined) break;
    command = next;
    names.push(argument);
  }
  return names.join(' ');
}
