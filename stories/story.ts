import type { Stage } from './stage';

/** One way that orders go, played on the real engine. */
export type Story = {
  name: string;
  /** One sentence: what happens. */
  about: string;
  /** Plays it to its end and tells which orders were in it, the first of which the story is about. */
  play: (stage: Stage) => Promise<string[]>;
};

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
