import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { details, logWords } from '../words/api';
import { Problem } from './problem';
import { isNotNow } from './temporal-failures';

const WATCHED: readonly string[] = ['/healthz', '/readyz'];

type Traced = { requestId?: string };

/** Logs each request once it is answered: never its body, its query or its headers, where recipients and secrets stand. */
export function logRequests(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const begunAt = Date.now();
    const requestId = randomUUID();
    (res.locals as Traced).requestId = requestId;
    res.set({ 'X-Request-Id': requestId, 'Cache-Control': 'no-store' });
    res.once('close', () => {
      const line = { requestId, method: req.method, path: req.path, status: res.statusCode, ms: Date.now() - begunAt };
      // Whoever watches over us asks every second.
      const level = WATCHED.includes(req.path) ? 'debug' : 'info';
      logger[level](line, logWords.answered);
    });
    next();
  };
}

/** The last handler: whatever was thrown leaves as problem JSON, without a stack. */
export function answerProblem(logger: Logger): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express knows a handler of errors by its four parameters.
  return (error: unknown, _req, res, next) => {
    const requestId = (res.locals as Traced).requestId ?? randomUUID();
    const problem = problemOf(error);
    if (problem.status >= 500)
      logger[problem.status === 500 ? 'error' : 'warn']({ requestId, err: error }, problem.kind);
    if (res.headersSent) {
      next(error);
      return;
    }
    res.status(problem.status).set(problem.headers).type('application/problem+json');
    res.send(JSON.stringify(problem.body(`urn:uuid:${requestId}`)));
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isNotNow(error)) return new Problem('temporal-unavailable', details.temporalSilent, { cause: error });
  return requestProblem(error) ?? new Problem('unexpected', details.unexpected);
}

/** Express and its body reader mark what is the caller's mistake with a status of 4xx. */
function requestProblem(error: unknown): Problem | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return new Problem('body-too-large', details.bodyTooLarge);
  if (status === 415) return new Problem('wrong-content-type', details.wrongContentType);
  const isCallers = typeof status === 'number' && status >= 400 && status < 500;
  return isCallers ? new Problem('malformed-request', details.unreadableRequest) : undefined;
}
