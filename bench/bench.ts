import { cpus, totalmem } from 'node:os';
import type { Floor } from '../test/support/floor';

export type Figures = Record<string, unknown>;

/** Measures on a product that was brought up for it. The seed makes a run repeatable where chance is in it. */
export type Bench = (floor: Floor, seed: number) => Promise<Figures>;

const GIB = 2 ** 30;

/** On what a figure was measured: without it, it says little. */
export const machine = (): string =>
  `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / GIB)} GiB, Node ${process.versions.node}`;
