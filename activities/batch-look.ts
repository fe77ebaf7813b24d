import type { BatchFailure, BatchLabel, BatchRequest } from '../contracts/batch';
import { labelFileKey, purchasesFolder } from '../contracts/label-documents';
import { awaitsApproval, judge, standstill, vainReason, type Judgement, type ReadyLabel } from '../domain/batch/judge';
import type { OrderView } from '../domain/order/view';
import type { BatchPorts } from './batch-ports';

/** What became of a member: labels that can be printed, or why there are none. */
export type Settled = { labels: BatchLabel[]; failure?: BatchFailure };

/** One member that is still looked at. Instants are epoch milliseconds by the wall clock: it waits for other processes. */
export type Member = {
  number: number;
  orderId: string;
  nextLookAt: number;
  /** When the order itself was last asked. */
  askedAt: number;
  isApproved: boolean;
  settled?: Settled;
};

export type Looking = {
  ports: BatchPorts;
  shopId: string;
  request: BatchRequest;
  mode: 'watch' | 'assist' | 'auto';
  /** When what is still open is given up. */
  until: number;
};

/** Documents are cheap to look at; an order costs its worker a task. */
const LOOK_AGAIN_MS = 1_000;
const ASK_AGAIN_MS = 10_000;

/** Looks at one member once: first at its documents, and at the order itself where these say something new or time has passed. */
export async function look(looking: Looking, member: Member): Promise<void> {
  const { ports, shopId } = looking;
  const ref = { shopId, orderId: member.orderId };
  const isLate = Date.now() >= looking.until;
  member.nextLookAt = Date.now() + LOOK_AGAIN_MS;
  const isDue = isLate || Date.now() - member.askedAt >= ASK_AGAIN_MS;
  if (!isDue && !(await hasBought(ports, ref))) return;
  const view = await ports.orderDesk.read(ref);
  if (view === 'silent' && !isLate) return;
  member.askedAt = Date.now();
  const settled = await settle(looking, ref, view === 'silent' ? 'silent' : judgeIn(looking, member, view));
  if (settled !== undefined) member.settled = settled;
  else if (isLate) member.settled = inVain(view === 'silent' ? undefined : view);
  else await letGoOn(looking, member);
}

/** What obviously comes to nothing waits for nobody. Where a person's word was given for an order, it is heard first. */
function judgeIn({ mode, request }: Looking, { isApproved }: Member, view: OrderView | undefined): Judgement {
  const judged = judge(view);
  if (judged.kind !== 'open' || view === undefined) return judged;
  if (mode === 'watch') return { kind: 'failed', reason: 'watched' };
  if (mode === 'assist' && request.mayApprove && !isApproved) return judged;
  if (mode === 'assist' && awaitsApproval(view)) return { kind: 'failed', reason: 'notApproved' };
  return standstill(view) ?? judged;
}

type Ref = { shopId: string; orderId: string };

async function hasBought({ documents }: BatchPorts, ref: Ref): Promise<boolean> {
  return (await documents.list(purchasesFolder(ref))).some((key) => key.endsWith('-bought'));
}

async function settle(looking: Looking, ref: Ref, judged: Judgement | 'silent'): Promise<Settled | undefined> {
  if (judged === 'silent') return undefined;
  if (judged.kind === 'failed') {
    const { reason, about } = judged;
    return failed({ reason, ...(about === undefined ? {} : { about }) });
  }
  if (judged.kind === 'ready') return withFiles(looking, ref, judged.labels);
  return undefined;
}

const failed = (failure: BatchFailure): Settled => ({ labels: [], failure });

const inVain = (view: OrderView | undefined): Settled =>
  failed({ reason: view !== undefined && judge(view).kind === 'ready' ? 'noFile' : vainReason(view) });

/** Undefined while a file is still to come: the order fetches it by itself. */
async function withFiles(
  { ports, request }: Looking,
  ref: Ref,
  labels: readonly ReadyLabel[],
): Promise<Settled | undefined> {
  const found: BatchLabel[] = [];
  for (const label of labels) {
    const format = await formatOf(ports, { ...ref, ...label });
    if (format === undefined) return undefined;
    if ((format === 'zpl') !== (request.format === 'zpl')) return failed({ reason: 'otherFormat', about: format });
    found.push({ ...label, format });
  }
  return { labels: found };
}

const FORMATS = ['pdf', 'png', 'zpl'] as const;

async function formatOf(
  { documents }: BatchPorts,
  purchase: Ref & ReadyLabel,
): Promise<BatchLabel['format'] | undefined> {
  for (const format of FORMATS)
    if ((await documents.getFile(labelFileKey(purchase, format))) !== undefined) return format;
  return undefined;
}

/** Where each order waits for a person's word, naming it when the batch was created was that word. */
async function letGoOn({ ports, shopId, mode, request }: Looking, member: Member): Promise<void> {
  if (mode !== 'assist' || !request.mayApprove || member.isApproved) return;
  const { orderId } = member;
  const updateId = `batch-${request.batchId}-${orderId}`;
  // What goes wrong is tried again with the next asking.
  member.isApproved = await ports.orderDesk.approve({ shopId, orderId, actor: request.actor, updateId }).then(
    () => true,
    () => false,
  );
}
