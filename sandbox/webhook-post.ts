import { appOf, type Shop } from './shops';
import { eventTypeOf } from './tiktok/events-topics';
import { loggedBody, loggedQuery } from './traffic';
import { type Sender, WEBHOOK_WIRES } from './webhook-wires';
import type { Notice } from './webhooks';
import type { World } from './world';

/**
 * Where a webhook goes: to the address that the shop registered for its event type, else to the one it was opened with; `null`
 * if nowhere.
 */
export function addressOf(world: World, shop: Shop, { wire, body }: Pick<Notice, 'wire' | 'body'>): string | null {
  const eventType = wire === 'tiktok' ? eventTypeOf(body) : undefined;
  const registered = eventType === undefined ? undefined : world.state.webhooks.get(shop.id, eventType);
  return registered?.address ?? WEBHOOK_WIRES[wire].urlOf(shop);
}

/** One attempt to deliver a webhook; answers whether the receiver took it. */
export async function postNotice(world: World, shopId: string, notice: Notice): Promise<boolean> {
  const shop = world.state.shops.get(shopId, shopId);
  const wire = WEBHOOK_WIRES[notice.wire];
  const url = shop === undefined ? null : addressOf(world, shop, notice);
  if (shop === undefined || url === null) return false;
  const sender = { app: appOf(world), shop };
  const headers = {
    'content-type': 'application/json',
    ...wire.signature(shop.webhookFaults.forge ? forger(sender) : sender, { url: new URL(url), body: notice.body }),
  };
  const answer = await post(world, { url, headers, body: notice.body, limitMs: wire.answerLimitMs });
  logAttempt(world, notice, { url: new URL(url), headers, answer });
  return answer !== undefined && wire.accepts(answer.status);
}

type Attempt = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly limitMs: number;
};
type Reply = { readonly status: number; readonly body: Buffer };

async function post(world: World, { url, headers, body, limitMs }: Attempt): Promise<Reply | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([world.outbox.stop.signal, AbortSignal.timeout(limitMs)]),
    });
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
  } catch {
    // Refused, cut or too late: to the platform they are all the same, an attempt that failed.
    return undefined;
  }
}

function logAttempt(
  world: World,
  notice: Notice,
  { url, headers, answer }: { url: URL; headers: Record<string, string>; answer: Reply | undefined },
): void {
  world.traffic.log?.write({
    wire: `${notice.wire}Webhook`,
    method: 'POST',
    path: url.pathname,
    query: loggedQuery(url),
    requestHeaders: headers,
    requestBody: loggedBody(Buffer.from(notice.body, 'utf8')),
    status: answer?.status ?? null,
    responseBody: answer === undefined ? null : loggedBody(answer.body),
  });
}

function forger({ app, shop }: Sender): Sender {
  const wrong = 'not-the-secret';
  return { app: { ...app, appSecret: wrong }, shop: { ...shop, easypostWebhookSecret: wrong } };
}
