import { newSweep, type SweepState } from '../../domain/sweep/state';
import type { SweepEvent } from '../../domain/sweep/step';
import type { SweepInput } from '../messages-sweep';

/** One sweep while it runs: its state, and what is waiting to be folded in. Only `state` outlives the run. */
export type Sweep = {
  state: SweepState;
  inbox: SweepEvent[];
  timer: { at: number; cancel: () => void } | undefined;
  /** When this run began. */
  begunAt: number;
};

export function openSweep({ shopId, carried }: SweepInput): Sweep {
  const at = Date.now();
  return {
    state: carried ?? newSweep(shopId, at),
    inbox: [{ kind: 'opened', at }],
    timer: undefined,
    begunAt: at,
  };
}

export const tell = (sweep: Sweep, event: SweepEvent): void => {
  sweep.inbox.push(event);
};
