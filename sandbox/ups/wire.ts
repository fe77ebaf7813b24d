import { type Answer, json } from '../answer';
import type { Fault } from '../faults';

/** An error of UPS's with the HTTP status that it comes with. */
export type UpsError = { readonly status: number; readonly code: string; readonly message: string };

/** A refusal in the error form of UPS. */
export function refusal({ status, code, message }: UpsError): Answer {
  return json(status, { response: { errors: [{ code, message }] } });
}

/** What stands at the head of every answer of the older services: it went well, and the caller's own words come back. */
export function success(body: unknown): unknown {
  const customerContext = contextIn(body);
  return {
    ResponseStatus: { Code: '1', Description: 'Success' },
    ...(customerContext === undefined ? {} : { TransactionReference: { CustomerContext: customerContext } }),
  };
}

/** An amount as UPS writes it. */
export function money(cents: number): { CurrencyCode: string; MonetaryValue: string } {
  return { CurrencyCode: 'USD', MonetaryValue: (cents / 100).toFixed(2) };
}

/** Some elements are a list in one version and a single thing in another: both are read as a list. */
export function listOf<Item>(value: Item | Item[]): Item[] {
  return Array.isArray(value) ? value : [value];
}

/** How UPS words a fault. */
export function upsFault(fault: Fault): Answer {
  switch (fault.kind) {
    case 'rateLimited': {
      const limited = refusal({ status: 429, code: '10429', message: 'Too Many Requests' });
      const after = fault.retryAfterSeconds;
      // UPS publishes neither its limits nor how long to wait: the header is there only where a test asks for it.
      return after === undefined ? limited : { ...limited, headers: { 'Retry-After': String(after) } };
    }
    case 'refuse':
      return refusal({ status: 400, code: '120500', message: 'The request is refused.' });
    case 'insufficientFunds':
      return refusal({ status: 400, code: '120122', message: 'The shipper account is not authorized to be billed.' });
    case 'notFoundCode':
      return refusal(fault.route === 'ups.track' ? NO_TRACKING : NO_LABEL);
    default:
      return refusal({ status: 500, code: '10500', message: 'Internal server error' });
  }
}

/** Said where there is no such label to be printed again. */
export const NO_LABEL: UpsError = {
  status: 404,
  code: '300200',
  message: 'The label for the tracking or reference number is not found.',
};

/** Said where nothing is known of a number. */
export const NO_TRACKING: UpsError = { status: 404, code: 'TW0001', message: 'Tracking Information Not Found' };

function contextIn(body: unknown): string | undefined {
  const [inner] = Object.values((body ?? {}) as Readonly<Record<string, unknown>>);
  const request = (inner as { Request?: { TransactionReference?: { CustomerContext?: unknown } } } | undefined)
    ?.Request;
  const context = request?.TransactionReference?.CustomerContext;
  return typeof context === 'string' ? context : undefined;
}
