import { createHmac, randomInt } from 'node:crypto';
import type { Floor } from './floor';
import type { Stage } from '../../stories/stage';

/** One webhook as the platform sends it: signed bytes that may come any number of times. */
export type Delivery = { orderId: string; body: string; signature: string };

/** What TikTok Shop would sign with, for one shop. */
export type Signer = (orderId: string, notice: { status: string; at: number }) => Delivery;

/** Signs as the platform does: HMAC-SHA256 of the app's key and the body, under its secret (Partner Center, webhooks overview). */
export async function signerOf(stage: Stage, { sandboxUrl }: Floor): Promise<Signer> {
  const answer = await fetch(`${sandboxUrl}/control/shops/${stage.shopId}`);
  const { appKey, appSecret } = (await answer.json()) as { appKey: string; appSecret: string };
  return (orderId, { status, at }) => {
    const seconds = Math.floor(at / 1_000);
    const body = JSON.stringify({
      type: 1,
      tts_notification_id: `${Date.now()}${String(randomInt(1_000_000)).padStart(6, '0')}`,
      shop_id: stage.shopId,
      timestamp: seconds,
      data: {
        is_on_hold_order: status === 'ON_HOLD',
        order_id: orderId,
        order_status: status,
        update_time: seconds,
      },
    });
    return { orderId, body, signature: createHmac('sha256', appSecret).update(`${appKey}${body}`).digest('hex') };
  };
}

/** How long one answer took, and what it was. */
export type Answered = { status: number; ms: number };

/** Posts one webhook; a connection that breaks is an answer of 0. */
export async function post(url: string, { body, signature }: Delivery): Promise<Answered> {
  const begunAt = performance.now();
  const status = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: signature },
    body,
    signal: AbortSignal.timeout(10_000),
  }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
  return { status, ms: performance.now() - begunAt };
}

/** Sends all of them from several senders at once, each the next that is left. */
export async function sendAll(url: string, deliveries: readonly Delivery[], senders: number): Promise<Answered[]> {
  const answers: Answered[] = [];
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let one = deliveries[next++]; one !== undefined; one = deliveries[next++]) answers.push(await post(url, one));
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return answers;
}
