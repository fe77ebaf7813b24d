import type { RequestHandler } from 'express';
import { readDemo } from '../../engine/demo/demo-document';
import { details, logWords, missing } from '../../words/api';
import { searchAttributes } from '../../workflows/messages';
import type { ApiDeps } from '../deps';
import { Problem, type FieldError } from '../problem';
import { isInvalidArgument } from '../temporal-failures';

const CHECK_WITHIN_MS = 3_000;

/** A worker that lives asks again at least every 70 s: Temporal ends each long poll within a minute. */
const WORKER_SEEN_WITHIN_MS = 75_000;

/** `GET /healthz`: the process lives. */
export const answerHealth: RequestHandler = (_req, res) => {
  res.json({ healthy: true });
};

/** `GET /readyz`: whether an order that comes in now would be worked on, and if not, what is missing. */
export function answerReadiness(deps: ApiDeps): RequestHandler {
  return async (_req, res) => {
    const errors = await deps.client.withDeadline(Date.now() + CHECK_WITHIN_MS, () => whatIsMissing(deps));
    if (errors.length > 0) throw new Problem('not-ready', details.notReady, { errors });
    res.json({ ready: true });
  };
}

async function whatIsMissing(deps: ApiDeps): Promise<FieldError[]> {
  try {
    const [hasWorker, hasAttributes, hasDemo] = await Promise.all([
      isWorkerThere(deps),
      areAttributesUsable(deps),
      isDemoListed(deps),
    ]);
    return [
      ...(hasWorker ? [] : [{ pointer: '/worker', detail: missing.worker(deps.taskQueue) }]),
      ...(hasAttributes ? [] : [{ pointer: '/searchAttributes', detail: missing.searchAttributes(deps.namespace) }]),
      ...(hasDemo ? [] : [{ pointer: '/demo', detail: missing.demo }]),
    ];
  } catch (error) {
    deps.logger.warn({ err: error }, logWords.noTemporalYet);
    return [{ pointer: '/temporal', detail: missing.temporal }];
  }
}

async function isWorkerThere({ client, namespace, taskQueue }: ApiDeps): Promise<boolean> {
  // Without a type the server tells of those who ask for workflow tasks.
  const { pollers } = await client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue } });
  // The server tells of pollers for five minutes after they have gone.
  const since = Date.now() - WORKER_SEEN_WITHIN_MS;
  return pollers.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 >= since);
}

/** By a query that names each: the only proof that also holds on Temporal Cloud, which has no list of them for clients. */
async function areAttributesUsable({ client }: ApiDeps): Promise<boolean> {
  const conditions = Object.values(searchAttributes).map(({ name, type }) =>
    type === 'DATETIME' ? `${name} > '2020-01-01T00:00:00Z'` : `${name} = ''`,
  );
  try {
    await client.workflow.count(conditions.join(' AND '));
    return true;
  } catch (error) {
    if (isInvalidArgument(error)) return false;
    throw error;
  }
}

/** A product without a demo has nothing to list. */
async function isDemoListed({ documents }: ApiDeps): Promise<boolean> {
  return (await readDemo(documents))?.isListed !== false;
}
