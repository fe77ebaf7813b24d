import { AdapterError } from '../contracts/adapter-error';

/**
 * One answer as it came over the wire. `json` is undefined where the body is none: an HTML page of a proxy, half a body, a body in
 * parts. `multipart` is a body in parts, with the boundary that its header names; `etag` the version of what was answered.
 */
export type HttpAnswer = {
  status: number;
  json: unknown;
  retryAfterMs?: number;
  etag?: string;
  multipart?: { boundary: string; text: string };
};

export type HttpCall = {
  provider: string;
  call: string;
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers: Record<string, string>;
  body?: string;
  /** A write that fails after it was sent may have been done. */
  isWrite: boolean;
  deadlineMs: number;
};

/**
 * One request and no retries: repeating is for the caller, who reads back first.
 * @throws AdapterError `retryLater` when nothing can have been done, `outcomeUnknown` when a write was sent and no whole answer
 * came back.
 */
export async function callOnce(call: HttpCall): Promise<HttpAnswer> {
  const lost = (code: string): AdapterError =>
    new AdapterError(call.isWrite && code !== 'ECONNREFUSED' ? 'outcomeUnknown' : 'retryLater', { ...call, code });
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: call.headers,
      signal: AbortSignal.timeout(call.deadlineMs),
      redirect: 'error',
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    const text = await response.text();
    const retryAfterMs = retryAfterOf(response.headers.get('retry-after'));
    const etag = response.headers.get('etag');
    const boundary = boundaryOf(response.headers.get('content-type'));
    return {
      status: response.status,
      json: parsed(text),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(etag === null ? {} : { etag }),
      ...(boundary === undefined ? {} : { multipart: { boundary, text } }),
    };
  } catch (error) {
    throw lost(codeOf(error));
  }
}

/**
 * Fetches a file that a provider linked to. Reading is free, so every failure is one to try again.
 * @throws AdapterError `retryLater`.
 */
export async function fetchFile(file: Pick<HttpCall, 'provider' | 'call' | 'url' | 'deadlineMs'>): Promise<Uint8Array> {
  const failed = (code: string): AdapterError => new AdapterError('retryLater', { ...file, code });
  try {
    const response = await fetch(file.url, { signal: AbortSignal.timeout(file.deadlineMs) });
    if (!response.ok) throw failed(`HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw error instanceof AdapterError ? error : failed(codeOf(error));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const boundaryOf = (contentType: string | null): string | undefined =>
  /^multipart\/.*\bboundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1];

/** Seconds or an HTTP date; nothing that is not one of them. */
function retryAfterOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** The cause's code: `fetch` wraps it, and a timeout has only a name. */
function codeOf(error: unknown): string {
  const { name, cause } = (error ?? {}) as { name?: unknown; cause?: { code?: unknown } };
  if (typeof cause?.code === 'string') return cause.code;
  return typeof name === 'string' ? name : 'unknown';
}
