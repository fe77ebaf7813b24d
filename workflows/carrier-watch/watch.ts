import { newWatch, type WatchState } from '../../domain/carriers/state';
import type { WatchEvent } from '../../domain/carriers/step';
import type { CarrierWatchInput } from '../messages-carriers';

/** One watch while it runs: its state, and what is waiting to be folded in. Only `state` outlives the run. */
export type Watch = {
  state: WatchState;
  inbox: WatchEvent[];
  timer: { at: number; cancel: () => void } | undefined;
  /** When this run began. */
  begunAt: number;
};

export function openWatch({ shopId, carried }: CarrierWatchInput): Watch {
  const at = Date.now();
  return {
    state: carried ?? newWatch(shopId, at),
    inbox: [{ kind: 'opened', at }],
    timer: undefined,
    begunAt: at,
  };
}

export const tell = (watch: Watch, event: WatchEvent): void => {
  watch.inbox.push(event);
};
