import {
  ApplicationFailure,
  currentUpdateInfo,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from '@temporalio/workflow';
import type { AlertNews } from '../../domain/alerts/alert';
import type { Desk } from '../../domain/alerts/desk';
import { listOf } from '../../domain/alerts/view';
import { acknowledgeWords } from '../../words/alerts';
import { REFUSED } from '../messages';
import {
  acknowledgeAlert,
  alertList,
  alertsRaised,
  type AcknowledgeInput,
  type AcknowledgeVerdict,
} from '../messages-alerts';
import { readAcknowledging, readListState, readNews } from './guards';

/** Everything that can come in at a desk. */
export type DeskEvent =
  | { kind: 'told'; news: AlertNews; unreadable: number }
  | {
      kind: 'acknowledged';
      at: number;
      order: AcknowledgeInput & { id?: string };
      answer: (verdict: AcknowledgeVerdict) => void;
    }
  | { kind: 'badMessage' }
  | { kind: 'workflowCancelled' };

/** A desk while it runs; only `desk` outlives the run. */
export type RunningDesk = { desk: Desk; inbox: DeskEvent[] };

/** Puts every handler in place. A handler only puts an event into the inbox, so that all is taken in in the order it came. */
export function listen(running: RunningDesk): void {
  const { inbox } = running;
  setHandler(alertList, (wish: unknown) => listOf(running.desk, readListState(wish)));
  setHandler(alertsRaised, (message: unknown) => {
    const read = readNews(message);
    inbox.push(read === undefined ? { kind: 'badMessage' } : { kind: 'told', ...read });
  });
  setHandler(
    acknowledgeAlert,
    (order) =>
      new Promise<AcknowledgeVerdict>((answer) => {
        const id = currentUpdateInfo()?.id;
        const asked = id === undefined ? order : { ...order, id };
        inbox.push({ kind: 'acknowledged', at: Date.now(), order: asked, answer });
      }),
    { validator: (message: unknown) => assertReadable(readAcknowledging(message)) },
  );
  setDefaultSignalHandler(() => void inbox.push({ kind: 'badMessage' }));
  setDefaultUpdateHandler((name) => Promise.reject(refusalOf(acknowledgeWords.unknownUpdate(name))));
}

function assertReadable(read: AcknowledgeInput | string): void {
  if (typeof read === 'string') throw refusalOf(acknowledgeWords.malformed(read));
}

const refusalOf = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, REFUSED);
