import { z } from 'zod';
import type { Platform } from '../../activities/ports';
import { AdapterError } from '../../contracts/adapter-error';
import type { AfterSale } from '../../domain/order/facts';
import { callTikTok } from './client';
import { PROVIDER } from './envelope';
import { readWireOrder, type At } from './read-orders';
import { CancellationsData, ReturnsData } from './wire';

/** One of our own reasons that blames nobody else. A reason that does not fit the status is refused: "Cancel reasons" (US). */
const UNPAID_REASON = 'seller_cancel_unpaid_reason_out_of_stock';
const PAID_REASON = 'seller_cancel_reason_out_of_stock';

/** Said to a buyer who asks to cancel what is packed: it is shipped, its tracking follows. */
const PACKED = 'ecom_reverse_reject_cancel_reason_product_packed';

const PENDING = 'CANCELLATION_REQUEST_PENDING';
const PAGE_SIZE = '50';

/** Cancel Order, whole. */
export async function cancelOrder(at: At, orderId: string): Promise<void> {
  const order = await readWireOrder(at, orderId);
  if (order === undefined) {
    throw new AdapterError('stale', { provider: PROVIDER, call: 'cancelOrder', code: 'unknown order' });
  }
  await callTikTok(at.wire, at.shop, {
    call: 'cancelOrder',
    method: 'POST',
    path: '/return_refund/202309/cancellations',
    body: { order_id: orderId, cancel_reason: order.status === 'UNPAID' ? UNPAID_REASON : PAID_REASON },
    data: z.looseObject({}),
  });
}

/** What the buyer asks for: to cancel comes first, because it stops what is about to be bought. */
export const readAfterSale = async (at: At, orderId: string): Promise<AfterSale | undefined> =>
  (await openCancellation(at, orderId)) ?? openReturn(at, orderId);

async function openCancellation({ wire, shop }: At, orderId: string): Promise<AfterSale | undefined> {
  const { cancellations } = await callTikTok(wire, shop, {
    call: 'searchCancellations',
    method: 'POST',
    path: '/return_refund/202309/cancellations/search',
    query: { page_size: PAGE_SIZE },
    body: { order_ids: [orderId], cancel_types: ['BUYER_CANCEL'], cancel_status: [PENDING] },
    isRead: true,
    data: CancellationsData,
  });
  const open = cancellations.find(
    ({ order_id: of, cancel_type: type, cancel_status: status }) =>
      of === orderId && type !== 'CANCEL' && status === PENDING,
  );
  return open && { kind: 'cancel', id: open.cancel_id, ...answerBy(open.seller_next_action_response) };
}

/** Statuses in which nobody has anything left to say; the platform spells the cancelled one in two ways. */
const IS_OVER = /_(REJECT|REJECTED|SUCCESS|CANCEL|CANCELLED|COMPLETE|COMPLETED|CLOSED)$/;

async function openReturn({ wire, shop }: At, orderId: string): Promise<AfterSale | undefined> {
  const { return_orders: returns } = await callTikTok(wire, shop, {
    call: 'searchReturns',
    method: 'POST',
    path: '/return_refund/202309/returns/search',
    query: { page_size: PAGE_SIZE },
    body: { order_ids: [orderId] },
    isRead: true,
    data: ReturnsData,
  });
  const open = returns.find(({ order_id: of, return_status: status }) => of === orderId && !IS_OVER.test(status));
  if (open === undefined) return undefined;
  const kind = open.return_type === 'REFUND' ? 'refund' : 'return';
  return { kind, id: open.return_id, ...answerBy(open.seller_next_action_response) };
}

type NextAction = { deadline?: number | null | undefined };

/** The earliest instant at which the platform decides by itself. */
function answerBy(actions: readonly NextAction[]): Pick<AfterSale, 'answerBy'> {
  const deadlines = actions.flatMap(({ deadline }) => ((deadline ?? 0) > 0 ? [(deadline ?? 0) * 1_000] : []));
  return deadlines.length === 0 ? {} : { answerBy: Math.min(...deadlines) };
}

/** Approve or Reject Cancellation. The platform keeps the key: the same answer twice has one effect. */
export async function answerCancel(
  { wire, shop }: At,
  { requestId, decision, key }: Parameters<Platform['answerCancel']>[0],
): Promise<void> {
  await callTikTok(wire, shop, {
    call: 'answerCancel',
    method: 'POST',
    path: `/return_refund/202309/cancellations/${encodeURIComponent(requestId)}/${decision}`,
    query: { idempotency_key: key },
    ...(decision === 'reject' ? { body: { reject_reason: PACKED } } : {}),
    data: z.looseObject({}),
  });
}
