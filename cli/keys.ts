import type { Command } from 'commander';
import { createKeysIfAbsent, rotateKeys } from '../adapters/keyring/key-file';
import { KeysRefused, readKeys } from '../adapters/keyring/key-set';
import { keysFileOf } from '../engine/codecs';
import { PlainFailure } from '../engine/plain-failure';
import { helpWords } from '../words/cli';
import { keyFailures, keyWords } from '../words/keys';
import type { Io } from './io';

interface KeysOptions {
  readonly json?: true;
}

/** `shipclock keys create` and `shipclock keys rotate` */
export function keysCommand(parent: Command, io: Io): void {
  const keys = parent.command('keys').description(keyWords.keys).helpCommand(false);
  keys
    .command('create')
    .description(keyWords.create)
    .option('--json', helpWords.json)
    .addHelpText('after', keyWords.createMore)
    .action((options: KeysOptions) => change(io, options, { act: create, say: keyWords.created }));
  keys
    .command('rotate')
    .description(keyWords.rotate)
    .option('--json', helpWords.json)
    .addHelpText('after', keyWords.rotateMore)
    .action((options: KeysOptions) => change(io, options, { act: rotateKeys, say: keyWords.rotated }));
}

interface Change {
  /** Gives the id of the key that is current from now on. */
  readonly act: (file: string) => Promise<string>;
  readonly say: (file: string, id: string) => string;
}

async function change(io: Io, { json }: KeysOptions, { act, say }: Change): Promise<void> {
  // A file that nobody reads would be changed in vain.
  if ((io.env['SHIPCLOCK_KEYS']?.trim() ?? '') !== '') throw new PlainFailure(keyFailures.fromEnvironment);
  const file = keysFileOf(io.env);
  const current = await act(file).catch((error: unknown) => {
    throw error instanceof KeysRefused ? new PlainFailure(error.message, { cause: error }) : error;
  });
  io.out(json === true ? JSON.stringify({ file, current }) : say(file, current));
}

async function create(file: string): Promise<string> {
  if (!(await createKeysIfAbsent(file))) throw new KeysRefused(keyFailures.fileThere(file));
  return readKeys(file)?.current ?? '';
}
