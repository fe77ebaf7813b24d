import type { AppealNews } from './appeal';
import { nextWake } from './agenda';
import type { AppealAnswer, AppealEvent, PersonsAppeal } from './event';
import { commandId, newAppeal, type AppealCommand, type AppealState } from './state';
import { step } from './step';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const SCANNED = Date.UTC(2026, 10, 20, 20);
export const OPENED = SCANNED + 48 * HOUR_MS;

export const opened: AppealNews = {
  kind: 'opened',
  at: OPENED,
  opening: {
    shopId: '7',
    orderId: '57',
    package: '1',
    trackingNumber: '9400',
    carrier: 'USPS',
    policySet: 'seed',
    manifest: 'manifest:acc:main:2026-11-20',
    formId: 'sf_1',
    scannedAt: SCANNED,
    stalledAt: OPENED,
  },
};
export const limitBroken: AppealNews = { kind: 'limitBroken', at: OPENED + HOUR_MS, deadline: 'autoCancelUncollected' };
export const moved: AppealNews = { kind: 'moved', at: OPENED + 2 * HOUR_MS };
export const gathered: AppealAnswer = { kind: 'gathered', key: 'k', sha256: 'h', complete: true, missing: [] };
export const weak: AppealAnswer = { ...gathered, complete: false, missing: ['proof'] };
/** What is gathered for a later filing. */
export const gatheredAgain: AppealAnswer = { ...gathered, key: 'k-2', sha256: 'h-2' };
const NOTE_HASH = 'a'.repeat(64);
export const again: PersonsAppeal = { verb: 'appealAgain', actor: 'ada', noteHash: NOTE_HASH };
export const fileIt: PersonsAppeal = { verb: 'fileAppeal', actor: 'ada', noteHash: NOTE_HASH };
export const filed = (caseNumber: string): AppealAnswer => ({
  kind: 'filed',
  caseNumber,
  status: 'pending',
  decidedAt: null,
});

/** For tests: a case that is told things one after the other, and remembers everything that it ever began. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- its type is what tests read it by
export function newCase() {
  let state = newAppeal({ shopId: '7', orderId: '57', caseKey: '57-1' });
  let now = OPENED;
  const begun: AppealCommand[] = [];
  const abandoned: string[] = [];
  const take = (event: AppealEvent) => {
    now = Math.max(now, event.at);
    const turn = step(state, [event]);
    state = turn.state;
    begun.push(...turn.start.map(({ command }) => command));
    abandoned.push(...turn.abandon);
    return turn.verdicts[0];
  };
  return {
    state: (): AppealState => state,
    begun: (): string[] => begun.filter(({ kind }) => kind !== 'tellOrder').map(commandId),
    abandoned,
    tell: (news: AppealNews) => take({ kind: 'told', at: Math.max(now, news.at), news }),
    answer: (command: string, answer: AppealAnswer) => take({ kind: 'answered', at: now, command, answer }),
    order: (order: PersonsAppeal) => take({ kind: 'ordered', at: now, order }),
    /** Lets time pass, through every wake on the way; the order and the desk are told whenever that is wanted. */
    pass: (ms: number) => {
      const until = now + ms;
      for (let wake = nextWake(state); wake !== undefined && wake.at <= until; wake = nextWake(state)) {
        take({ kind: 'woke', at: wake.at });
      }
      now = until;
    },
    told: () => begun.flatMap((command) => (command.kind === 'tellOrder' ? [command] : [])),
    /** Answers the telling that is under way until nothing is left to tell. */
    hear: () => {
      while (state.outstanding['tellOrder'] !== undefined) {
        take({ kind: 'answered', at: now, command: 'tellOrder', answer: { kind: 'toldAll' } });
      }
    },
  };
}

export type Case = ReturnType<typeof newCase>;

export const readyCase = (): Case => {
  const one = newCase();
  one.tell(opened);
  one.answer('gatherEvidence', gathered);
  return one;
};

export const filedCase = (): Case => {
  const one = readyCase();
  one.tell(limitBroken);
  one.answer('fileAppeal:1', filed('c1'));
  return one;
};

export const lostCase = (): Case => {
  const one = filedCase();
  one.order({ verb: 'recordDecision', actor: 'ada', outcome: 'lost' });
  return one;
};
