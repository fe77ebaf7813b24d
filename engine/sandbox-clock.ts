import { z } from 'zod';
import { engineWords } from '../words/engine';
import { PlainFailure } from './plain-failure';

const Reading = z.object({ now: z.number(), nextAt: z.number().nullable() });
const Pending = z.object({ pending: z.number() });

/** The clock of one sandbox shop, and what the outside world does when it moves. */
export interface SandboxClock {
  /** Its now, and the next thing that will happen by itself, epoch ms. */
  read(): Promise<z.infer<typeof Reading>>;
  /** Brings it forward, doing on the way what was due; never back. */
  moveTo(at: number): Promise<void>;
  /** How many notices are still on their way after at most this long. */
  pendingAfter(waitMs: number): Promise<number>;
}

const callLimitMs = 60_000;
const clockWouldGoBack = 409;

export function sandboxClock(sandboxUrl: string, shopId: string): SandboxClock {
  const shop = `/control/shops/${encodeURIComponent(shopId)}`;
  const call = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await fetch(`${sandboxUrl}${path}`, { ...init, signal: AbortSignal.timeout(callLimitMs) });
    if (response.ok || response.status === clockWouldGoBack) return response;
    throw new PlainFailure(engineWords.sandboxRefused(path, response.status));
  };
  const read = async (): Promise<z.infer<typeof Reading>> => {
    const response = await call(`${shop}/clock`);
    return Reading.parse(await response.json());
  };
  return {
    read,
    moveTo: async (at): Promise<void> => {
      // It ticks with the real clock, so it may pass a near instant between the look and the call: that is a 409, and fine.
      if ((await read()).now >= at) return;
      const headers = { 'content-type': 'application/json' };
      const response = await call(`${shop}/clock`, { method: 'POST', headers, body: JSON.stringify({ to: at }) });
      await response.body?.cancel();
    },
    pendingAfter: async (waitMs): Promise<number> => {
      const response = await call(`${shop}/quiet?wait=${waitMs}`);
      return Pending.parse(await response.json()).pending;
    },
  };
}
