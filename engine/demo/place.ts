import { z } from 'zod';
import { engineWords } from '../../words/engine';
import { ask, order, untilSeen } from './doors';
import type { DemoDoors } from './doors';
import type { Draft } from './draft';
import { demoOrders } from './orders';

/** Visibility is a second or two behind. What is not listed by then is not coming. */
const listedLimitMs = 30_000;

/** More than the demo has; the list's own limit. */
const pageSize = 100;

/**
 * Places orders at the platform, whose signed webhooks bring them here like any other. One that is there already stays as it is.
 *
 * @param at the instant from which their ages count, epoch ms
 * @returns why the first of those that could not be placed was not; undefined where all were.
 */
export async function placeAll(doors: DemoDoors, ids: readonly string[], at: number): Promise<string | undefined> {
  let problem: string | undefined;
  for (const { id, draft } of demoOrders.filter((one) => ids.includes(one.id))) {
    try {
      await place(doors, draft(at));
    } catch (error) {
      if (doors.signal.aborted) throw error;
      problem ??= engineWords.demoNotPlaced(id, error instanceof Error ? error.message : String(error));
    }
  }
  return problem;
}

const created = 201;

async function place(doors: DemoDoors, draft: Draft): Promise<void> {
  const url = `${shopOf(doors)}/orders/${draft.id}`;
  const headers = { 'x-request-id': `demo-${draft.id}` };
  const status = await order(doors, { method: 'PUT', url, body: draft, headers });
  if (status !== created) await resend(doors, [draft.id]);
}

const shopOf = ({ sandboxUrl, shopId }: DemoDoors): string => `${sandboxUrl}/control/shops/${shopId}`;

/**
 * Has the webhooks of orders sent again, after a start that was cut off: the sandbox is there before the API and would try those
 * that met nobody again only minutes later. What was heard already changes nothing.
 */
export async function resend(doors: DemoDoors, ids: readonly string[]): Promise<void> {
  const url = `${shopOf(doors)}/webhooks/resend`;
  for (const id of ids) await order(doors, { method: 'POST', url, body: { order: id } });
}

/** Waits until all of these orders are listed, and answers those that are: all, unless it takes far too long. */
export async function untilListed(doors: DemoDoors, ids: readonly string[]): Promise<string[]> {
  const listed = async (): Promise<string[]> => {
    const found = await listedOf(doors);
    return ids.filter((id) => found.includes(id));
  };
  const all = async (): Promise<string[] | undefined> => {
    const found = await listed();
    return found.length === ids.length ? found : undefined;
  };
  try {
    return await untilSeen(doors, { what: engineWords.demoList(), limitMs: listedLimitMs, look: all });
  } catch (error) {
    if (doors.signal.aborted) throw error;
    return listed();
  }
}

const List = z.object({ data: z.array(z.object({ orderId: z.string() })) });

async function listedOf(doors: DemoDoors): Promise<string[]> {
  const url = `${doors.apiUrl}/v1/orders?shop=${doors.shopId}&limit=${pageSize}`;
  const { status, body } = await ask(doors, { method: 'GET', url });
  return status === 200 ? List.parse(body).data.map(({ orderId }) => orderId) : [];
}
