import { Router } from 'express';
import { z } from 'zod';
import { type Answer, json } from '../answer';
import { APPEAL_OUTCOMES, decideCase, shownCase } from '../appeals/cases';
import { nowOf } from '../clock';
import { parse, Problem } from '../problem';
import { plan } from '../schedule';
import type { World } from '../world';
import { control, type ControlCall, ok, shopOf } from './requests';

const Count = z.int().nonnegative().optional();

const DecisionOrder = z.object({
  outcome: z.enum(APPEAL_OUTCOMES),
  at: z.int().optional(),
  recovered: z.strictObject({ cents: Count, points: Count, orders: Count }).optional(),
});

/** What the platform decides of appeals, and what was filed with them. */
export function appealControlRoutes(world: World): Router {
  const router = Router();
  router.get(
    '/shops/:shop/appeals',
    control((call) => {
      const cases = world.state.appeals.of(shopOf(world, call).id);
      const data = cases.map((one) => {
        const { statement, evidence, packBytes } = one;
        return { ...shownCase(one), statement, evidence, pack_bytes: packBytes ?? null };
      });
      return ok({ data });
    }),
  );
  router.post(
    '/shops/:shop/appeals/:caseNumber/decide',
    control((call) => decide(world, call)),
  );
  return router;
}

function decide(world: World, call: ControlCall): Answer {
  const { id: shopId } = shopOf(world, call);
  const caseNumber = call.params['caseNumber'] ?? '';
  const found = world.state.appeals.get(shopId, caseNumber);
  if (found === undefined) throw new Problem(404, 'No such case');
  if (found.status !== 'pending') throw new Problem(409, `The case is ${found.status} already`);
  const now = nowOf(world, shopId);
  const { outcome, at = now, recovered } = parse(DecisionOrder, call.body);
  if (at > now) {
    plan(world, shopId, {
      id: `decision:${caseNumber}`,
      at,
      what: { kind: 'appealDecided', caseNumber, outcome, recovered },
    });
    return json(202, { planned: at });
  }
  decideCase(world, shopId, { caseNumber, outcome, at, recovered });
  return ok({ status: outcome });
}
