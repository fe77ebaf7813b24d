import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { processWords } from '../words/api';
import { PlainProblem } from './plain-problem';

/** A request must have come in whole within this time: a photo of 15 MB on a bad signal takes minutes. */
const REQUEST_WITHIN_MS = 300_000;
const HEADERS_WITHIN_MS = 10_000;
/** Longer than the sixty seconds after which proxies drop an idle connection: the proxy, not we, should be first. */
const KEEP_ALIVE_MS = 65_000;
/** What is under way when a stop is ordered has this long to finish. */
const FINISH_WITHIN_MS = 5_000;
const SWEEP_MS = 50;

/** An API that listens. */
export type Serving = { url: string; stop: () => Promise<void> };

/** Listens; a port of 0 takes any that is free. */
export async function serve(app: RequestListener, { host, port }: { host: string; port: number }): Promise<Serving> {
  const server = createServer(
    { requestTimeout: REQUEST_WITHIN_MS, headersTimeout: HEADERS_WITHIN_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    app,
  );
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenFailure(error, host, port);
  }
  const taken = (server.address() as AddressInfo).port;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${taken}`, stop: () => stop(server) };
}

function listenFailure(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new PlainProblem(
    code === 'EADDRINUSE' ? processWords.portTaken(host, port) : processWords.cannotListen(host, port, code),
  );
}

/** Takes no more, lets what is under way finish, and cuts off what does not. */
async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A connection whose last request was under way is kept alive after it: it is idle a moment later.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cutOff = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(cutOff);
}
