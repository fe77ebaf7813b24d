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
import { untilHeard } from '../engine/send-update';
import { appealDetails } from '../words/appeal';
import { REFUSED, searchAttributes } from '../workflows/messages';
import {
  APPEAL_CASE,
  appealState,
  appealWorkflowId,
  caseMemberOf,
  caseMembersFolder,
  isFormCase,
  type appealAgain,
  type fileAppeal,
  type recordDecision,
  type recordFiling,
  type AppealVerdict,
  type AppealView,
  type CaseKind,
} from '../workflows/messages-appeal';
import type { ApiDeps } from './deps';
import { linksOf } from './links';
import { Problem } from './problem';
import { workerProblem } from './temporal-failures';

/** One case, by name. */
export type AppealRef = { shopId: string; caseKey: string };

/** Where a case is read: here, in the Temporal UI; what it is about, and what was gathered. `order`: of a case of one parcel. */
type AppealLinks = { self: string; temporal: string; orders: string; pack: string; packPdf: string; order?: string };

/** `<orderId>-<package>` or `form-<form>-<n>`, as `caseKeyOf` and `formCaseKeyOf` make them. */
const CASE_KEY = /^(?:form-[\w-]{0,64}-\d{1,6}|(\d{1,20})-[\w.-]{1,64})$/;

/** The case that a path names: whether there is one is for Temporal to say. */
export function caseKeyOfPath(req: Request): string {
  const caseKey = String(req.params['caseKey']);
  if (!CASE_KEY.test(caseKey)) throw unknownAppeal(caseKey);
  return caseKey;
}

const unknownAppeal = (caseKey: string): Problem => new Problem('unknown-appeal', appealDetails.unknownAppeal(caseKey));

/** Of a case of a form it is none: ''. */
const orderIdOf = (caseKey: string): string => CASE_KEY.exec(caseKey)?.[1] ?? '';

/** One parcel of a case, with what is known of it. */
type CaseParcel = { orderId: string; package: string; kinds: CaseKind[] };

/** The parcels of a case, by name; of one that was begun before cases kept documents, the one in its key. */
export async function parcelsOf({ documents }: Pick<ApiDeps, 'documents'>, ref: AppealRef): Promise<CaseParcel[]> {
  const byName = new Map<string, CaseParcel>();
  for (const key of await documents.list(caseMembersFolder(ref))) {
    const member = caseMemberOf(key);
    if (member === undefined) continue;
    const { kind, ...parcel } = member;
    const name = `${parcel.orderId}-${parcel.package}`;
    byName.set(name, { ...parcel, kinds: [...(byName.get(name)?.kinds ?? []), kind] });
  }
  // Of one whose opening is not there yet its order is just telling.
  const opened = [...byName.values()].filter(({ kinds }) => kinds.includes('opened'));
  if (opened.length > 0 || isFormCase(ref.caseKey)) return opened;
  const orderId = orderIdOf(ref.caseKey);
  return [{ orderId, package: ref.caseKey.slice(orderId.length + 1), kinds: [] }];
}

export function appealLinks(deps: Pick<ApiDeps, 'temporalUiUrl' | 'namespace'>, ref: AppealRef): AppealLinks {
  const ui = deps.temporalUiUrl.replace(/\/+$/, '');
  const workflow = encodeURIComponent(appealWorkflowId(ref.shopId, ref.caseKey));
  const self = `/v1/appeals/${ref.shopId}/${ref.caseKey}`;
  const orderId = orderIdOf(ref.caseKey);
  return {
    self,
    temporal: `${ui}/namespaces/${encodeURIComponent(deps.namespace)}/workflows/${workflow}`,
    orders: `${self}/orders`,
    pack: `${self}/pack.json`,
    packPdf: `${self}/pack.pdf`,
    ...(orderId === '' ? {} : { order: linksOf(deps, { shopId: ref.shopId, orderId }).self }),
  };
}

/** One case as lists show it: what visibility knows, a second or two behind the case itself. */
type ListedAppeal = {
  shopId: string;
  /** Of a case of a form: ''. */
  orderId: string;
  /** How many orders it is about. */
  orders: number;
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
  const listed: ListedAppeal[] = [];
  for (let from = 0; from < executions.length; from += LISTED_AT_ONCE) {
    const some = executions.slice(from, from + LISTED_AT_ONCE);
    listed.push(...(await Promise.all(some.map((execution) => listedAppeal(deps, execution)))));
  }
  return listed;
}

/** The parcels of a form are counted in its folder: so many folders at once. */
const LISTED_AT_ONCE = 8;

type Execution = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>['executions'][number];

/** Number of temporal.api.enums.v1.WorkflowExecutionStatus; the enum is in a package that is not ours to import. */
const RUNNING = 1;

async function listedAppeal(
  deps: ApiDeps,
  { execution, status, searchAttributes: found }: Execution,
): Promise<ListedAppeal> {
  const textOf = ({ name }: { name: string }): string | null => {
    const payload = found?.indexedFields?.[name];
    const value: unknown = payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
    return typeof value === 'string' ? value : null;
  };
  const [, shopId = '', caseKey = ''] = (execution?.workflowId ?? '').split(':');
  // Until its evidence is there a case has written no status of its own.
  const first: AppealStatus = 'gathering';
  const orderId = orderIdOf(caseKey);
  return {
    shopId,
    orderId,
    orders: orderId === '' ? await ordersOf(deps, { shopId, caseKey }) : 1,
    caseKey,
    status: textOf(searchAttributes.phase) ?? first,
    open: (status as number | undefined) === RUNNING,
    appealBy: textOf(searchAttributes.nextDeadlineAt),
    links: appealLinks(deps, { shopId, caseKey }),
  };
}

async function ordersOf(deps: ApiDeps, ref: AppealRef): Promise<number> {
  return new Set((await parcelsOf(deps, ref)).map(({ orderId }) => orderId)).size;
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
  update: typeof appealAgain | typeof fileAppeal | typeof recordDecision | typeof recordFiling;
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
    const send = () => handle.executeUpdate<AppealVerdict, [unknown]>(update.name, { args: [input], updateId });
    return await untilHeard(send);
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
  return cause.type === ENDED_MEANWHILE
    ? new Problem('refused', appealDetails.appealEnded(caseKey))
    : workerProblem(error);
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
