import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

/** The server's own type for an update that it gave a worker and heard nothing of. */
const UNHEARD = 'UnprocessedUpdate';

/** Before each further try. Once is a matter of luck; four times is a worker that runs other code than ours. */
const PAUSES_MS: readonly number[] = [50, 100, 200];

/**
 * Sends an update, and again where no worker heard it. A worker that takes a workflow up anew, while it is asked how that stands, may
 * miss the update that came along (SDK 1.24.0: "unprocessed protocol messages"), and the server rejects it then. Nothing was done,
 * nothing is remembered: it is sent up to four times, within the deadline of whoever calls.
 *
 * @param send One try with everything that it needs: an operation that starts a workflow is used once only.
 * @throws what the last try threw; `isUnheard` tells whether that was a worker's silence.
 */
export async function untilHeard<T>(send: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await send();
    } catch (error) {
      if (!isUnheard(error)) throw error;
    }
    await new Promise<void>((resolve) => void setTimeout(resolve, pauseMs));
  }
  return send();
}

/** Whether an update failed because no worker heard it, and not by its workflow's word. */
export const isUnheard = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === UNHEARD;
