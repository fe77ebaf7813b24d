import type { Answer } from '../domain/order/event';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { writableShop, type About } from './shop-of';

type Input = About & { requestId: string; decision: 'approve' | 'reject' };

/**
 * Answers the buyer's request to cancel. The platform keeps the answer under our key, so that asking it twice is one answer; a
 * request that is gone was answered by somebody else.
 */
export async function answerCancel(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    const { platform, assertWriting } = await writableShop(ports, input);
    const open = await platform.readAfterSale(input.orderId);
    if (open?.kind !== 'cancel' || open.id !== input.requestId) return { kind: 'answered' };
    const { requestId, decision } = input;
    await assertWriting();
    await platform.answerCancel({ requestId, decision, key: `shipclock:${input.orderId}:${requestId}:${decision}` });
    return { kind: 'answered' };
  });
}
