import type { OrderView } from '../domain/order/view';
import type { Ports } from './ports';

/** What a batch needs from outside, beside what orders need. */
export type BatchPorts = Ports & { orderDesk: OrderDesk };

/** How a batch asks orders and lets them go on: as people do. */
export type OrderDesk = {
  /** Undefined where there is no such order; `silent` where nobody can answer now. */
  read: (order: { shopId: string; orderId: string }) => Promise<OrderView | 'silent' | undefined>;
  /** Lets an order go on in a shop where each waits for a person's word. A repeat has one effect; a refusal is an answer. */
  approve: (word: { shopId: string; orderId: string; actor: string; updateId: string }) => Promise<void>;
};
