import { setTimeout as pause } from 'node:timers/promises';
import { chaosWords } from '../../words/chaos';

/** An answer that is final: everything that may be asked again was asked again. */
export type Answered = { status: number; body: unknown };

type Request = { method: 'GET' | 'POST' | 'PUT'; url: string; body?: unknown; key?: string };

const TRY_AGAIN_MS = 500;
const MOST_RETRY_AFTER_MS = 3_000;
const CALL_LIMIT_MS = 15_000;
const PATIENCE_MS = 180_000;
const TOO_MANY = 429;

/**
 * Asks as a client should: what was not answered, and what was answered "not now", is asked again under the same key until there
 * is an answer.
 */
export async function insist({ method, url, body, key }: Request): Promise<Answered> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await once({ method, url, body, ...(key === undefined ? {} : { key }) });
    if (answer !== undefined && answer.status < 500 && answer.status !== TOO_MANY) return answer;
    if (Date.now() > deadline) throw new Error(chaosWords.noAnswer(`${method} ${url}`));
    await pause(answer?.retryAfterMs ?? TRY_AGAIN_MS);
  }
}

async function once({ method, url, body, key }: Request): Promise<(Answered & { retryAfterMs: number }) | undefined> {
  try {
    const response = await fetch(url, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-actor': 'chaos',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      signal: AbortSignal.timeout(CALL_LIMIT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const seconds = Number(response.headers.get('retry-after') ?? '');
    const retryAfterMs = Math.max(TRY_AGAIN_MS, Math.min(seconds * 1_000, MOST_RETRY_AFTER_MS));
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown), retryAfterMs };
  } catch {
    // Nobody is there, or the connection broke before the whole answer was here.
    return undefined;
  }
}
