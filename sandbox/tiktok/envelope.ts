import { type Answer, json } from '../answer';
import type { Fault, FaultRoute } from '../faults';
import { digits } from '../ids';

/** Why TikTok says no. */
export type Refusal = {
  readonly code: number;
  readonly message: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
};

/** Said to one call too many. */
export const TOO_MANY: Refusal = { code: 36009002, message: 'Too many requests', status: 429 };

/** The envelope of a call that did what was asked. */
export function success(data: unknown): Answer {
  return json(200, { code: 0, message: 'Success', data, request_id: requestId() });
}

/** The envelope of a call that did not. The code says so; the HTTP status is 200 unless a gate stood in front. */
export function failure({ code, message, status = 200, retryAfterSeconds }: Refusal): Answer {
  const answer = json(status, { code, message, data: {}, request_id: requestId() });
  return retryAfterSeconds === undefined
    ? answer
    : { ...answer, headers: { 'Retry-After': String(retryAfterSeconds) } };
}

/** How TikTok words a fault. */
export function tiktokFault(fault: Fault): Answer {
  switch (fault.kind) {
    case 'rateLimited':
      return failure({ ...TOO_MANY, retryAfterSeconds: fault.retryAfterSeconds ?? 1 });
    case 'code':
      return failure(codeRefusal(fault));
    case 'refuse':
      return failure(REFUSALS[fault.route] ?? WRONG_NUMBER);
    case 'internalCode':
      return failure({ code: 36009003, message: 'Internal error, please try again' });
    default:
      return failure({ code: 36009003, message: 'Internal error', status: 500 });
  }
}

const WRONG_NUMBER: Refusal = { code: 21011022, message: 'The tracking number or shipping provider is invalid' };
const NO_SERVICE: Refusal = { code: 21011037, message: 'No shipping service is available for this package' };

/** The refusal that fits a call, where it is not the usual one. */
const REFUSALS: Partial<Record<FaultRoute, Refusal>> = {
  'tiktok.services': NO_SERVICE,
  'tiktok.createPackages': NO_SERVICE,
};

/** Codes that a gate in front of TikTok answers with, by their HTTP status; all others come with 200. */
const STATUS_OF_CODE: Readonly<Record<number, number>> = { 36009002: 429, 105002: 401, 106001: 401, 101000: 401 };

function codeRefusal({ code = TOO_MANY.code, retryAfterSeconds }: Fault): Refusal {
  const message = `Refused with ${code}`;
  const status = STATUS_OF_CODE[code] ?? 200;
  return { code, message, status, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

function requestId(): string {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return `${stamp}${digits(18)}`;
}
