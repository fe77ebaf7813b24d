import {
  ApplicationFailure,
  currentUpdateInfo,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from '@temporalio/workflow';
import { objectionTo } from '../../domain/appeal/persons';
import type { AppealAnswered } from '../../domain/appeal/state';
import { appealView } from '../../domain/appeal/view';
import { appealRefusals } from '../../words/appeal';
import { REFUSED } from '../messages';
import {
  appealAgain,
  appealNews,
  appealState,
  fileAppeal,
  recordDecision,
  recordFiling,
  type AppealVerdict,
} from '../messages-appeal';
import { tell, type Case } from './case';
import {
  isNews,
  readAppealAgain,
  readAppealNews,
  readFileAppeal,
  readRecordDecision,
  readRecordFiling,
  type ReadOrder,
} from './guards';

/** Answers kept for callers who repeat themselves after a continue-as-new; the server remembers those of this run. */
const MOST_ANSWERS_KEPT = 200;

/** Puts every handler in place. A handler only puts an event into the inbox: deciding is the step's, one event at a time. */
export function listen(appeal: Case): void {
  setHandler(appealState, () => appealView(appeal.state));
  setHandler(appealNews, (message: unknown) => {
    if (appeal.state.edition === 2) return heard(appeal, message);
    const news = readAppealNews(message, appeal.state);
    if (news === undefined) return noteBadMessage(appeal, appealNews.name);
    tell(appeal, { kind: 'told', at: Date.now(), news });
  });
  setHandler(appealAgain, (message: unknown) => follow(appeal, readAppealAgain(message)), {
    validator: (message: unknown) => object(appeal, readAppealAgain(message)),
  });
  setHandler(fileAppeal, (message: unknown) => follow(appeal, readFileAppeal(message)), {
    validator: (message: unknown) => object(appeal, readFileAppeal(message)),
  });
  setHandler(recordFiling, (message: unknown) => follow(appeal, readRecordFiling(message)), {
    validator: (message: unknown) => object(appeal, readRecordFiling(message)),
  });
  setHandler(recordDecision, (message: unknown) => follow(appeal, readRecordDecision(message)), {
    validator: (message: unknown) => object(appeal, readRecordDecision(message)),
  });
  setDefaultSignalHandler((name) => noteBadMessage(appeal, name));
  setDefaultUpdateHandler((name) => Promise.reject(refusalOf(appealRefusals.unknownUpdate(name))));
}

/** What is told stands in documents: it is enough to look. */
function heard(appeal: Case, message: unknown): void {
  if (isNews(message)) tell(appeal, { kind: 'pinged', at: Date.now() });
  else noteBadMessage(appeal, appealNews.name);
}

function noteBadMessage(appeal: Case, handler: string): void {
  tell(appeal, { kind: 'badMessage', at: Date.now(), handler: handler.slice(0, 64) });
}

const refusalOf = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, REFUSED);

/** Advisory: it sees the state before the messages that are still queued. The verdict of the step is what counts. */
function object(appeal: Case, read: ReadOrder | string): void {
  if (typeof read === 'string') throw refusalOf(appealRefusals.malformed(read));
  // What a validator refuses does not enter history: free text has no place there.
  if ('note' in read.order) throw refusalOf(appealRefusals.malformed('noteHash'));
  if (read.keys.key !== undefined || answeredBefore(appeal)) return;
  const objection = objectionTo(appeal.state, read.order, Date.now());
  if (objection !== undefined) throw refusalOf(objection);
}

const answeredBefore = (appeal: Case): AppealAnswered | undefined =>
  appeal.state.answered.find(({ id }) => id === currentUpdateInfo()?.id)?.verdict;

async function follow(appeal: Case, read: ReadOrder | string): Promise<AppealVerdict> {
  if (typeof read === 'string') throw refusalOf(appealRefusals.malformed(read));
  const earlier = answeredBefore(appeal);
  if (earlier !== undefined) return earlier;
  const { order, keys } = read;
  const id = currentUpdateInfo()?.id ?? '';
  const answered = await new Promise<AppealAnswered>((resolve) => {
    appeal.waiting.push(resolve);
    tell(appeal, { kind: 'ordered', at: Date.now(), order });
  });
  const verdict = { ...answered, ...(keys.bodyHash === undefined ? {} : { bodyHash: keys.bodyHash }) };
  // A refusal under a key is an answer too: the same key hears it again.
  if (keys.key !== undefined) {
    appeal.state.answered = [...appeal.state.answered, { id, verdict }].slice(-MOST_ANSWERS_KEPT);
  }
  return verdict;
}
