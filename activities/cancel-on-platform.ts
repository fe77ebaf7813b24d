import type { Answer } from '../domain/order/event';
import type { PlatformStatus } from '../domain/order/facts';
import { activityWords } from '../words/activities';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { readOrder, writableShop, type About } from './shop-of';

const CANCELLABLE: readonly PlatformStatus[] = ['unpaid', 'onHold', 'awaitingShipment', 'awaitingCollection'];

/** Orders the platform to cancel. Only its own word, which follows as a notice or a reading, ends the order here. */
export async function cancelOnPlatform(ports: Ports, input: About): Promise<Answer> {
  return sorted(async () => {
    const { platform, assertWriting } = await writableShop(ports, input);
    const { facts } = await readOrder(platform, input);
    if (facts.status === 'cancelled') return { kind: 'cancelled' };
    if (!CANCELLABLE.includes(facts.status)) return { kind: 'refused', reason: activityWords.tooFarToCancel };
    await assertWriting();
    await platform.cancelOrder(input.orderId);
    return { kind: 'cancelled' };
  });
}
