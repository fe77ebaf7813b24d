import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';

/** The platform's shapes, as far as we read them; unknown fields pass. */

/** Some answers have their times as digits in a string. */
const seconds = z.coerce.number().int().min(0).max(99_999_999_999);

const list = <Item extends z.ZodType>(item: Item): z.ZodPreprocess<z.ZodArray<Item>> =>
  // An empty list is left out, or null.
  z.preprocess((value) => value ?? [], z.array(item));

const text = (fallback: string): z.ZodType<string> =>
  z
    .string()
    .nullish()
    .transform((value) => value ?? fallback);

/** Orders are read one by one, so that one which cannot be read does not hide the others. */
export const OrdersData = z.looseObject({ orders: list(z.looseObject({ id: PlatformId })) });

export const ChangedOrdersData = z.looseObject({
  orders: list(z.looseObject({ id: PlatformId, update_time: seconds })),
  next_page_token: z.string().nullish(),
});

export const ProvidersData = z.looseObject({
  shipping_providers: list(z.looseObject({ id: z.string(), name: z.string() })),
});

export const MarkShippedData = z.looseObject({
  package_id: z.string().optional(),
  warning: z.looseObject({ message: text('') }).nullish(),
});

export const OwnNumberData = z.looseObject({ is_tiktok_shipping: z.boolean().default(false) });

const NextActions = list(z.looseObject({ action: text(''), deadline: seconds.nullish() }));

export const CancellationsData = z.looseObject({
  cancellations: list(
    z.looseObject({
      cancel_id: z.string(),
      order_id: text(''),
      cancel_type: text(''),
      cancel_status: text(''),
      seller_next_action_response: NextActions,
    }),
  ),
});

export const ReturnsData = z.looseObject({
  return_orders: list(
    z.looseObject({
      return_id: z.string(),
      order_id: text(''),
      return_type: text(''),
      return_status: text(''),
      seller_next_action_response: NextActions,
    }),
  ),
});

/** An order's address, where the platform shows it to us. */
export const Recipient = z.looseObject({
  name: text(''),
  phone_number: text(''),
  region_code: text('US'),
  postal_code: text(''),
  address_line1: text(''),
  address_line2: text(''),
  district_info: list(z.looseObject({ address_level: text(''), address_name: text('') })),
});

export const ServicesData = z.looseObject({
  shipping_services: list(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      price: z.string(),
      currency: text('USD'),
      latest_delivery_days: z.coerce.number().nullish(),
      shipping_provider_name: text(''),
    }),
  ),
});

export const CreatedPackageData = z.looseObject({
  package_id: z.string(),
  shipping_service_info: z.looseObject({ price: text('0') }).nullish(),
});

export const PackageData = z.looseObject({
  package_id: z.string(),
  package_status: text(''),
  tracking_number: text(''),
  shipping_provider_name: text(''),
  order_line_item_ids: list(z.string()),
  orders: list(z.looseObject({ id: z.string() })),
  handover_method: z.string().nullish(),
  pickup_slot: z.looseObject({ start_time: seconds.nullish(), end_time: seconds.nullish() }).nullish(),
});

export const DocumentData = z.looseObject({ doc_url: z.url(), tracking_number: text('') });

/** Both `expire_in` are instants in Unix seconds. */
export const TokenData = z.looseObject({
  access_token: z.string().min(1),
  access_token_expire_in: seconds,
  refresh_token: z.string().min(1),
  refresh_token_expire_in: seconds,
  open_id: text(''),
  seller_name: text(''),
  granted_scopes: list(z.string()),
});

export const SellersShopsData = z.looseObject({
  shops: list(
    z.looseObject({
      id: PlatformId,
      name: text(''),
      region: text(''),
      seller_type: text(''),
      cipher: z.string().min(1),
      code: text(''),
    }),
  ),
});

export const WebhooksData = z.looseObject({
  webhooks: list(z.looseObject({ event_type: z.string(), address: text('') })),
});
