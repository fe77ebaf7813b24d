import { engineWords } from '../words/engine';

/** A failure whose message is one sentence for the person at the terminal: what happened, what to do. Printed without a stack. */
export class PlainFailure extends Error {
  override readonly name = 'PlainFailure';
}

/** The code that a failure carries: the system's (`ENOENT`), or a number of gRPC's. */
export function codeOf(error: unknown): unknown {
  // Not `instanceof Error`: under jest the failures of Node's own modules are errors of another realm.
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** Turns the failures of a disk into sentences; anything else is a bug and stays as loud as it is. */
export function diskFailure(error: unknown, path: string): unknown {
  const code = String(codeOf(error));
  if (code === 'ENOSPC' || code === 'EDQUOT') return new PlainFailure(engineWords.diskFull(path));
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(code)) return new PlainFailure(engineWords.notWritable(path));
  return error;
}
