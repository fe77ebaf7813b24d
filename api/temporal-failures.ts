import {
  isGrpcServiceError,
  QueryNotRegisteredError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { isUnheard } from '../engine/send-update';
import { details } from '../words/api';
import { Problem } from './problem';

/** Numbers of gRPC's status codes; their enum is in a package that is not ours to import. */
const INVALID_ARGUMENT = 3;
const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const UNAVAILABLE = 14;

/** "Not now": the same call may succeed in a moment. FAILED_PRECONDITION is how a query hears that no worker polls. */
const NOT_NOW: readonly number[] = [CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, UNAVAILABLE];

/** The gRPC status of a failed call; the SDK often hands it on as the cause of an error of its own. */
function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && error.cause !== undefined ? grpcCodeOf(error.cause) : undefined;
}

/** Whether Temporal, or a worker behind it, could not answer now. */
export function isNotNow(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnheard(error)) return true;
  return NOT_NOW.includes(grpcCodeOf(error) ?? -1);
}

/** Whether Temporal found a request wrong in itself: a made-up page token, an unknown search attribute. */
export const isInvalidArgument = (error: unknown): boolean => grpcCodeOf(error) === INVALID_ARGUMENT;

/** For calls that only a worker can answer: its silence becomes a problem of its own; anything else stays what it is. */
export function workerProblem(error: unknown): unknown {
  // A worker that runs other code than ours does not know the query.
  const isSilent = isNotNow(error) || error instanceof QueryNotRegisteredError;
  return isSilent ? new Problem('worker-unavailable', details.workerSilent, { cause: error }) : error;
}
