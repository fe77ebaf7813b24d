import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { details } from '../words/api';
import { Problem } from './problem';

/** The server's own type for an update that it gave a worker and heard nothing of. */
const UNHEARD = 'UnprocessedUpdate';
/** Once is a matter of luck; each time is a worker that runs other code than ours. */
const MOST_TRIES = 4;

/** A person's order, as it is sent to a workflow: always under an id, so that sending it again is harmless. */
export type Update = { update: { name: string }; updateId: string; input: unknown };

/**
 * Sends an update and waits for its answer. A worker that takes a workflow up anew, while it is asked how that stands, may miss the
 * update that came along (SDK 1.24.0: "unprocessed protocol messages"), and the server rejects it then. Nothing was done, nothing is
 * remembered: it is sent again, within the caller's deadline.
 *
 * @throws a `worker-unavailable` problem where no try was heard; all else as the client throws it.
 */
export async function sendUpdate<Result>(
  handle: Pick<WorkflowHandle, 'executeUpdate'>,
  { update, updateId, input }: Update,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await handle.executeUpdate<Result, [unknown]>(update.name, { args: [input], updateId });
    } catch (error) {
      if (!isUnheard(error)) throw error;
      if (tries === MOST_TRIES) throw new Problem('worker-unavailable', details.workerSilent, { cause: error });
    }
  }
}

const isUnheard = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === UNHEARD;
