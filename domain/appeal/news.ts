import type { AppealNews } from './appeal';
import { close, remember } from './record';
import type { AppealState } from './state';
import { windowOf } from './windows';

/** Takes in what the order tells. Each kind counts once; news about a case that is over is only history. */
export function foldNews(state: AppealState, news: AppealNews): void {
  if (state.endedAt !== undefined) return;
  switch (news.kind) {
    case 'opened':
      if (state.opening !== undefined) return;
      state.opening = news.opening;
      state.openedAt = news.at;
      return remember(state, { at: news.at, what: 'opened', about: news.opening.trackingNumber });
    case 'limitBroken':
      if (state.limitBroken !== undefined) return;
      state.limitBroken = { deadline: news.deadline, at: news.at };
      state.window = windowOf(1, news.at);
      return remember(state, { at: news.at, what: 'limitBroken', about: news.deadline });
    case 'moved':
      return foldMoved(state, news.at);
    case 'over':
      if (!isLost(state, news.at)) close(state, 'unfiled', news.at);
      return remember(state, { at: news.at, what: 'over' });
  }
}

/** A parcel that moves before a limit breaks needs no appeal. Later it changes nothing: the limit broke all the same. */
function foldMoved(state: AppealState, at: number): void {
  if (state.movedAt !== undefined) return;
  state.movedAt = at;
  remember(state, { at, what: 'moved' });
  if (!isLost(state, at)) close(state, 'unfiled', at);
}

/** Whether there is something to recover: a limit broke before that instant, or an appeal says so already. */
const isLost = ({ limitBroken, filings }: AppealState, at: number): boolean =>
  filings.length > 0 || (limitBroken !== undefined && limitBroken.at <= at);
