import { type Answer, gatewayPage } from '../answer';
import type { Fault, FaultRoute } from '../faults';

/** An EasyPost error that is answered with an HTTP status. */
export type EasyPostError = { readonly status: number; readonly code: string; readonly message: string };

/** JSON as EasyPost writes it: a whole weight has a decimal point, and its own library signs it that way. */
export function wireJson(value: unknown): string {
  return JSON.stringify(value).replace(/("weight":-?\d+)(?=[,}])/g, '$1.0');
}

/** An answer of this wire. */
export function answer(status: number, value: unknown): Answer {
  return { status, body: wireJson(value), contentType: 'application/json; charset=utf-8' };
}

/** An error of this wire. */
export function refusal({ status, code, message }: EasyPostError): Answer {
  return answer(status, { error: { code, message, errors: [] } });
}

/** What is not there. */
export const NOT_FOUND: EasyPostError = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'The requested resource could not be found.',
};

export const NO_MONEY: EasyPostError = {
  status: 402,
  code: 'PAYMENT_REQUIRED',
  message: 'Insufficient funds to purchase the shipment.',
};

const NO_POSTAGE: EasyPostError = {
  status: 422,
  code: 'SHIPMENT.POSTAGE.FAILURE',
  message: 'Unable to buy postage for this shipment.',
};
const NO_FORM: EasyPostError = {
  status: 422,
  code: 'SCAN_FORM.CREATE.FAILURE',
  message: 'Unable to create a scan form for these shipments.',
};

const REFUSALS: Partial<Record<FaultRoute, EasyPostError>> = {
  'easypost.createForm': NO_FORM,
  'easypost.address': { status: 422, code: 'ADDRESS.VERIFY.FAILURE', message: 'Unable to verify address.' },
  'easypost.pickup': { status: 422, code: 'PICKUP.SCHEDULE.FAILURE', message: 'Unable to schedule the pickup.' },
  'easypost.trackers': { status: 422, code: 'TRACKER.CREATE.ERROR', message: 'The tracker cannot be read.' },
  'easypost.labelFile': { status: 422, code: 'SHIPMENT.LABEL.FAILURE', message: 'Unable to convert the label.' },
};

/** Instants are written in whole seconds of UTC. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** How EasyPost words a fault. */
export function easypostFault(fault: Fault): Answer {
  switch (fault.kind) {
    case 'rateLimited': {
      const limited = refusal({ status: 429, code: 'RATE_LIMITED', message: 'You have been rate limited.' });
      return { ...limited, headers: { 'Retry-After': String(fault.retryAfterSeconds ?? 1) } };
    }
    case 'refuse':
      return refusal(REFUSALS[fault.route] ?? NO_POSTAGE);
    case 'insufficientFunds':
      return refusal(NO_MONEY);
    case 'notFound':
      return gatewayPage(404, 'Not Found');
    case 'notFoundCode':
      return refusal(NOT_FOUND);
    case 'ratesUnavailable':
      return refusal({
        status: 422,
        code: 'SHIPMENT.RATES.UNAVAILABLE',
        message: 'Unable to retrieve rates for this shipment.',
      });
    default:
      return refusal({ status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'We are sorry, something went wrong.' });
  }
}
