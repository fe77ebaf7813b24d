import { prefixedId } from '../ids';
import { notify } from '../webhooks';
import type { World } from '../world';
import { instant, wireJson } from './wire';

/** What EasyPost has to tell. */
export type EventDraft = {
  readonly description: 'tracker.updated' | 'scan_form.created' | 'scan_form.updated';
  /** What the thing was before, by name. */
  readonly before: Readonly<Record<string, unknown>>;
  /** The whole thing as it is now. */
  readonly result: unknown;
  readonly at: number;
  readonly orderId: string | null;
};

/** Sends a webhook of EasyPost's: an event with the thing that it is about. */
export function sendEvent(
  world: World,
  shopId: string,
  { description, before, result, at, orderId }: EventDraft,
): void {
  const event = {
    id: prefixedId('evt'),
    object: 'Event',
    description,
    mode: 'test',
    previous_attributes: before,
    created_at: instant(at),
    updated_at: instant(at),
    pending_urls: [world.state.shops.get(shopId, shopId)?.easypostWebhookUrl],
    completed_urls: [],
    user_id: `user_${shopId}`,
    status: 'pending',
    result,
  };
  notify(world, shopId, { wire: 'easypost', orderId, body: wireJson(event) });
}
