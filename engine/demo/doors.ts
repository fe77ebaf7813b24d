import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { engineWords } from '../../words/engine';

/** Where the demo speaks to: the public API, and the side of the sandbox on which the outside world is played. */
export interface DemoDoors {
  readonly shopId: string;
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  /** Set off when the product is stopped: nothing more is done then. */
  readonly signal: AbortSignal;
}

const callLimitMs = 10_000;
const lookAgainMs = 200;
const tryAgainMs = 1_000;

/**
 * How long an order is waited for until it stands where a step fits. Seconds, as a rule; but a write that a kill cut off is tried
 * again only when its 75 s are over.
 */
export const standingLimitMs = 120_000;

const mostTries = 5;

/** Who the people of the demo are. */
const actor = 'demo';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** Bytes go as they are. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One call; a 503 says that somebody is not there yet, and is asked again. */
export async function ask({ signal }: DemoDoors, call: Call): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await askOnce(signal, call);
    if (answer.status !== 503 || tries === mostTries) return answer;
    await pause(tryAgainMs, undefined, { signal });
  }
}

async function askOnce(signal: AbortSignal, { method, url, body, headers = {} }: Call): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', 'x-actor': actor, ...headers },
    signal: AbortSignal.any([signal, AbortSignal.timeout(callLimitMs)]),
    ...(body === undefined ? {} : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json().catch(() => undefined) };
}

const Problem = z.object({ detail: z.string().optional(), title: z.string().optional(), type: z.string().optional() });

const orderEnded = '/problems/order-ended';

/**
 * Orders something that may have been ordered before, by a start that was cut off: that what is asked for is so already is fine.
 *
 * @returns the HTTP status.
 * @throws with what was answered instead.
 */
export async function order(doors: DemoDoors, call: Call): Promise<number> {
  const { status, body } = await ask(doors, call);
  if (status < 300) return status;
  const { type, detail, title } = Problem.safeParse(body).data ?? {};
  const isSoAlready = status === 409 && (call.url.startsWith(doors.sandboxUrl) || type === orderEnded);
  if (!isSoAlready) throw new Error(detail ?? title ?? engineWords.demoAnswer(status));
  return status;
}

/**
 * Looks again and again until there is something to see.
 * @throws when it is not seen in time.
 */
export async function untilSeen<T>(
  { signal }: DemoDoors,
  { what, limitMs, look }: { what: string; limitMs: number; look: () => Promise<T | undefined> },
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > deadline) throw new Error(engineWords.demoNotSeen(what, limitMs / 1_000));
    await pause(lookAgainMs, undefined, { signal });
  }
}

const OrderAnswer = z.object({
  phase: z.string(),
  platformStatus: z.string().nullable(),
  packages: z.record(
    z.string(),
    z.object({
      manifest: z.object({ id: z.string().optional(), status: z.string() }),
      tracking: z.object({ meaning: z.string() }),
    }),
  ),
});
export type OrderAnswer = z.infer<typeof OrderAnswer>;

/** One order as the API tells it; undefined while there is none, or nobody answers for it. */
export async function readOrder(doors: DemoDoors, orderId: string): Promise<OrderAnswer | undefined> {
  const url = `${doors.apiUrl}/v1/orders/${doors.shopId}/${orderId}`;
  const { status, body } = await askOnce(doors.signal, { method: 'GET', url });
  return status === 200 ? OrderAnswer.parse(body) : undefined;
}
