import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app';
import { performPlanned } from './happenings';
import { openJournal } from './journal';
import { newOutbox } from './outbox';
import { newSchedule, resumeSchedule, stopSchedule } from './schedule';
import { appOf } from './shops';
import { openState } from './state';
import { newTraffic } from './traffic';
import { resumeOutbox } from './webhooks';
import type { World } from './world';

/** Where a sandbox listens and what it keeps. */
export type SandboxOptions = {
  /** 0 asks for a free one. */
  readonly port: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** The folder of its journal. Without one it forgets everything when it stops. */
  readonly dataDir?: string;
  /** A file to which every exchange of every wire is appended, one JSON line each, with all that it carried. */
  readonly trafficLog?: string;
};

/** A running sandbox. */
export type Sandbox = { readonly url: string; close(): Promise<void> };

const LOOPBACK = '127.0.0.1';

/**
 * Starts a sandbox: TikTok Shop and EasyPost on one port, with a control side.
 *
 * @throws the system's error, such as `EADDRINUSE`, if it cannot listen.
 */
export async function startSandbox({ port, host = LOOPBACK, ...kept }: SandboxOptions): Promise<Sandbox> {
  const server = createServer();
  // The port comes first: it is what keeps a second sandbox from compacting a journal in use.
  const address = await listen(server, port, host);
  const world = openWorld(`http://${host}:${address.port}`, kept);
  server.on('request', createApp(world));
  resumeSchedule(world);
  resumeOutbox(world);
  return { url: world.url, close: () => closeWorld(world, server) };
}

function openWorld(url: string, { dataDir, trafficLog }: Pick<SandboxOptions, 'dataDir' | 'trafficLog'>): World {
  const world: World = {
    state: openState(openJournal(dataDir)),
    schedule: newSchedule(),
    outbox: newOutbox(),
    traffic: newTraffic(trafficLog),
    url,
    perform: performPlanned,
  };
  appOf(world);
  return world;
}

async function closeWorld(world: World, server: Server): Promise<void> {
  stopSchedule(world);
  world.outbox.stop.abort();
  await Promise.allSettled([...world.outbox.senders.values(), ...world.schedule.runs.values()]);
  await new Promise((resolve) => {
    server.close(resolve);
    // Faults leave calls that are never answered; they would keep the server open for ever.
    server.closeAllConnections();
  });
  world.state.close();
  world.traffic.log?.close();
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}
