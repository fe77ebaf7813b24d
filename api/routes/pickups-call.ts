import {
  ApplicationFailure,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { PickupEvidence, pickupDocumentKey, type PickupKey } from '../../contracts/carrier-pickup';
import { untilHeard } from '../../engine/send-update';
import { startingWith } from '../../engine/start-ahead';
import { pickupRefusals, pickupSummaries } from '../../words/pickup';
import { REFUSED, searchAttributes } from '../../workflows/messages';
import {
  CARRIER_PICKUP,
  carrierPickupState,
  pickupWorkflowId,
  type PickupInput,
  type PickupVerdict,
  type PickupView,
} from '../../workflows/messages-pickup';
import type { ApiDeps } from '../deps';
import { Problem } from '../problem';
import { workerProblem } from '../temporal-failures';

/** A pickup as lists show it: what was confirmed. */
export type ListedPickup = Pick<PickupKey, 'account' | 'shipFrom' | 'date'> &
  Pick<PickupView, 'status' | 'confirmation' | 'window' | 'parcels' | 'priceCents' | 'confirmedAt'>;

const iso = (at: number): string => new Date(at).toISOString();

/** What was confirmed for a day, as it is kept. */
export function listedPickup({ account, shipFrom, date }: PickupKey, text: string): ListedPickup {
  const { status, confirmation, window, parcels, priceCents, bookedAt } = PickupEvidence.parse(JSON.parse(text));
  return {
    ...{ account, shipFrom, date, status, confirmation, parcels },
    window: { from: iso(window.from), until: iso(window.until) },
    priceCents: priceCents ?? null,
    confirmedAt: iso(bookedAt),
  };
}

const NOTHING = { confirmation: null, window: null, parcels: null, priceCents: null, confirmedAt: null } as const;

/** One pickup as its workflow tells it; where Temporal has forgotten it, as it is kept; else nothing is booked. */
export async function askPickup(deps: ApiDeps, key: PickupKey): Promise<PickupView | ListedPickup> {
  try {
    return await deps.client.workflow.getHandle(pickupWorkflowId(key)).query(carrierPickupState);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw workerProblem(error);
    const text = await deps.documents.get(pickupDocumentKey(key));
    const { account, shipFrom, date } = key;
    return text === undefined ? { account, shipFrom, date, status: 'none', ...NOTHING } : listedPickup(key, text);
  }
}

/** What a person orders of a pickup; which input belongs to which update is for the route to say. */
export type PickupCommand = { about: PickupInput; updateId: string; update: { name: string }; input: object };

/** The server's own type for an update that was under way when its workflow ended. */
const ENDED_MEANWHILE = 'AcceptedUpdateCompletedWorkflow';

/** Orders something of a pickup, which begins with the first order, and waits for its verdict. */
export async function orderOfPickup(deps: ApiDeps, command: PickupCommand): Promise<PickupVerdict> {
  const { about, update, updateId, input } = command;
  const over = (): Problem => new Problem('refused', pickupRefusals.over(about.date));
  try {
    await begin(deps, about);
    const handle = deps.client.workflow.getHandle(pickupWorkflowId(about));
    const send = () => handle.executeUpdate<PickupVerdict, [object]>(update.name, { args: [input], updateId });
    return await untilHeard(send);
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError) throw over();
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    if (!(cause instanceof ApplicationFailure)) throw workerProblem(error);
    if (cause.type === REFUSED) throw new Problem('refused', cause.message);
    throw cause.type === ENDED_MEANWHILE ? over() : workerProblem(error);
  }
}

/** That of a played shop lives in its own time. */
async function begin({ client, taskQueue, startFields }: ApiDeps, about: PickupInput): Promise<void> {
  const { shopId } = about;
  await startingWith(client, await startFields?.(shopId)).start(CARRIER_PICKUP, {
    workflowId: pickupWorkflowId(about),
    taskQueue,
    args: [about],
    // What came to its end stays closed; what somebody terminated is taken up again.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shopId }]),
    staticSummary: pickupSummaries.pickup(about),
  });
}
