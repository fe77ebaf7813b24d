import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { engineWords } from '../words/engine';
import { PlainFailure } from './plain-failure';

/** A port that somebody is about to listen on, and the setting that moves it. */
export interface WantedPort {
  readonly port: number;
  readonly setting: string;
}

/** Refuses, with a sentence for each, the ports that somebody else holds; waits up to `patienceMs` for them to come free. */
export async function requireFreePorts(host: string, wanted: readonly WantedPort[], patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const free = await Promise.all(wanted.map(({ port }) => isFree(host, port)));
    const taken = wanted.filter((_, index) => free[index] === false);
    if (taken.length === 0) return;
    if (Date.now() >= deadline) throw new PlainFailure(engineWords.portsTaken(taken));
    await pause(200);
  }
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen({ host, port, exclusive: true }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/** A port that nobody holds at this moment, for servers that live only for a test or a proof. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host, port: 0 }, () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('A listening server has no port.'));
      });
    });
  });
}
