import type { AdapterError } from '../../contracts/adapter-error';
import { Shop } from '../../contracts/shop';
import { anOrder, type Shop as SandboxShop } from '../../sandbox/test-support';

/** A shop of the sandbox as the product has it. */
export const shopOf = (sandbox: SandboxShop, url: string, accessToken = sandbox.accessToken): Shop =>
  Shop.parse({
    id: sandbox.shopId,
    kind: 'live',
    name: 'A shop',
    platform: {
      baseUrl: url,
      appKey: sandbox.appKey,
      appSecret: sandbox.appSecret,
      accessToken,
      shopCipher: sandbox.shopCipher,
    },
    carrier: { kind: 'easypost', baseUrl: `${url}/v2`, ...sandbox.easypost },
    shipFrom: {
      id: 'la',
      zone: 'America/Los_Angeles',
      workdays: [1, 2, 3, 4, 5],
      opensAt: '09:00',
      closesAt: '17:00',
      address: {},
    },
    parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 },
  });

let serial = 0;

/** Places an order of two items in a sandbox shop; its id. */
export async function placed(sandbox: SandboxShop, fields: Record<string, unknown> = {}): Promise<string> {
  const id = `5764614130387${String((serial += 1)).padStart(5, '0')}`;
  const { status } = await sandbox.control('PUT', `/orders/${id}`, anOrder(id, fields));
  if (status !== 201) throw new Error(`the sandbox did not take order ${id}: ${status}`);
  return id;
}

/** The ledger's kinds and what they are about. */
export async function ledgerOf(sandbox: SandboxShop): Promise<{ kind: string; order: string }[]> {
  return (await sandbox.control('GET', '/ledger')).body['data'] as { kind: string; order: string }[];
}

/** How a call failed. */
export const failureOf = (calling: Promise<unknown>): Promise<AdapterError> =>
  calling.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as AdapterError,
  );
