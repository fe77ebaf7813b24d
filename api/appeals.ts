import { defaultPayloadConverter } from '@temporalio/common';
import {
  ApplicationFailure,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import type { Request } from 'express';
import type { AppealStatus } from '../domain/appeal/appeal';
import { appealDetails } from '../words/appeal';
import { REFUSED, searchAttributes } from '../workflows/messages';
import {
  APPEAL_CASE,
  appealState,
  appealWorkflowId,
  type appealAgain,
  type fileAppeal,
  type recordDecision,
  type AppealVerdict,
  type AppealView,
} from '../workflows/messages-appeal';
import type { ApiDeps } from './deps';
import { linksOf } from './links';
import { Problem } from './problem';
import { workerProblem } from './temporal-failures';

/** One case, by name. */
type AppealRef = { shopId: string; caseKey: string };

/** Where a case is read: here, in the Temporal UI; and its order. */
type AppealLinks = { self: string; temporal: string; order: string };

/** `<orderId>-<package>`, as `caseKeyOf` makes it. */
const CASE_KEY = /^(\d{1,20})-[\w.-]{1,64}$/;

/** The case that a path names: whether there is one is for Temporal to say. */
export function caseKeyOfPath(req: Request): string {
  const caseKey = String(req.params['caseKey']);
  if (!CASE_KEY.test(caseKey)) throw unknownAppeal(caseKey);
  return caseKey;
}

const unknownAppeal = (caseKey: string): Problem => new Problem('unknown-appeal', appealDetails.unknownAppeal(caseKey));

const orderIdOf = (caseKey: string): string => CASE_KEY.exec(caseKey)?.[1] ?? '';

export function appealLinks(deps: Pick<ApiDeps, 'temporalUiUrl' | 'namespace'>, ref: AppealRef): AppealLinks {
  const ui = deps.temporalUiUrl.replace(/\/+$/, '');
  const workflow = encodeURIComponent(appealWorkflowId(ref.shopId, ref.caseKey));
  return {
    self: `/v1/appeals/${ref.shopId}/${ref.caseKey}`,
    temporal: `${ui}/namespaces/${encodeURIComponent(deps.namespace)}/workflows/${workflow}`,
    order: linksOf(deps, { shopId: ref.shopId, orderId: orderIdOf(ref.caseKey) }).self,
  };
}

/** One case as lists show it: what visibility knows, a second or two behind the case itself. */
type ListedAppeal = {
  shopId: string;
  orderId: string;
  caseKey: string;
  status: string;
  open: boolean;
  appealBy: string | null;
  links: AppealLinks;
};

/** A run that was continued as a new one is the same case once more. */
const ALL_APPEALS = `WorkflowType = '${APPEAL_CASE}' AND ExecutionStatus != 'ContinuedAsNew'`;

/** The newest cases of a shop, or of all. */
export async function listAppeals(
  deps: ApiDeps,
  wish: { shop?: string | undefined; limit: number },
): Promise<ListedAppeal[]> {
  const ofShop = wish.shop === undefined ? '' : ` AND ${searchAttributes.shopId.name} = '${wish.shop}'`;
  const { executions } = await deps.client.workflowService.listWorkflowExecutions({
    namespace: deps.namespace,
    query: ALL_APPEALS + ofShop,
    pageSize: wish.limit,
  });
  return executions.map((execution) => listedAppeal(deps, execution));
}

type Execution = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>['executions'][number];

/** Number of temporal.api.enums.v1.WorkflowExecutionStatus; the enum is in a package that is not ours to import. */
const RUNNING = 1;

function listedAppeal(deps: ApiDeps, { execution, status, searchAttributes: found }: Execution): ListedAppeal {
  const textOf = ({ name }: { name: string }): string | null => {
    const payload = found?.indexedFields?.[name];
    const value: unknown = payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
    return typeof value === 'string' ? value : null;
  };
  const [, shopId = '', caseKey = ''] = (execution?.workflowId ?? '').split(':');
  // Until its evidence is there a case has written no status of its own.
  const first: AppealStatus = 'gathering';
  return {
    shopId,
    orderId: orderIdOf(caseKey),
    caseKey,
    status: textOf(searchAttributes.phase) ?? first,
    open: (status as number | undefined) === RUNNING,
    appealBy: textOf(searchAttributes.nextDeadlineAt),
    links: appealLinks(deps, { shopId, caseKey }),
  };
}

/** One case as its workflow tells it, also after its end. */
export async function askAppeal({ client }: ApiDeps, { shopId, caseKey }: AppealRef): Promise<AppealView> {
  try {
    return await client.workflow.getHandle(appealWorkflowId(shopId, caseKey)).query(appealState);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw unknownAppeal(caseKey);
    throw workerProblem(error);
  }
}

/** What a person orders of a case. */
export type AppealCommand = AppealRef & {
  updateId: string;
  update: typeof appealAgain | typeof fileAppeal | typeof recordDecision;
  input: unknown;
};

/** The server's own type for an update that was under way when its workflow ended. */
const ENDED_MEANWHILE = 'AcceptedUpdateCompletedWorkflow';

/** Orders something of a case and waits for its verdict. */
export async function orderOfAppeal({ client }: ApiDeps, command: AppealCommand): Promise<AppealVerdict> {
  const handle = client.workflow.getHandle(appealWorkflowId(command.shopId, command.caseKey));
  try {
    const { update, updateId, input } = command;
    // All updates answer alike; which input belongs to which is for the route to say.
    return await handle.executeUpdate<AppealVerdict, [unknown]>(update.name, { args: [input], updateId });
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error, command);
    if (error instanceof WorkflowNotFoundError) throw await absenceOf(handle, command);
    throw workerProblem(error);
  }
}

function refusalOf(error: WorkflowUpdateFailedError, { caseKey }: AppealCommand): unknown {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure)) return error;
  if (cause.type === REFUSED) return new Problem('refused', cause.message);
  return cause.type === ENDED_MEANWHILE ? new Problem('refused', appealDetails.appealEnded(caseKey)) : error;
}

/** Temporal says "not found" of a case that is over, too. */
async function absenceOf(handle: WorkflowHandle, { caseKey }: AppealCommand): Promise<unknown> {
  try {
    await handle.describe();
    return new Problem('refused', appealDetails.appealEnded(caseKey));
  } catch (error) {
    return error instanceof WorkflowNotFoundError ? unknownAppeal(caseKey) : error;
  }
}
