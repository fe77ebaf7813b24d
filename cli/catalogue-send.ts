import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { cliFailures } from '../words/cli';
import { readAs } from './api';
import { silenceOf } from './failure';

/** What the API says when it does not follow (RFC 9457). */
const Problem = z.object({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).default([]),
});

/** Longer than the API itself takes for many orders. */
const answerWithinMs = 60_000;

/** What is sent to the API. `key`: under it a repeat is known. */
export interface Sending {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends something to the API; a refusal or a silence becomes a sentence. */
export async function sendToApi(apiUrl: string, path: string, sending: Sending): Promise<Response> {
  const response = await send(`${apiUrl}${path}`, sending, apiUrl);
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => undefined);
  const { title, detail, errors } = readAs(Problem, body, apiUrl);
  const named = errors.map(({ pointer, detail: wrong }) => `${pointer.replace(/^\//, '')}: ${wrong}`);
  throw new PlainFailure(named.length > 0 ? cliFailures.problem(title, named.join(' ')) : (detail ?? title));
}

async function send(url: string, { method, headers = {}, body }: Sending, apiUrl: string): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    return await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
  } catch (error) {
    if (silenceOf(error) === undefined) throw error;
    throw new PlainFailure(cliFailures.notRunning(apiUrl), { cause: error });
  }
}
