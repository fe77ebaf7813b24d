import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { cliFailures } from '../words/cli';
import { silenceOf } from './failure';
import type { OrderRef } from './order-ref';

/** What the API says when it does not follow (RFC 9457). */
const Problem = z.object({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).default([]),
});
type Problem = z.infer<typeof Problem>;

const Ready = z.object({ ready: z.literal(true) });

/** The API asks Temporal, and a worker that has just started is given a moment. */
const answerWithinMs = 20_000;
const readyWithinMs = 5_000;

/** Asks the API for a JSON object; a refusal or a silence becomes a sentence. */
export async function askApi(apiUrl: string, path: string): Promise<unknown> {
  const response = await fetchFrom(apiUrl, path, answerWithinMs);
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  throw new PlainFailure(sentenceOfProblem(readAs(Problem, body, apiUrl)));
}

/** The address of one order in the API. */
export const orderPath = ({ shopId, orderId }: OrderRef): string => `/v1/orders/${shopId}/${orderId}`;

/** Reads an answer by its schema; another shape means that somebody else answers there. */
export function readAs<Schema extends z.ZodType>(schema: Schema, body: unknown, apiUrl: string): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new PlainFailure(cliFailures.notShipclock(apiUrl));
  return parsed.data;
}

/** Whether a product runs there that would work on an order now. */
export async function isProductReady(apiUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${apiUrl}/readyz`, { signal: AbortSignal.timeout(readyWithinMs) });
    return Ready.safeParse(await response.json()).success;
  } catch {
    return false;
  }
}

async function fetchFrom(apiUrl: string, path: string, withinMs: number): Promise<Response> {
  try {
    return await fetch(`${apiUrl}${path}`, { signal: AbortSignal.timeout(withinMs) });
  } catch (error) {
    if (silenceOf(error) === undefined) throw error;
    throw new PlainFailure(cliFailures.notRunning(apiUrl), { cause: error });
  }
}

function sentenceOfProblem({ title, detail, errors }: Problem): string {
  if (errors.length === 0) return detail ?? title;
  const named = errors.map(({ pointer, detail: wrong }) => `${pointer.replace(/^\//, '')}: ${wrong}`);
  return cliFailures.problem(title, named.join(' '));
}
