import { InvalidArgumentError } from 'commander';
import { PlatformId } from '../contracts/platform-order';
import { PlainFailure } from '../engine/plain-failure';
import { defaultShopId } from '../engine/sandbox-shop';
import { cliFailures } from '../words/cli';

/** One order, by name. */
export interface OrderRef {
  readonly shopId: string;
  readonly orderId: string;
}

const spelling = /^(?:order:(?<workflowShop>\d{1,20}):|(?<shop>\d{1,20})\/)?(?<orderId>\d{1,20})$/;

/** Reads what a person may call an order: its id, `shop/order`, or its workflow's id, which the Temporal UI shows. */
export function parseOrderRef(text: string, shopOption?: string): OrderRef {
  const { workflowShop, shop, orderId } = spelling.exec(text)?.groups ?? {};
  if (orderId === undefined) throw new PlainFailure(cliFailures.notAnOrder(text));
  const named = workflowShop ?? shop;
  if (named !== undefined && shopOption !== undefined && named !== shopOption) {
    throw new PlainFailure(cliFailures.twoShops(named, shopOption));
  }
  return { shopId: named ?? shopOption ?? defaultShopId, orderId };
}

/** The shortest name under which the commands find an order again. */
export const sayOrderRef = ({ shopId, orderId }: OrderRef): string =>
  shopId === defaultShopId || shopId === '' ? orderId : `${shopId}/${orderId}`;

/** Reads the value of `--shop`. */
export function parseShopId(text: string): string {
  if (!PlatformId.safeParse(text).success) throw new InvalidArgumentError(cliFailures.notAShop);
  return text;
}
