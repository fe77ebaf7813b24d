import { randomUUID } from 'node:crypto';
import { TimeoutFailure, WorkflowFailedError } from '@temporalio/client';
import { z } from 'zod';
import { details } from '../words/api';
import { ORDER_LOOKUP, type LookupInput } from '../workflows/messages';
import type { ApiDeps } from './deps';
import type { OrderRef } from './orders';
import { Problem } from './problem';

const PLACE_WITHIN_MS = 3_000;

const platformSilent = (cause?: unknown): Problem =>
  new Problem('platform-unavailable', details.platformSilent, { cause });

/** An order as its caller wrote it. The platform gets these bytes; nothing else of ours keeps or logs them. */
export type Placing = { requestId: string; bytes: Buffer };

/**
 * Places an order in a sandbox shop. That the sandbox has it already is no failure here: whether anybody works on it is for
 * Temporal to say, so that a request that was cut off half-way can be sent again.
 * @returns Whether it is there by this request.
 */
export async function placeInSandbox({ sandboxUrl }: ApiDeps, ref: OrderRef, placing: Placing): Promise<boolean> {
  const path = `control/shops/${ref.shopId}/orders/${ref.orderId}?silent=true`;
  const answer = await fetch(new URL(path, `${sandboxUrl.replace(/\/+$/, '')}/`), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Request-Id': placing.requestId },
    body: new Uint8Array(placing.bytes),
    signal: AbortSignal.timeout(PLACE_WITHIN_MS),
  }).catch((error: unknown) => {
    throw platformSilent(error);
  });
  if (answer.ok || answer.status === 409) {
    await answer.body?.cancel();
    return answer.ok;
  }
  if (answer.status >= 500) throw platformSilent();
  throw new Problem('order-refused', await reasonOf(answer));
}

const Refusal = z.looseObject({ detail: z.string().min(1).max(2_000) });

async function reasonOf(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => undefined);
  return Refusal.safeParse(body).data?.detail ?? details.platformRefused;
}

/** Asks a live platform whether it knows an order. A worker asks: only workers hold the keys to platforms. */
export async function isKnownToPlatform({ client, taskQueue }: ApiDeps, ref: OrderRef): Promise<boolean> {
  const input: LookupInput = { shopId: ref.shopId, orderId: ref.orderId };
  try {
    return await client.workflow.execute<(input: LookupInput) => Promise<boolean>>(ORDER_LOOKUP, {
      taskQueue,
      workflowId: `lookup:${ref.shopId}:${ref.orderId}:${randomUUID()}`,
      args: [input],
      workflowExecutionTimeout: '4 s',
    });
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    throw error.cause instanceof TimeoutFailure
      ? new Problem('worker-unavailable', details.workerSilent, { cause: error })
      : platformSilent(error);
  }
}
