import { problemWords } from '../words/api';

const STATUS = {
  'malformed-json': 400,
  'invalid-body': 400,
  'invalid-query': 400,
  'invalid-header': 400,
  'malformed-request': 400,
  'forged-webhook': 401,
  'foreign-site': 403,
  'unknown-shop': 404,
  'unknown-order': 404,
  'unknown-alert': 404,
  'unknown-manifest': 404,
  'unknown-appeal': 404,
  'unknown-batch': 404,
  'unknown-route': 404,
  'wrong-method': 405,
  'duplicate-order': 409,
  'order-ended': 409,
  refused: 409,
  'body-too-large': 413,
  'wrong-content-type': 415,
  'key-reused': 422,
  'order-refused': 422,
  unexpected: 500,
  'temporal-unavailable': 503,
  'worker-unavailable': 503,
  'platform-unavailable': 503,
  'not-ready': 503,
} as const satisfies Record<keyof typeof problemWords, number>;

export type ProblemName = keyof typeof STATUS;

/** One wrong field, by JSON pointer (RFC 6901); a query is read as an object of its parameters. */
export type FieldError = { pointer: string; detail: string };

/** After how many seconds a caller whom we could not serve may ask again. */
const RETRY_AFTER_S = '5';

/** A request that cannot be followed, as the caller is told of it (RFC 9457). Thrown anywhere, answered in one place. */
export class Problem extends Error {
  readonly kind: ProblemName;
  readonly detail: string;
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ProblemName,
    detail: string,
    more: { errors?: readonly FieldError[]; headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(`${kind}: ${detail}`, { cause: more.cause });
    this.name = 'Problem';
    this.kind = kind;
    this.detail = detail;
    this.status = STATUS[kind];
    this.errors = more.errors ?? [];
    this.headers = { ...(this.status === 503 ? { 'Retry-After': RETRY_AFTER_S } : {}), ...more.headers };
  }

  /** The body of the answer. `type` stays the same for ever: programs branch on it. */
  body(instance: string): Record<string, unknown> {
    return {
      type: `/problems/${this.kind}`,
      title: problemWords[this.kind].title,
      status: this.status,
      detail: this.detail,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
      instance,
    };
  }
}

/** Whether a problem of this name exists: its page is served under its `type`. */
export const isProblemName = (name: string): name is ProblemName => Object.hasOwn(STATUS, name);
