import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { AdapterError } from '../../../contracts/adapter-error';
import type { HttpAnswer } from '../../http';

type PurchaseCall = { provider: string; call: string; url: string; deadlineMs: number };

/**
 * One GET that spends money, sent once by whatever layer: on a connection of its own, which nobody kept alive, so that nothing
 * below takes a GET for harmless and sends it again on another when the first breaks; no redirect is followed; no proxy of the
 * environment is asked. `fetch` promises none of that for a GET.
 * @throws AdapterError `retryLater` when nothing can have been done, `outcomeUnknown` when it was sent and no whole answer came.
 */
export async function spendOnce(call: PurchaseCall): Promise<HttpAnswer> {
  try {
    return await answered(call);
  } catch (error) {
    // Its address holds the account's token: only the cause's code is told.
    const code = codeOf(error);
    throw new AdapterError(code === 'ECONNREFUSED' ? 'retryLater' : 'outcomeUnknown', { ...call, code });
  }
}

function answered({ url, deadlineMs }: PurchaseCall): Promise<HttpAnswer> {
  const open = url.startsWith('https:') ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(deadlineMs);
    const request = open(url, { method: 'GET', agent: false, signal }, (response) => {
      wholeOf(response).then(resolve, reject);
    });
    request.on('error', (error) => {
      reject(signal.aborted ? new TimedOut() : error);
    });
    request.end();
  });
}

class TimedOut extends Error {
  readonly code = 'TimeoutError';
}

async function wholeOf(response: IncomingMessage): Promise<HttpAnswer> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const json = parsed(Buffer.concat(parts).toString('utf8'));
  const seconds = response.headers['retry-after'] ?? '';
  const waits = /^\d+$/.test(seconds) ? { retryAfterMs: Number(seconds) * 1_000 } : {};
  return { status: response.statusCode ?? 0, json, ...waits };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[A-Za-z_]{1,40}$/.test(code) ? code : 'unknown';
}
