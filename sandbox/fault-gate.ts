import type { Response } from 'express';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, gatewayPage, send } from './answer';
import { EVERY_TIKTOK_CALL, type Fault, type FaultRoute, strike } from './faults';
import { wireOf } from './traffic';
import type { World } from './world';

/** One admitted call on a wire. */
export type GatedCall = {
  readonly shopId: string;
  /** Absent where no fault can be laid on the call alone. */
  readonly route: FaultRoute | undefined;
  readonly res: Response;
  /** What this wire answers under a fault, and whatever part of the work that fault leaves standing. */
  readonly instead: (fault: Fault) => Answer;
};

const SLOW_MS = 5_000;

/** Does the work and answers it, or does what the fault in force has it do instead. */
export async function answerThroughFaults(world: World, call: GatedCall, work: () => Answer): Promise<void> {
  const route = call.route ?? (wireOf(call.res.req.originalUrl) === 'tiktok' ? EVERY_TIKTOK_CALL : undefined);
  const fault = route === undefined ? undefined : strike(world, call.shopId, route);
  const wholeWork = (): Answer => world.state.atOnce(work);
  if (fault === undefined) send(call.res, wholeWork());
  else await misbehave(world, { fault, call, work: wholeWork });
}

type Struck = { readonly fault: Fault; readonly call: GatedCall; readonly work: () => Answer };

async function misbehave(world: World, { fault, call, work }: Struck): Promise<void> {
  switch (fault.kind) {
    case 'slow':
      await wait(fault.delayMs ?? SLOW_MS, undefined, { ref: false });
      // The caller may have left long ago; what it ordered is done all the same.
      send(call.res, work());
      return;
    case 'hang':
      return;
    case 'commitThenHang':
      work();
      return;
    case 'commitThenCut':
      work();
      call.res.destroy();
      return;
    case 'commitThen502':
      work();
      send(call.res, gatewayPage(502, 'Bad Gateway'));
      return;
    case 'html502':
      send(call.res, gatewayPage(502, 'Bad Gateway'));
      return;
    default:
      send(
        call.res,
        world.state.atOnce(() => call.instead(fault)),
      );
  }
}
