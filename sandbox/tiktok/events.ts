import { Router } from 'express';
import type { Answer } from '../answer';
import { toSeconds } from '../clock';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import { isEventType } from './events-topics';
import { gated, type TikTokCall } from './gate';

const LONGEST_ADDRESS = 255;

/** Get, Update and Delete Shop Webhook, version 202309: one address for each event type of a shop. */
export function eventRoutes(world: World): Router {
  const router = Router();
  const path = '/event/202309/webhooks';
  router.get(path, gated(world, listWebhooks, 'tiktok.webhooks'));
  router.put(path, gated(world, registerWebhook, 'tiktok.webhooks'));
  router.delete(path, gated(world, removeWebhook, 'tiktok.webhooks'));
  return router;
}

function listWebhooks(world: World, { shopId }: TikTokCall): Answer {
  const webhooks = world.state.webhooks.of(shopId).map(({ eventType, address, createdAt, updatedAt }) => ({
    event_type: eventType,
    address,
    create_time: toSeconds(createdAt),
    update_time: toSeconds(updatedAt),
  }));
  return success({ webhooks, total_count: webhooks.length });
}

/** The real one also wants a public HTTPS domain; here the receiver is on the same machine. */
function registerWebhook(world: World, { shopId, body }: TikTokCall): Answer {
  const eventType = textOf(body, 'event_type');
  const address = textOf(body, 'address');
  if (address === undefined) return failure(missing('address'));
  if (eventType === undefined) return failure(missing('event_type'));
  if (address.length > LONGEST_ADDRESS || !URL.canParse(address)) return failure(invalid('address'));
  if (!isEventType(eventType)) return failure(invalid('event_type'));
  const now = Date.now();
  const createdAt = world.state.webhooks.get(shopId, eventType)?.createdAt ?? now;
  world.state.webhooks.put(shopId, eventType, { eventType, address, createdAt, updatedAt: now });
  return success({});
}

function removeWebhook(world: World, { shopId, body }: TikTokCall): Answer {
  const eventType = textOf(body, 'event_type');
  if (eventType === undefined) return failure(missing('event_type'));
  if (!isEventType(eventType)) return failure(invalid('event_type'));
  world.state.webhooks.remove(shopId, eventType);
  return success({});
}

function textOf(body: unknown, field: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const missing = (field: string): Refusal => ({ code: 36009004, message: `param body.${field} is missing` });
const invalid = (field: string): Refusal => ({ code: 36009004, message: `param body.${field} is invalid` });
