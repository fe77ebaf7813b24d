import type { Response } from 'express';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, send } from './answer';
import { type Fault, type FaultRoute, strike } from './faults';
import type { World } from './world';

/** One admitted call on a wire. */
export type GatedCall = {
  readonly shopId: string;
  /** Absent where no fault can be laid. */
  readonly route: FaultRoute | undefined;
  readonly res: Response;
  /** How this wire words a fault that is answered without doing the work. */
  readonly wording: (fault: Fault) => Answer;
};

const SLOW_MS = 5_000;

const BAD_GATEWAY: Answer = {
  status: 502,
  contentType: 'text/html',
  body: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n',
};

/** Does the work and answers it, or does what the fault in force has it do instead. */
export async function answerThroughFaults(world: World, call: GatedCall, work: () => Answer): Promise<void> {
  const fault = call.route === undefined ? undefined : strike(world, call.shopId, call.route);
  const wholeWork = (): Answer => world.state.atOnce(work);
  if (fault === undefined) send(call.res, wholeWork());
  else await misbehave(fault, call, wholeWork);
}

async function misbehave(fault: Fault, call: GatedCall, work: () => Answer): Promise<void> {
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
    case 'html502':
      send(call.res, BAD_GATEWAY);
      return;
    default:
      send(call.res, call.wording(fault));
  }
}
