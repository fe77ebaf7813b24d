import type { OrderFacts } from '../domain/order/facts';
import type { PlatformOrder, Ports } from './ports';

/** Which address it goes to, told by a mark: where the seller ships, a label shows it. */
export function marked({ markOf }: Pick<Ports, 'markOf'>, { facts, recipient }: PlatformOrder): OrderFacts {
  const isShown = recipient !== undefined && facts.shippingType === 'seller';
  const addressMark = isShown ? markOf(recipient) : undefined;
  return addressMark === undefined ? facts : { ...facts, addressMark };
}
