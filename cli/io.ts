/** What a command sees of the process it runs in: in tests, no process at all. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  /** The answer: stdout. */
  out(text: string): void;
  /** Progress and failures: stderr. */
  err(text: string): void;
  /**
   * Takes over Ctrl-C and its like until the function that it gives is called. A command that leaves nothing behind
   * needs no such care: its process just ends.
   */
  onInterrupt(act: () => void): () => void;
}

/** Whether a person asked to see where failures come from. */
export const isDebugging = ({ env }: Io): boolean => env['SHIPCLOCK_DEBUG'] === '1';
