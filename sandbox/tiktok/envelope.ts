import { type Answer, json } from '../answer';
import type { Fault } from '../faults';
import { digits } from '../ids';

/** Why TikTok says no. */
export type Refusal = { readonly code: number; readonly message: string; readonly status?: number };

/** The envelope of a call that did what was asked. */
export function success(data: unknown): Answer {
  return json(200, { code: 0, message: 'Success', data, request_id: requestId() });
}

/** The envelope of a call that did not. The code says so; the HTTP status is 200 unless a gate stood in front. */
export function failure({ code, message, status = 200 }: Refusal): Answer {
  return json(status, { code, message, data: {}, request_id: requestId() });
}

/** How TikTok words a fault. */
export function tiktokFault(fault: Fault): Answer {
  switch (fault.kind) {
    case 'rateLimited': {
      const answer = failure({ code: 36009002, message: 'Too many requests', status: 429 });
      return { ...answer, headers: { 'Retry-After': String(fault.retryAfterSeconds ?? 1) } };
    }
    case 'refuse':
      return failure({ code: 21011022, message: 'The tracking number or shipping provider is invalid' });
    case 'internalCode':
      return failure({ code: 36009003, message: 'Internal error, please try again' });
    default:
      return failure({ code: 36009003, message: 'Internal error', status: 500 });
  }
}

function requestId(): string {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return `${stamp}${digits(18)}`;
}
