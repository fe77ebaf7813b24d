import { appOf } from './shops';
import { WEBHOOK_WIRES, type Sender } from './webhook-wires';
import type { Notice } from './webhooks';
import type { World } from './world';

/** One attempt to deliver a webhook; answers whether the receiver took it. */
export async function postNotice(world: World, shopId: string, notice: Notice): Promise<boolean> {
  const shop = world.state.shops.get(shopId, shopId);
  const wire = WEBHOOK_WIRES[notice.wire];
  const url = shop === undefined ? null : wire.urlOf(shop);
  if (shop === undefined || url === null) return false;
  const sender = { app: appOf(world), shop };
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...wire.signature(shop.webhookFaults.forge ? forger(sender) : sender, notice.body),
      },
      body: notice.body,
      redirect: 'manual',
      signal: AbortSignal.any([world.outbox.stop.signal, AbortSignal.timeout(wire.answerLimitMs)]),
    });
    await answer.arrayBuffer();
    return wire.accepts(answer.status);
  } catch {
    // Refused, cut or too late: to the platform they are all the same, an attempt that failed.
    return false;
  }
}

function forger({ app, shop }: Sender): Sender {
  const wrong = 'not-the-secret';
  return { app: { ...app, appSecret: wrong }, shop: { ...shop, easypostWebhookSecret: wrong } };
}
