import type { Outbox } from './outbox';
import type { Planned, Schedule } from './schedule';
import type { State } from './state';
import type { Traffic } from './traffic';

/** All that one sandbox holds. It is handed to every function that acts; nothing lives in a module. */
export type World = {
  readonly state: State;
  readonly schedule: Schedule;
  readonly outbox: Outbox;
  readonly traffic: Traffic;
  /** Where this sandbox is reached, without a trailing slash: labels are linked from it. */
  readonly url: string;
  /** Does what a planned happening says. Given by `server.ts`, so that the schedule knows none of its users. */
  readonly perform: (world: World, shopId: string, planned: Planned) => void;
};
