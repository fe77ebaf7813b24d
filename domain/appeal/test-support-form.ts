import type { AppealOpening } from './appeal';
import { nextWake } from './agenda';
import type { AppealAnswer, AppealEvent, PersonsAppeal, Survey } from './event';
import { commandId, newAppeal, type AppealCommand, type AppealState } from './state';
import { step } from './step';
import { HOUR_MS, OPENED, SCANNED } from './test-support';

const MINUTE_MS = 60_000;
export const BROKEN = OPENED - HOUR_MS;
export const firstBroken = { deadline: 'autoCancelUncollected', at: BROKEN };

const opening: AppealOpening = {
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
};

export const counts = (wish: Partial<Survey>): AppealAnswer => ({
  kind: 'surveyed',
  opening,
  papers: 'p1',
  ...{ members: 3, undecided: 3, broken: 0, moved: 0, over: 0 },
  ...wish,
});

type Pack = Extract<AppealAnswer, { kind: 'gathered' }>;

export const pack = (wish: Partial<Pack> = {}): AppealAnswer => ({
  ...{ kind: 'gathered', key: 'pack-1', sha256: 'h', complete: true, missing: [], responsibility: 'carrier' },
  pdf: { key: 'pack-1.pdf', sha256: 'p' },
  ...wish,
});

export const settled = (wish: Partial<Extract<AppealAnswer, { kind: 'settled' }>> = {}): AppealAnswer => ({
  ...{ kind: 'settled', members: 2, leftOut: 0, spared: 1, limitBroken: firstBroken },
  ...wish,
});

export const filedAs = (caseNumber: string): AppealAnswer => ({
  kind: 'filed',
  caseNumber,
  status: 'pending',
  decidedAt: null,
});

/** A case of edition 2 that is told things one after the other, and remembers everything that it ever began. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- its type is what tests read it by
export function newFormCase(orderId = '') {
  let state = newAppeal({ shopId: '7', orderId, caseKey: orderId === '' ? 'form-sf_1-1' : '57-1', edition: 2 });
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
  const answer = (command: string, given: AppealAnswer) => take({ kind: 'answered', at: now, command, answer: given });
  return {
    state: (): AppealState => state,
    begun: (): string[] => begun.filter(({ kind }) => kind !== 'tellCase').map(commandId),
    abandoned: (): string[] => abandoned,
    packs: () => begun.flatMap((command) => (command.kind === 'gatherEvidence' ? [command.pack] : [])),
    told: () => begun.flatMap((command) => (command.kind === 'tellCase' ? [command] : [])),
    answer,
    ping: () => take({ kind: 'pinged', at: now }),
    survey: (wish: Partial<Survey>) => {
      take({ kind: 'pinged', at: now });
      return answer('surveyCase', counts(wish));
    },
    order: (order: PersonsAppeal) => take({ kind: 'ordered', at: now, order }),
    hear: () => {
      while (state.outstanding['tellCase'] !== undefined) answer('tellCase', { kind: 'toldAll' });
    },
    pass: (ms: number) => {
      const until = now + ms;
      for (let wake = nextWake(state); wake !== undefined && wake.at <= until; wake = nextWake(state)) {
        take({ kind: 'woke', at: wake.at });
        if (state.outstanding['surveyCase'] !== undefined && state.survey) {
          answer('surveyCase', { kind: 'surveyed', opening, ...state.survey });
        }
      }
      now = until;
    },
  };
}

export type FormCase = ReturnType<typeof newFormCase>;

/** All is known of three parcels: two broke, one had moved; the claim is settled. */
export function claimedCase(): FormCase {
  const one = newFormCase();
  one.survey({});
  one.answer('gatherEvidence', pack());
  one.survey({ undecided: 0, broken: 2, moved: 1, firstBroken });
  one.pass(11 * MINUTE_MS);
  one.answer('settleClaim', settled());
  return one;
}

export const filings = (one: FormCase): string[] => one.begun().filter((id) => id.startsWith('fileAppeal'));

/** A filing that no desk takes. */
export function byHandCase(): FormCase {
  const one = claimedCase();
  one.answer('gatherEvidence', pack());
  one.answer('fileAppeal:1', { kind: 'byHand' });
  one.hear();
  return one;
}
