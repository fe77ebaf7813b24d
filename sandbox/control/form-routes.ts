import { Router } from 'express';
import { z } from 'zod';
import { type Answer, json } from '../answer';
import { changeFormRules } from '../form-rules';
import { LAID_PROVIDERS, layLabel } from '../laid-labels';
import { parse, Problem } from '../problem';
import { makeManifest, shownManifest } from '../tiktok/seller-manifests';
import type { World } from '../world';
import { control, type ControlCall, ok, shopOf } from './requests';

/** What is left out stays as it is; `most: null` lifts the limit. */
const RulesOrder = z.object({
  most: z.int().positive().nullish(),
  namesMembers: z.boolean().optional(),
  badParcels: z.array(z.string()).optional(),
});

const Origin = z.object({
  street1: z.string().min(1),
  city: z.string().min(1),
  state: z.string().length(2),
  zip: z.string().regex(/^\d{5}$/),
});

const LabelsOrder = z.object({
  count: z.int().min(1).max(50_000),
  provider: z.enum(LAID_PROVIDERS),
  from: Origin.default({ street1: '1 Main St', city: 'Reno', state: 'NV', zip: '89501' }),
  mailingDate: z.iso.date().optional(),
});

const ManifestOrder = z.object({ trackingNumbers: z.array(z.string()).min(1) });

/** What carriers have against forms, labels by the thousand, and what a person does in Seller Center. */
export function formControlRoutes(world: World): Router {
  const router = Router();
  router.put(
    '/shops/:shop/form-rules',
    control((call) => {
      const asked = Object.entries(parse(RulesOrder, call.body)).filter(([, value]) => value !== undefined);
      return ok(changeFormRules(world, shopOf(world, call).id, Object.fromEntries(asked)));
    }),
  );
  router.post(
    '/shops/:shop/labels',
    control((call) => layLabels(world, call)),
  );
  router.post(
    '/shops/:shop/seller-center/manifests',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      const { trackingNumbers } = parse(ManifestOrder, call.body);
      const made = world.state.atOnce(() => makeManifest(world, shopId, trackingNumbers));
      if (typeof made === 'string') throw new Problem(409, made);
      return json(201, shownManifest(world, shopId, made));
    }),
  );
  router.get(
    '/shops/:shop/seller-center/manifests',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      return ok({ data: world.state.sellerManifests.of(shopId).map((made) => shownManifest(world, shopId, made)) });
    }),
  );
  return router;
}

function layLabels(world: World, call: ControlCall): Answer {
  const { id: shopId } = shopOf(world, call);
  const { count, ...wish } = parse(LabelsOrder, call.body);
  const laid = world.state.atOnce(() =>
    Array.from({ length: count }, () => layLabel(world, shopId, wish)).filter((one) => one !== undefined),
  );
  if (laid.length < count) throw new Problem(409, `Only ${laid.length} labels could be paid for on that day`);
  return json(201, laid);
}
