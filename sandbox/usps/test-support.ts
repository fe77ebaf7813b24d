import type { Shop, Stage } from '../test-support';

/** An answer of the USPS wire, with its body as text and, where it is JSON, read. */
export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
};

type Call = { body?: unknown; headers?: Record<string, string> };

/** A shop's client of USPS, let in and authorized to pay. */
export type Client = (method: string, path: string, call?: Call) => Promise<Reply>;

/** Lets a shop in at USPS. */
export async function uspsClient(here: Stage, shop: Shop): Promise<Client> {
  const { clientId: client_id, clientSecret: client_secret, crid: CRID, mid: MID, accountNumber } = shop.usps;
  const token = await ask(here, 'POST /oauth2/v3/token', {
    body: { client_id, client_secret, grant_type: 'client_credentials' },
  });
  const authorization = `Bearer ${String(token.body['access_token'])}`;
  const party = { CRID, MID, manifestMID: shop.usps.manifestMid };
  const payment = await ask(here, 'POST /payments/v3/payment-authorization', {
    headers: { authorization },
    body: {
      roles: [
        { roleName: 'PAYER', ...party, accountType: 'EPS', accountNumber },
        { roleName: 'LABEL_OWNER', ...party },
      ],
    },
  });
  const paymentToken = String(payment.body['paymentAuthorizationToken']);
  const usual = { authorization, 'x-payment-authorization-token': paymentToken };
  return (method, path, call = {}) =>
    ask(here, `${method} ${path}`, { ...call, headers: { ...usual, ...call.headers } });
}

/** One call without any credentials of its own, to a target as `GET /path`. */
export async function ask({ url }: Stage, target: string, { body, headers }: Call = {}): Promise<Reply> {
  const [method = '', path = ''] = target.split(' ');
  const answer = await fetch(`${url}/usps${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(5_000),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: isJson ? (JSON.parse(text) as Reply['body']) : {},
  };
}

/** Friday noon in Chicago. */
export const FRIDAY = Date.parse('2026-02-06T18:00:00Z');

const ADDRESS = { streetAddress: '1 Main St', city: 'Reno', state: 'NV', ZIPCode: '89501', firm: 'ACME' };

/** A label as it is bought for an order. */
export function aLabel(order: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    imageInfo: { imageType: 'PDF', labelType: '4X6LABEL' },
    toAddress: { ...ADDRESS, ZIPCode: '10001', firstName: 'A', lastName: 'Buyer' },
    fromAddress: ADDRESS,
    packageDescription: {
      mailClass: 'USPS_GROUND_ADVANTAGE',
      rateIndicator: 'SP',
      processingCategory: 'MACHINABLE',
      destinationEntryFacilityType: 'NONE',
      mailingDate: '2026-02-06',
      weightUOM: 'lb',
      weight: 1.5,
      length: 10,
      width: 8,
      height: 4,
      customerReference: [{ referenceNumber: `${order}:1:1` }],
      ...fields,
    },
  };
}

/** A SCAN Form of some labels. */
export function aForm(trackingNumbers: readonly string[], fields: Record<string, unknown> = {}): unknown {
  return {
    imageInfo: { imageType: 'PDF', labelType: '8.5X11LABEL' },
    mailingDate: '2026-02-06',
    overwriteMailingDate: false,
    entryFacilityZIPCode: '89501',
    destinationEntryFacilityType: 'NONE',
    shipment: { trackingNumbers },
    fromAddress: ADDRESS,
    ...fields,
  };
}

/** The code of the first error of a refusal. */
export function codeOf({ body }: Reply): string | undefined {
  return (body['error'] as { errors?: { code: string }[] } | undefined)?.errors?.[0]?.code;
}
