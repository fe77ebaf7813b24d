import { WorkflowClient } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { startFieldsForOffset } from './virtual-clock';

/** Raw fields of Temporal's start requests that the SDK has no option for. */
type StartFields = Record<string, unknown>;

/** Clocks are read one after the other; only what is further apart than this is apart. */
const sameMs = 1_000;

/** What a workflow is started with whose shop's time is ahead of the real one; undefined where it is not. */
export function startFieldsAt(at: number): StartFields | undefined {
  const aheadMs = at - Date.now();
  return aheadMs > sameMs ? startFieldsForOffset(aheadMs) : undefined;
}

/**
 * A client that adds raw fields to the start requests on their way out, so that all else stays the SDK's own.
 */
export function startingWith({ workflow, connection }: Client, fields: StartFields | undefined): WorkflowClient {
  if (fields === undefined) return workflow;
  const service = connection.workflowService;
  const workflowService = Object.assign(Object.create(service) as typeof service, {
    startWorkflowExecution: (request: object) => service.startWorkflowExecution({ ...request, ...fields }),
    signalWithStartWorkflowExecution: (request: object) =>
      service.signalWithStartWorkflowExecution({ ...request, ...fields }),
  });
  const widened = Object.create(connection, { workflowService: { value: workflowService } }) as typeof connection;
  return new WorkflowClient({ ...workflow.options, connection: widened });
}
