import type { StartedServer } from '../../engine/server';

/** What the global setup leaves for the global teardown; jest runs both in one process. */
export interface Suite {
  readonly server: StartedServer;
  readonly folder: string;
}

const holder = globalThis as { shipclockSuite?: Suite };

export function keepSuite(suite: Suite): void {
  holder.shipclockSuite = suite;
}

export function takeSuite(): Suite | undefined {
  return holder.shipclockSuite;
}
