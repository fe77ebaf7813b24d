import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  proxyActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { Activities } from '../../activities';
import type { AppealAnswer } from '../../domain/appeal/event';
import type { AppealCommand, AppealState } from '../../domain/appeal/state';
import type { FilingNumber } from '../../domain/appeal/windows';
import { appealSummaries } from '../../words/appeal';
import { tell, type Case } from './case';

/** Reads and tellings are free and harmless twice: they are repeated until they succeed. */
const READS: ActivityOptions = {
  startToCloseTimeout: '40 s',
  retry: { initialInterval: '2 s', backoffCoefficient: 2, maximumInterval: '30 min' },
};

/**
 * A filing reads back first on every attempt. It is tried until its window ends, and given up then; we wait until the attempt
 * that runs has ended, so that a filing at the last moment is heard of.
 */
const FILING: ActivityOptions = {
  startToCloseTimeout: '60 s',
  retry: { initialInterval: '5 s', backoffCoefficient: 2, maximumInterval: '30 min' },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
};

/** Begins a command in the background; what comes of it enters the inbox like any other event. */
export function startCommand(appeal: Case, id: string, command: AppealCommand): void {
  const scope = new CancellationScope({ cancellable: true });
  appeal.underWay.set(id, scope);
  void scope
    .run(() => carryOut(appeal.state, command))
    .catch((error: unknown): AppealAnswer => (scope.consideredCancelled ? { kind: 'abandoned' } : bad(error)))
    .then((answer) => {
      appeal.underWay.delete(id);
      tell(appeal, { kind: 'answered', at: Date.now(), command: id, answer });
    });
}

/** Gives a command up. Its answer still comes: `abandoned`, or what it had done before it heard of it. */
export function abandonCommand(appeal: Case, id: string): void {
  appeal.underWay.get(id)?.cancel();
}

function bad(error: unknown): AppealAnswer {
  if (isCancellation(error)) return { kind: 'abandoned' };
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const type = cause instanceof ApplicationFailure ? (cause.type ?? 'Error') : 'Error';
  return { kind: 'failed', type, message: cause instanceof Error ? cause.message : String(cause) };
}

/** What a command needs was there when it was wanted, and nothing of it is ever taken back. */
const NEVER: AppealAnswer = { kind: 'abandoned' };

function carryOut(state: AppealState, command: AppealCommand): Promise<AppealAnswer> {
  const { shopId, orderId, caseKey, opening } = state;
  const about = { shopId, orderId, caseKey, at: Date.now() };
  switch (command.kind) {
    case 'gatherEvidence':
      return opening === undefined
        ? Promise.resolve(NEVER)
        : activitiesWith(READS, appealSummaries.gatherEvidence).gatherEvidence({
            ...about,
            opening,
            ...(command.pack === undefined ? {} : { pack: command.pack }),
          });
    case 'fileAppeal':
      return file(state, command.number);
    case 'readDecision': {
      const { readDecision } = activitiesWith(READS, appealSummaries.readDecision(command.caseNumber));
      return readDecision({ ...about, caseNumber: command.caseNumber });
    }
    case 'tellOrder': {
      const { notices, raise, settle } = command;
      return activitiesWith(READS, appealSummaries.tellOrder).tellOrder({ ...about, notices, raise, settle });
    }
  }
}

function file(state: AppealState, number: FilingNumber): Promise<AppealAnswer> {
  const { shopId, orderId, caseKey, opening, limitBroken, movedAt, evidence, fileIt, again } = state;
  if (opening === undefined || limitBroken === undefined || evidence === undefined) return Promise.resolve(NEVER);
  const { note, noteHash } = (number === 1 ? fileIt : again) ?? {};
  return activitiesWith(FILING, appealSummaries.fileAppeal(number)).fileAppeal({
    shopId,
    orderId,
    caseKey,
    at: Date.now(),
    number,
    opening,
    limitBroken,
    evidence: evidence.key,
    ...(movedAt === undefined ? {} : { movedAt }),
    ...(note === undefined ? {} : { note }),
    ...(noteHash === undefined ? {} : { noteHash }),
  });
}

const activitiesWith = (options: ActivityOptions, summary: string): ReturnType<typeof proxyActivities<Activities>> =>
  proxyActivities<Activities>({ ...options, summary });
