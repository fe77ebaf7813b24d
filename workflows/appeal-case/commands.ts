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
import type { CaseActivities } from '../../activities/case-activities';
import type { AppealAnswer, NoteRef } from '../../domain/appeal/event';
import { resultOf } from '../../domain/appeal/result';
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

/** Of a form with thousands of parcels: what is told beats while it goes on. */
const OF_MANY: ActivityOptions = { ...READS, startToCloseTimeout: '15 min', heartbeatTimeout: '2 min' };
/** It only reads, a few at once. */
const COUNTING: ActivityOptions = { ...READS, startToCloseTimeout: '5 min' };

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
      return opening === undefined ? Promise.resolve(NEVER) : gather(state, { ...about, opening }, command.pack);
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
    default:
      return countOrTell(state, command, about);
  }
}

type About = { shopId: string; orderId: string; caseKey: string; at: number };
type Gathered = Parameters<Activities['gatherEvidence']>[0];

function gather(state: AppealState, about: Gathered, pack: string | undefined): Promise<AppealAnswer> {
  const named = pack === undefined ? {} : { pack };
  if (state.edition !== 2) {
    return activitiesWith(READS, appealSummaries.gatherEvidence).gatherEvidence({ ...about, ...named });
  }
  const { limitBroken, movedAt } = state;
  return activitiesWith(COUNTING, appealSummaries.gatherEvidence).gatherEvidence({
    ...about,
    ...named,
    ...{ edition: 2 as const },
    ...(limitBroken === undefined ? {} : { limitBroken }),
    ...(movedAt === undefined ? {} : { movedAt }),
  });
}

type CountingCommand = Extract<AppealCommand, { kind: 'surveyCase' | 'settleClaim' | 'tellCase' | 'saveCaseResult' }>;

function countOrTell(state: AppealState, command: CountingCommand, about: About): Promise<AppealAnswer> {
  switch (command.kind) {
    case 'surveyCase':
      return activitiesWith(COUNTING, appealSummaries.surveyCase).surveyCase(about);
    case 'settleClaim': {
      const scannedAt = state.evidence?.scannedAt;
      const { settleClaim } = activitiesWith(OF_MANY, appealSummaries.settleClaim);
      return settleClaim({
        ...about,
        ...(scannedAt === undefined ? {} : { scannedAt }),
        ...(state.claim === undefined ? {} : { again: true }),
      });
    }
    case 'tellCase': {
      const { notices, raise, settle } = command;
      return activitiesWith(OF_MANY, appealSummaries.tellCase).tellCase({ ...about, notices, raise, settle });
    }
    case 'saveCaseResult': {
      const { saveCaseResult } = activitiesWith(READS, appealSummaries.saveCaseResult);
      return saveCaseResult({ shopId: state.shopId, result: resultOf(state) });
    }
  }
}

function file(state: AppealState, number: FilingNumber): Promise<AppealAnswer> {
  const { shopId, orderId, caseKey, opening, limitBroken, movedAt, evidence } = state;
  if (opening === undefined || limitBroken === undefined || evidence === undefined) return Promise.resolve(NEVER);
  return activitiesWith(FILING, appealSummaries.fileAppeal(number)).fileAppeal({
    shopId,
    orderId,
    caseKey,
    at: Date.now(),
    number,
    opening,
    limitBroken,
    evidence: evidence.key,
    ...(state.edition === undefined ? {} : { edition: state.edition, sha256: evidence.sha256 }),
    ...(evidence.pdf === undefined ? {} : { pdf: evidence.pdf }),
    ...(movedAt === undefined ? {} : { movedAt }),
    ...notedBy(state, number),
  });
}

function notedBy({ fileIt, again }: AppealState, number: FilingNumber): NoteRef {
  const { note, noteHash } = (number === 1 ? fileIt : again) ?? {};
  return { ...(note === undefined ? {} : { note }), ...(noteHash === undefined ? {} : { noteHash }) };
}

const activitiesWith = (options: ActivityOptions, summary: string): All =>
  proxyActivities<All>({ ...options, summary });

type All = Activities & CaseActivities;
