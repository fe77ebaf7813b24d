import { setTimeout as pause } from 'node:timers/promises';

const CALL_LIMIT_MS = 60_000;

/** The product's own words for "not now": what only reads is asked again. */
const NOT_NOW = 503;
const MOST_READINGS = 8;
const READ_AGAIN_MS = 1_000;

/** One call of the product or the sandbox; a refusal is thrown with what was said. */
export async function call<Body>(method: string, url: string, body?: unknown): Promise<Body> {
  const send = (): Promise<Response> =>
    fetch(url, {
      method,
      headers: { 'content-type': 'application/json', 'x-actor': 'story' },
      signal: AbortSignal.timeout(CALL_LIMIT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  let response = await send();
  for (let readings = 1; method === 'GET' && response.status === NOT_NOW && readings < MOST_READINGS; readings += 1) {
    await pause(READ_AGAIN_MS);
    response = await send();
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Body;
}

/** Sends a file as it is. */
export async function sendFile<Body>(url: string, file: Uint8Array): Promise<Body> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-actor': 'story' },
    signal: AbortSignal.timeout(CALL_LIMIT_MS),
    body: Buffer.from(file),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${text}`);
  return JSON.parse(text) as Body;
}
