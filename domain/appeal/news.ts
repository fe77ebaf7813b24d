import type { AppealNews } from './appeal';
import { remember } from './record';
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
      if (state.movedAt !== undefined) return;
      state.movedAt = news.at;
      return remember(state, { at: news.at, what: 'moved' });
    case 'over':
      state.overAt ??= news.at;
      return remember(state, { at: news.at, what: 'over' });
  }
}
