import { type Answer, json } from '../answer';
import type { Fault } from '../faults';

/** Why the desk says no. */
export type DeskRefusal = { readonly status: number; readonly code: string; readonly message: string };

/** A refusal on the desk's wire. */
export function turnedDown({ status, code, message }: DeskRefusal): Answer {
  return json(status, { code, message });
}

/** What is not there. */
export const NO_CASE: DeskRefusal = { status: 404, code: 'not_found', message: 'There is no such case.' };

/** How the desk words a fault. */
export function deskFault(fault: Fault): Answer {
  switch (fault.kind) {
    case 'rateLimited': {
      const answer = turnedDown({ status: 429, code: 'rate_limited', message: 'Too many requests.' });
      return { ...answer, headers: { 'Retry-After': String(fault.retryAfterSeconds ?? 1) } };
    }
    case 'refuse':
      return turnedDown({ status: 422, code: 'refused', message: 'The appeal is not accepted.' });
    default:
      return turnedDown({ status: 500, code: 'internal', message: 'Something went wrong.' });
  }
}
