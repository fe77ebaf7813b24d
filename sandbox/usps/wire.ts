import { type Answer, json } from '../answer';
import type { Fault, FaultRoute } from '../faults';

/** One of the errors in a refusal. `code` is of USPS's own error inventory where it has one for the case. */
export type UspsError = { readonly code: string; readonly detail: string; readonly parameter?: string };

/** A refusal as USPS words it: the HTTP status once more in the body, and the errors below it. */
export type Refusal = { readonly status: number; readonly errors: readonly UspsError[] };

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  412: 'Precondition Failed',
  429: 'Exceeded quota limit',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** An answer in the error form of USPS. `api` is the beginning of the path, as `/labels/v3`. */
export function refusal(api: string, { status, errors }: Refusal): Answer {
  const message = REASONS[status] ?? 'Error';
  return json(status, {
    apiVersion: api,
    error: {
      code: String(status),
      message,
      errors: errors.map(({ code, detail, parameter }) => ({
        status: String(status),
        code,
        title: message,
        detail,
        ...(parameter === undefined ? {} : { source: { parameter } }),
      })),
    },
  });
}

/** A refusal with a single error. */
export function refused(api: string, status: number, error: UspsError): Answer {
  return refusal(api, { status, errors: [error] });
}

const PATHS: Partial<Record<FaultRoute, string>> = {
  'usps.token': '/oauth2/v3',
  'usps.rates': '/shipments/v3',
  'usps.label': '/labels/v3',
  'usps.cancelLabel': '/labels/v3',
  'usps.createForm': '/scan-forms/v3',
  'usps.tracking': '/tracking/v3',
  'usps.pickup': '/pickup/v3',
};

/** Said where the payment account does not cover a label. USPS publishes no code for it: this one is the sandbox's. */
export const NO_FUNDS: UspsError = {
  code: '160077',
  detail: 'The payment account has insufficient funds to purchase postage.',
  parameter: 'X-Payment-Authorization-Token',
};

/** How USPS words a fault. */
export function uspsFault(fault: Fault): Answer {
  const api = PATHS[fault.route] ?? '/';
  switch (fault.kind) {
    case 'rateLimited': {
      const detail = 'Request quota limit exceeded. Please contact your API Administrator.';
      const limited = refused(api, 429, { code: '429', detail });
      return { ...limited, headers: { 'Retry-After': String(fault.retryAfterSeconds ?? 60) } };
    }
    case 'refuse':
      return refused(api, 400, { code: '160160', detail: 'The request cannot be fulfilled.' });
    case 'insufficientFunds':
      return refused(api, 400, NO_FUNDS);
    case 'notFoundCode':
      return refused(api, 404, { code: '404', detail: 'No record was found.' });
    default:
      return refused(api, 500, { code: '500', detail: 'An unexpected error occurred.' });
  }
}
