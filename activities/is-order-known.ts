import type { Ports } from './ports';
import { shopOf } from './shop-of';

/** Whether the platform knows an order. */
export async function isOrderKnown(ports: Ports, input: { shopId: string; orderId: string }): Promise<boolean> {
  const { platform } = await shopOf(ports, input);
  return (await platform.readOrder(input.orderId)) !== undefined;
}
