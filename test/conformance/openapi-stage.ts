import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shopWithCarriers } from '../../adapters/carriers/test-support';
import type { Shop } from '../../contracts/shop';
import { startSandbox } from '../../sandbox/server';
import { openShop, type Shop as SandboxShop } from '../../sandbox/test-support';
import type { Exchange } from './openapi';

/** A sandbox that writes down all that goes over its wires. */
export type Recording = {
  sandbox: SandboxShop;
  shop: Shop;
  /** What went over a wire so far; calls in progress are not in it. */
  exchanges: (wire: string) => Promise<Exchange[]>;
  close: () => Promise<void>;
};

export async function record(): Promise<Recording> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  const trafficLog = join(folder, 'traffic.ndjson');
  const running = await startSandbox({ port: 0, trafficLog });
  const sandbox = await openShop(running.url, {});
  return {
    sandbox,
    shop: shopWithCarriers(sandbox, running.url),
    exchanges: async (wire) =>
      (await readFile(trafficLog, 'utf8'))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Exchange & { wire: string })
        .filter((exchange) => exchange.wire === wire),
    close: async () => {
      await running.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What must be there for a walk to go on. */
export function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing is there');
  return value;
}

/** A weekday soon: one on which there is mail. */
export function mailingDay(): string {
  const day = new Date(Date.now() + 86_400_000);
  while (day.getUTCDay() !== 2) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** What was asked, each call once, in the order in which they were first made. */
export const callsOf = (exchanges: readonly Exchange[]): string[] => [
  ...new Set(exchanges.map(({ method, path }) => `${method} ${path}`.replace(/\b(?:\d{18,}|1Z\w{16})\b/g, '#'))),
];
