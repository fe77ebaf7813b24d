import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { type Answer, json, send } from './answer';

/** A control order that cannot be followed. Thrown by the control routes and answered as problem JSON. */
export class Problem extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
  }
}

/** Reads a control body by its schema. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem(422, z.prettifyError(parsed.error));
}

/** The last handler of the control routes. What is not a `Problem` is a bug of the sandbox and says so. */
// eslint-disable-next-line max-params -- Express knows an error handler by its four parameters.
export const answerProblem: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) next(error);
  else if (error instanceof Problem) send(res, problem(error.status, error.message));
  else send(res, problem(500, error instanceof Error ? (error.stack ?? error.message) : String(error)));
};

/** An answer in problem JSON (RFC 9457). */
export function problem(status: number, detail: string): Answer {
  return { ...json(status, { type: 'about:blank', status, detail }), contentType: 'application/problem+json' };
}
