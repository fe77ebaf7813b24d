import {
  ApplicationFailure,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type WorkflowHandle,
} from '@temporalio/client';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';
import type { PersonsVerb } from '../../domain/order/event';
import type { LabelChoice, Verdict } from '../../domain/order/state';
import { untilHeard } from '../../engine/send-update';
import { details } from '../../words/api';
import { handoverRefusals } from '../../words/plan';
import { orderWorkflowId, personsUpdates, REFUSED, type PersonsOrderInput } from '../../workflows/messages';
import { bodyHashOf, callerOf, requestIdOf } from '../caller';
import type { ApiDeps } from '../deps';
import { atDoor, orderIdOfPath, readBody, shopOfPath } from '../door';
import { shopNow } from '../form-clock';
import { Problem } from '../problem';
import { workerProblem } from '../temporal-failures';
import type { OneOrder, OrderCommands } from './bulk-orders';

/** What people may order, by the last part of the path. */
export const VERBS = {
  approve: 'approveOrder',
  packed: 'markPacked',
  'undo-packed': 'undoPacked',
  'handed-over': 'markHandedOver',
  reschedule: 'rescheduleHandover',
  split: 'splitOrder',
  'choose-label': 'chooseLabel',
  hold: 'holdOrder',
  release: 'releaseOrder',
  cancel: 'cancelOrder',
  'approve-cancel': 'approveCancel',
  'reject-cancel': 'rejectCancel',
} as const satisfies Record<string, PersonsVerb>;

const ANSWER_WITHIN_MS = 5_000;

/** The server's own type for an update that was under way when its workflow ended. */
const ENDED_MEANWHILE = 'AcceptedUpdateCompletedWorkflow';

/** How a parcel is given to the carrier, and when: as it was, or as it is planned. */
const Handover = z.strictObject({
  method: z.enum(['pickup', 'dropOff']).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
});

/** A plan that says nothing, or of another year, is a mistake. */
const Plan = Handover.refine(({ method, at }) => method !== undefined || at !== undefined, details.emptyPlan).refine(
  ({ at }) => at === undefined || Date.parse(at) < Date.now() + MOST_AHEAD_MS,
  details.farPlan,
);
/** An order has so many items at most. */
const MOST_ITEMS = 500;
const MOST_AHEAD_MS = 366 * 24 * 3_600_000;

/** Which of an order's parcels; all of them if left out. */
const Parcel = z.strictObject({ package: z.string().min(1).max(64).optional() });

/** The items of each parcel, each item once. */
const Split = z.strictObject({
  parcels: z.array(z.array(PlatformId).min(1).max(MOST_ITEMS)).min(2).max(MOST_ITEMS),
});

/** It stands in history, in logs and on pages: no control characters. */
const named = z.string().regex(/^[\x20-\x7e]{1,64}$/);

/** What is to be bought; all of it left out: what the shop's rule chooses. */
const Choice = Parcel.extend({
  account: named.optional(),
  carrier: named.optional(),
  service: named.optional(),
  method: z.enum(['pickup', 'dropOff']).optional(),
}).transform(({ package: parcel, method, ...choice }) => {
  const named = Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined));
  // A way to hand it over alone leaves the label as it was chosen.
  const isMethodOnly = method !== undefined && Object.keys(named).length === 0;
  return { package: parcel, method, ...(isMethodOnly ? {} : { choice: named }) };
});

const Nothing = z.strictObject({});

const BODY: Record<PersonsVerb, z.ZodType<Body>> = {
  approveOrder: Nothing,
  markPacked: Parcel,
  undoPacked: Parcel,
  markHandedOver: Handover.extend(Parcel.shape),
  rescheduleHandover: Plan,
  splitOrder: Split,
  chooseLabel: Choice,
  holdOrder: Nothing,
  releaseOrder: Nothing,
  cancelOrder: Nothing,
  approveCancel: Nothing,
  rejectCancel: Nothing,
};

type Body = {
  method?: 'pickup' | 'dropOff' | undefined;
  at?: string | undefined;
  package?: string | undefined;
  parcels?: string[][] | undefined;
  choice?: LabelChoice | undefined;
};

/** What the body adds to an order; most verbs have none. */
function saidIn({ at, ...more }: Body): Partial<PersonsOrderInput> {
  const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  return { ...said, ...(at === undefined ? {} : { handoverAt: Date.parse(at) }) };
}

type Command = { orderId: string; verb: PersonsVerb; updateId: string; input: PersonsOrderInput };

/**
 * `POST /v1/orders/:shopId/:orderId/<verb>`: orders something of an order and waits for the verdict. A repeat under one key
 * has one effect and hears the first answer, also when that answer never reached its caller.
 */
export function commandOrder(deps: ApiDeps, path: keyof typeof VERBS): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const orderId = orderIdOfPath(req);
    const caller = callerOf(req);
    const said = saidIn(readBody(req, BODY[VERBS[path]]));
    const { phase, at } = await orderOne(deps, { shopId, orderId, caller, bodyHash: bodyHashOf(req) }, { path, said });
    res.json({ accepted: true, phase, at: new Date(at).toISOString() });
  };
}

/** The same for many orders at once, each with its own answer. */
export const orderCommands: OrderCommands = {
  names: Object.keys(VERBS),
  prepare: (name, fields) => {
    const path = name as keyof typeof VERBS;
    const said = atDoor(() => saidIn(BODY[VERBS[path]].parse(fields)));
    return (deps, one) => orderOne(deps, one, { path, said });
  },
};

type Said = { path: keyof typeof VERBS; said: Partial<PersonsOrderInput> };

async function orderOne(deps: ApiDeps, one: OneOrder, { path, said }: Said): Promise<Verdict> {
  const { shopId, orderId, caller, bodyHash } = one;
  const input = { ...caller, ...said, bodyHash };
  const command = { orderId, verb: VERBS[path], updateId: requestIdOf(caller, shopId, `${orderId}/${path}`), input };
  const handle = deps.client.workflow.getHandle(orderWorkflowId(shopId, orderId));
  const deadline = Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);
  const verdict = await deps.client.withDeadline(deadline, async () => {
    if (await isPlannedForThePast(deps, shopId, command)) await mustBeRepeat(handle, command);
    return follow(handle, command);
  });
  if (verdict.bodyHash !== bodyHash) throw new Problem('key-reused', details.keyReused);
  if (!verdict.accepted) throw new Problem('refused', verdict.reason ?? '');
  return verdict;
}

/** Clocks differ, and a request may lie in a queue. */
const BEHIND_MS = 15 * 60_000;

/** Whether it plans a handover for what is over, by the shop's own clock. What was handed over is told of the past, and rightly. */
async function isPlannedForThePast(deps: ApiDeps, shopId: string, { verb, input }: Command): Promise<boolean> {
  const { handoverAt } = input;
  if (verb !== 'rescheduleHandover' || handoverAt === undefined) return false;
  const shop = await deps.findShop(shopId);
  return shop !== undefined && handoverAt < (await shopNow(deps, shop)) - BEHIND_MS;
}

/**
 * A repeat hears the first answer, also where the instant that was planned is over meanwhile.
 * @throws Problem `refused` for what was not ordered before.
 */
async function mustBeRepeat(
  handle: WorkflowHandle,
  { updateId, input: { key, handoverAt = 0 } }: Command,
): Promise<void> {
  if (key !== undefined && (await isAnswered(handle, updateId))) return;
  throw new Problem('refused', handoverRefusals.over(new Date(handoverAt).toISOString()));
}

async function isAnswered(handle: WorkflowHandle, updateId: string): Promise<boolean> {
  try {
    await handle.getUpdateHandle(updateId).result();
    return true;
  } catch (error) {
    return error instanceof WorkflowUpdateFailedError;
  }
}

async function follow(handle: WorkflowHandle, command: Command): Promise<Verdict> {
  const { updateId, input, verb } = command;
  try {
    return await untilHeard(() => handle.executeUpdate(personsUpdates[verb], { args: [input], updateId }));
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error, command);
    if (error instanceof WorkflowNotFoundError) throw await absenceOf(handle, command);
    throw workerProblem(error);
  }
}

function refusalOf(error: WorkflowUpdateFailedError, { orderId }: Command): unknown {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure)) return error;
  if (cause.type === REFUSED) return new Problem('refused', cause.message);
  return cause.type === ENDED_MEANWHILE
    ? new Problem('order-ended', details.orderEnded(orderId))
    : workerProblem(error);
}

/** Temporal says "not found" of an order that is over, too. */
async function absenceOf(handle: WorkflowHandle, { orderId }: Command): Promise<unknown> {
  try {
    await handle.describe();
    return new Problem('order-ended', details.orderEnded(orderId));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) return error;
    return new Problem('unknown-order', details.unknownOrder(orderId));
  }
}
