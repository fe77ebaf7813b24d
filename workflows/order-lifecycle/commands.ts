import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  patched,
  proxyActivities,
  proxyLocalActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { Activities } from '../../activities';
import type { Command } from '../../domain/order/command';
import type { Answer } from '../../domain/order/event';
import { earliestOf } from '../../domain/order/facts';
import { isOfNeighbours, type NeighbourCommand } from '../../domain/order/neighbour-answers';
import { deadlineOutcomes } from '../../domain/order/view';
import type { OrderState } from '../../domain/order/state';
import { summaries } from '../../words/order';
import { tell, type Order } from './order';

/** Reads are free: they are repeated until they succeed. */
const READS: ActivityOptions = {
  startToCloseTimeout: '40 s',
  retry: { initialInterval: '2 s', backoffCoefficient: 2, maximumInterval: '30 min' },
};

/**
 * Writes read back first on every attempt. When we give one up we wait until its running attempt has ended, so that what is
 * done next is not overtaken by it. The whole ends with the order's longest limit: after that a person decides.
 */
const WRITES: ActivityOptions = {
  startToCloseTimeout: '60 s',
  scheduleToCloseTimeout: '30 days',
  retry: { initialInterval: '5 s', backoffCoefficient: 2, maximumInterval: '30 min' },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
};

/** Two readings, the purchase and a read-back, each at its own deadline, and some time to spare. */
const PURCHASE: ActivityOptions = { ...WRITES, startToCloseTimeout: '75 s' };

const OPTIONS: Record<OutsideCommand['kind'], ActivityOptions> = {
  loadOrder: READS,
  prepareLabel: WRITES,
  buyLabel: PURCHASE,
  // A label that cannot be fetched within a day is printed by hand: its address is dead by then.
  keepLabelFile: { ...READS, scheduleToCloseTimeout: '1 day' },
  voidLabel: WRITES,
  uploadTracking: WRITES,
  correctTracking: WRITES,
  answerCancel: WRITES,
  cancelOnPlatform: WRITES,
  saveDossier: READS,
};

/**
 * What is told to the workflows beside this one takes milliseconds and may be told twice. The order tells again by its agenda where
 * three attempts were not enough.
 */
const TELLINGS: ActivityOptions = {
  startToCloseTimeout: '10 s',
  retry: { maximumAttempts: 3, initialInterval: '200 ms' },
};

/**
 * For histories of before only. A local activity keeps its workflow task open, and a query that reaches the worker meanwhile takes
 * the task's place in the SDK (1.24.0, `buffer_wft_if_outstanding_work`): the task is lost and the history does not replay.
 * Decision 15.
 */
const localTellings = proxyLocalActivities<Activities>({
  startToCloseTimeout: '5 s',
  scheduleToCloseTimeout: '20 s',
  retry: { maximumAttempts: 3, initialInterval: '200 ms' },
});

type OutsideCommand = Exclude<Command, NeighbourCommand>;

/** Begins a command in the background; what comes of it enters the inbox like any other event. */
export function startCommand(order: Order, id: string, command: Command): void {
  const scope = new CancellationScope({ cancellable: true });
  order.underWay.set(id, scope);
  void scope
    .run(() => carryOut(order.state, command))
    // An attempt that fails after it was given up is not repeated: that is our wish, and no verdict on the order.
    .catch((error: unknown): Answer => (scope.consideredCancelled ? { kind: 'abandoned' } : bad(error)))
    .then((answer) => {
      order.underWay.delete(id);
      tell(order, { kind: 'answered', at: Date.now(), command: id, answer });
    });
}

/** Gives a command up. Its answer still comes: `abandoned`, or what it had done before it heard of it. */
export function abandonCommand(order: Order, id: string): void {
  order.underWay.get(id)?.cancel();
}

function bad(error: unknown): Answer {
  if (isCancellation(error)) return { kind: 'abandoned' };
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const type = cause instanceof ApplicationFailure ? (cause.type ?? 'Error') : 'Error';
  return { kind: 'failed', type, message: cause instanceof Error ? cause.message : String(cause) };
}

function carryOut(state: OrderState, command: Command): Promise<Answer> {
  return isOfNeighbours(command) ? tellBeside(state, command) : actOutside(state, command);
}

/** It can go when no order of before edition 6 is open, and their histories are kept no longer. */
const TELLS_BY_ACTIVITY = 'tells-by-activity';

const tellingsOf = (
  { edition }: OrderState,
  command: NeighbourCommand,
): ReturnType<typeof proxyActivities<Activities>> =>
  edition >= 6 || patched(TELLS_BY_ACTIVITY)
    ? proxyActivities<Activities>({ ...TELLINGS, summary: summaries[command.kind] })
    : localTellings;

function tellBeside(state: OrderState, command: NeighbourCommand): Promise<Answer> {
  const beside = tellingsOf(state, command);
  const about = aboutOf(state);
  const { shopId } = about;
  switch (command.kind) {
    case 'planOrder':
      return beside.planAgain({ ...about, basis: command.basis, ...pinnedPlan(state) });
    case 'joinManifest': {
      const { package: parcel, turn, after, isLook } = command;
      const look = isLook === undefined ? {} : { isLook };
      return beside.joinManifest({ ...about, ...command.parcel, package: parcel, turn, after, ...look });
    }
    case 'leaveManifest': {
      const { package: parcel, turn, manifest } = command;
      return beside.leaveManifest({ ...about, package: parcel, turn, manifest });
    }
    case 'askOwner':
      return beside.askOwner({ ...about, owner: command.owner });
    case 'tellGroup':
      return beside.tellGroup({ ...about, orders: command.orders, word: command.word });
    case 'tellAppeal':
      return beside.tellAppeal({ ...about, ...aboutCase(command) });
    case 'tellDesk':
      return beside.tellDesk({ shopId, at: about.at, news: { ...command.news, at: about.at } });
  }
}

/** The rule set that the order is pinned to, and the facts that no plan changes. */
const pinnedPlan = ({ plan, facts }: OrderState) => ({
  policySet: plan?.policySet ?? '',
  facts: {
    createdAt: facts?.createdAt ?? 0,
    platformTimes: facts?.platformTimes ?? {},
    fulfilledBy: facts?.fulfilledBy ?? ('seller' as const),
  },
});

/** An order of the shop's first place need not say so: it would stand in the history of every step. */
const aboutOf = ({ shopId, orderId, plan }: OrderState) => ({
  shopId,
  orderId,
  at: Date.now(),
  ...(plan?.isFromFurther === true ? { shipFrom: plan.shipFrom } : {}),
});

type Acts = { activities: Activities; about: ReturnType<typeof aboutOf>; state: OrderState };

type Carrying = {
  [Kind in OutsideCommand['kind']]: (acts: Acts, command: Extract<OutsideCommand, { kind: Kind }>) => Promise<Answer>;
};

const CARRYING: Carrying = {
  loadOrder: ({ activities, about }, command) => activities.loadOrder({ ...about, ...withoutKind(command) }),
  prepareLabel: ({ activities, about, state }, command) => {
    const wish = withoutKind(command);
    return activities.prepareLabel({ ...about, ...wish, avoid: avoidedBy(state), ...deliverByOf(state) });
  },
  buyLabel: ({ activities, about }, command) => activities.buyLabel({ ...about, ...withoutKind(command) }),
  keepLabelFile: ({ activities, about }, { package: parcel, attempt, shipmentId }) =>
    activities.keepLabelFile({ ...about, package: parcel, attempt, shipmentId }),
  voidLabel: ({ activities, about }, { package: parcel, attempt, shipmentId }) =>
    activities.voidLabel({ ...about, package: parcel, attempt, shipmentId }),
  uploadTracking: ({ activities, about, state }, command) =>
    activities.uploadTracking({ ...about, ...shipmentOf(state, command), ...joinOf(command) }),
  correctTracking: ({ activities, about, state }, command) =>
    activities.correctTracking({ ...about, ...shipmentOf(state, command) }),
  answerCancel: ({ activities, about }, { requestId, decision }) =>
    activities.answerCancel({ ...about, requestId, decision }),
  cancelOnPlatform: ({ activities, about }) => activities.cancelOnPlatform(about),
  saveDossier: ({ activities, about, state }) => activities.saveDossier({ ...about, dossier: dossierOf(state) }),
};

function actOutside(state: OrderState, command: OutsideCommand): Promise<Answer> {
  const activities = proxyActivities<Activities>({ ...OPTIONS[command.kind], summary: summaryOf(command) });
  const carry = CARRYING[command.kind] as (acts: Acts, command: OutsideCommand) => Promise<Answer>;
  return carry({ activities, about: aboutOf(state), state }, command);
}

/** The activity's own name says the kind. */
function withoutKind<C extends { kind: string }>(command: C): Omit<C, 'kind'> {
  const rest: Partial<C> = { ...command };
  delete rest.kind;
  return rest as Omit<C, 'kind'>;
}

/** The earliest instant at which it must be with its buyer. */
function deliverByOf({ plan }: OrderState): { deliverBy?: number } {
  const due = (plan?.deadlines ?? []).filter(({ name }) => name === 'deliverBy').map(earliestOf);
  return due.length === 0 ? {} : { deliverBy: Math.min(...due) };
}

const avoidedBy = ({ plan }: OrderState): string[] | undefined => plan?.forbiddenCarriers;

function joinOf({ package: parcel, join }: Extract<Command, { kind: 'uploadTracking' }>) {
  return join === undefined ? {} : { join: { package: parcel, ...join } };
}

function shipmentOf(state: OrderState, command: Extract<Command, { kind: 'uploadTracking' | 'correctTracking' }>) {
  const { itemIds, trackingNumber, carrier, isSplit } = command;
  const avoid = avoidedBy(state);
  return {
    ...{ itemIds, trackingNumber, carrier },
    ...(isSplit === undefined ? {} : { isSplit }),
    ...(avoid === undefined ? {} : { avoid }),
  };
}

/**
 * What is kept of an order after Temporal has forgotten it. It passes through history once, so it is terse: rules are named
 * by their set and version, instants are epoch milliseconds.
 */
const dossierOf = (state: OrderState) => ({
  outcome: state.ended?.outcome,
  endedAt: state.ended?.at,
  policy: state.plan && [state.plan.policySet, state.plan.policyVersion, state.plan.tzdata],
  phases: state.phases.map(({ phase, at }) => [phase, at]),
  deadlines: deadlineOutcomes(state),
  packages: Object.entries(state.packages).map(([key, { itemIds, label, upload, tracking, evidence, appeal }]) => ({
    key,
    itemIds,
    label: { ...label, handle: label.handle?.shipmentId, priceCents: label.handle?.priceCents },
    upload: upload.number === label.trackingNumber ? { status: upload.status, at: upload.at } : upload,
    tracking,
    ...(appeal === undefined ? {} : { appeal: appeal.cause ?? 'stalled' }),
    ...(evidence.length === 0 ? {} : { evidence }),
  })),
  timeline: state.timeline.map(({ at, what, about }) => (about === undefined ? [at, what] : [at, what, about])),
});

type Summaries = { [Kind in OutsideCommand['kind']]: (command: Extract<OutsideCommand, { kind: Kind }>) => string };

const SUMMARIES: Summaries = {
  loadOrder: ({ first }) => summaries.loadOrder(first),
  prepareLabel: ({ package: parcel }) => summaries.prepareLabel(parcel),
  buyLabel: ({ package: parcel, handle }) => summaries.buyLabel(parcel, handle.service, handle.priceCents),
  keepLabelFile: ({ package: parcel }) => summaries.keepLabelFile(parcel),
  voidLabel: ({ package: parcel }) => summaries.voidLabel(parcel),
  uploadTracking: ({ trackingNumber }) => summaries.uploadTracking(trackingNumber),
  correctTracking: ({ trackingNumber }) => summaries.correctTracking(trackingNumber),
  answerCancel: ({ decision }) => summaries.answerCancel(decision),
  cancelOnPlatform: () => summaries.cancelOnPlatform,
  saveDossier: () => summaries.saveDossier,
};

const summaryOf = (command: OutsideCommand): string =>
  (SUMMARIES[command.kind] as (command: OutsideCommand) => string)(command);

const aboutCase = ({ package: parcel, news, form }: Extract<Command, { kind: 'tellAppeal' }>) => ({
  package: parcel,
  news,
  ...(form === undefined ? {} : { form }),
});
