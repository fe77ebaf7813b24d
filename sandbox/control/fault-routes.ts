import { Router } from 'express';
import { z } from 'zod';
import { json } from '../answer';
import { finishForms } from '../easypost/forms';
import { showNumbers } from '../easypost/late-numbers';
import { addFault, FAULT_KINDS, FAULT_ROUTES, type FaultKind, removeFaults } from '../faults';
import { parse, Problem } from '../problem';
import { NO_WEBHOOK_FAULTS } from '../shops';
import { notifyTopic } from '../tiktok/events-notify';
import { releaseHeld, resend, setWebhookFaults } from '../webhooks';
import type { World } from '../world';
import { control, ok, shopOf } from './requests';

const FaultOrder = z.object({
  route: z.enum(FAULT_ROUTES),
  kind: z.enum(FAULT_KINDS),
  times: z.int().positive().optional(),
  until: z.int().optional(),
  retryAfterSeconds: z.int().nonnegative().optional(),
  delayMs: z.int().nonnegative().optional(),
  code: z.int().positive().optional(),
});

const WebhookFaultOrder = z.object({
  copies: z.int().positive().optional(),
  reorder: z.boolean().optional(),
  drop: z.int().nonnegative().optional(),
  forge: z.boolean().optional(),
  delayMs: z.int().nonnegative().optional(),
  dropShare: z.number().min(0).max(1).optional(),
});

const TopicOrder = z.object({
  type: z.int(),
  data: z.record(z.string(), z.unknown()),
  notificationId: z.string().min(1).optional(),
});

const ResendOrder = z.object({ order: z.string() });

/** The kinds that not every call knows, with the routes, or the beginnings of routes, that do. */
const ONLY_ON: Partial<Record<FaultKind, readonly string[]>> = {
  insufficientFunds: ['easypost.', 'shipsaving.', 'ups.', 'usps.'],
  internalCode: ['tiktok.'],
  code: ['tiktok.'],
  staleRead: ['tiktok.getOrder'],
  notFound: ['tiktok.getOrder', 'easypost.getShipment'],
  notFoundCode: ['easypost.getShipment', 'shipsaving.get', 'ups.recovery', 'ups.track', 'usps.tracking'],
  numberLater: ['easypost.buy'],
  refundRejected: ['easypost.refund'],
  noRates: ['easypost.createShipment'],
  ratesUnavailable: ['easypost.createShipment'],
  cancelPending: ['tiktok.cancel'],
  warning: ['tiktok.markShipped'],
  formPending: ['easypost.createForm'],
};

/** Laying faults on calls. */
export function faultRoutes(world: World): Router {
  const router = Router();
  router.post(
    '/shops/:shop/faults',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      const wish = parse(FaultOrder, call.body);
      if (ONLY_ON[wish.kind]?.some((beginning) => wish.route.startsWith(beginning)) === false)
        throw new Problem(422, `${wish.route} has no ${wish.kind}`);
      if ((wish.kind === 'code') !== (wish.code !== undefined))
        throw new Problem(422, 'Kind code, and no other, has a code');
      return json(201, { id: addFault(world, shopId, wish).id });
    }),
  );
  router.get(
    '/shops/:shop/faults',
    control((call) => ok({ data: world.state.faults.of(shopOf(world, call).id) })),
  );
  router.delete(
    '/shops/:shop/faults{/:faultId}',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      // Before the faults are gone: a kill between the two must not hide a number or hold a form back for ever.
      showNumbers(world, shopId, call.params['faultId']);
      finishForms(world, shopId, call.params['faultId']);
      const removed = removeFaults(world, shopId, call.params['faultId']);
      if (call.params['faultId'] !== undefined && removed === 0) throw new Problem(404, 'No such fault');
      return ok({ removed });
    }),
  );
  return router;
}

/** Making webhooks late, double, forged or lost, and sending them again. */
export function webhookRoutes(world: World): Router {
  const router = Router();
  router.post(
    '/shops/:shop/webhook-faults',
    control((call) => {
      const shop = shopOf(world, call);
      const asked = Object.entries(parse(WebhookFaultOrder, call.body)).filter(([, value]) => value !== undefined);
      // A share begins to count anew, so that the same webhooks of a test are lost every time.
      const faults = { ...shop.webhookFaults, ...Object.fromEntries(asked), counted: 0 };
      setWebhookFaults(world, shop.id, faults);
      return ok(faults);
    }),
  );
  router.delete(
    '/shops/:shop/webhook-faults',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      setWebhookFaults(world, shopId, NO_WEBHOOK_FAULTS);
      return ok({ released: releaseHeld(world, shopId, 'asWritten') });
    }),
  );
  router.post(
    '/shops/:shop/webhooks/send',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      return ok({ notificationId: notifyTopic(world, shopId, parse(TopicOrder, call.body)) });
    }),
  );
  router.post(
    '/shops/:shop/webhooks/flush',
    control((call) => ok({ released: releaseHeld(world, shopOf(world, call).id, 'reversed') })),
  );
  router.post(
    '/shops/:shop/webhooks/resend',
    control((call) => ok({ resent: resend(world, shopOf(world, call).id, parse(ResendOrder, call.body).order) })),
  );
  return router;
}
