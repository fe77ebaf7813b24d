import type { Request, Response } from 'express';

/** An answer before it is sent: faults stand between the two. */
export type Answer = {
  readonly status: number;
  readonly body: string | Buffer;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A JSON answer. */
export function json(status: number, value: unknown): Answer {
  return { status, body: JSON.stringify(value), contentType: 'application/json; charset=utf-8' };
}

/** The page of a gateway that stands in front of a platform: it knows nothing of the platform's own error form. */
export function gatewayPage(status: number, reason: string): Answer {
  const title = `${status} ${reason}`;
  return {
    status,
    contentType: 'text/html',
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center></body>\r\n</html>\r\n`,
  };
}

/** Sends an answer, unless the caller has already gone. */
export function send(res: Response, answer: Answer): void {
  if (res.destroyed) return;
  res.status(answer.status).set({ ...answer.headers, 'Content-Type': answer.contentType });
  res.end(answer.body);
}

/** The bytes of a request's body as they came. */
export function rawBody(req: Request): Buffer {
  const body: unknown = req.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** A body read as JSON. An empty body reads as an empty object. */
export function readJson(raw: Buffer): { ok: true; value: unknown } | { ok: false } {
  if (raw.length === 0) return { ok: true, value: {} };
  try {
    return { ok: true, value: JSON.parse(raw.toString('utf8')) };
  } catch {
    return { ok: false };
  }
}
