import { setTimeout as pause } from 'node:timers/promises';
import { engineWords } from '../words/engine';
import { PlainFailure } from './plain-failure';

const readyLimitMs = 60_000;

/** Waits until the API says that it, the worker and the server can take orders. */
export async function untilApiIsReady(apiUrl: string): Promise<void> {
  const deadline = Date.now() + readyLimitMs;
  while (!(await isReady(apiUrl))) {
    if (Date.now() > deadline) throw new PlainFailure(engineWords.apiNotReady(apiUrl, readyLimitMs / 1000));
    await pause(100);
  }
}

async function isReady(apiUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${apiUrl}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return response.status === 200;
  } catch {
    return false;
  }
}
