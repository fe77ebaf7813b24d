import { z } from 'zod';

const Address = z.object({
  name: z.string(),
  phone: z.string(),
  street1: z.string(),
  street2: z.string(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  country: z.string(),
});

/** What a carrier said of an address. The suggestion is personal: these documents lie in the vault and nowhere else. */
export const KeptAddress = z.object({
  verdict: z.enum(['deliverable', 'corrected', 'undeliverable']),
  codes: z.array(z.string()),
  suggestion: Address.optional(),
});
export type KeptAddress = z.infer<typeof KeptAddress>;

/** Which address an order was checked for last. */
export const AddressOfOrder = z.object({ mark: z.string() });

/** By the address's mark, so that it is asked about once however many orders go there. */
export const addressKey = (shopId: string, mark: string): string => `addresses/${shopId}/${mark}`;
export const addressByOrderKey = (shopId: string, orderId: string): string => `addresses/${shopId}/orders/${orderId}`;
