import type { Reply, Shop } from '../test-support';

type Call = { readonly query?: Record<string, string>; readonly body?: unknown };

/** Speaks to a sandbox's ShipSaving as one shop. */
export type SavingClient = (method: string, path: string, call?: Call) => Promise<Reply>;

/** A client with a shop's token. */
export function savingClient(url: string, shop: Shop): SavingClient {
  return async (method, path, { query = {}, body } = {}) => {
    const search = new URLSearchParams({ ...query, api_token: shop.shipsaving.apiToken });
    const answer = await fetch(`${url}/shipsaving${path}?${search.toString()}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(5_000),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    const read = isJson ? (JSON.parse(text) as Reply['body']) : { text };
    return { status: answer.status, headers: answer.headers, body: read };
  };
}

/** A parcel to ship for an order, as ShipSaving is asked for it. */
export function aSavingParcel(shop: Shop, orderNumber: string, fields: object): Record<string, unknown> {
  const address = { name: 'Somebody', street: '1 Main St', city: 'Reno', state: 'NV', zip: '89501', country: 'US' };
  return {
    from: address,
    to: address,
    shipments: [{ length: 10, width: 8, height: 4, weight: 1 }],
    order: { warehouse_name: 'WH', store_name: shop.shipsaving.storeName, order_number: orderNumber },
    ...fields,
  };
}
