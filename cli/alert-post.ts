import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { cliFailures } from '../words/cli';
import { readAs } from './api';
import { silenceOf } from './failure';

/** What the API says when it does not follow (RFC 9457). */
const Problem = z.object({ title: z.string(), detail: z.string().optional() });

/** The API itself waits 5 s for a worker. */
const answerWithinMs = 20_000;

/** Orders something of the API; a refusal or a silence becomes a sentence. */
export async function postToApi(apiUrl: string, path: string, order: object): Promise<unknown> {
  const response = await send(apiUrl, path, order);
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  const { title, detail } = readAs(Problem, body, apiUrl);
  throw new PlainFailure(detail ?? title);
}

async function send(apiUrl: string, path: string, order: object): Promise<Response> {
  try {
    return await fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(answerWithinMs),
    });
  } catch (error) {
    if (silenceOf(error) === undefined) throw error;
    throw new PlainFailure(cliFailures.notRunning(apiUrl), { cause: error });
  }
}
