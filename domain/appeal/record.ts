import type { AppealStatus } from './appeal';
import type { AppealState } from './state';
import type { FilingNumber } from './windows';

/** Writes a line of the case's story; what happens again and again, such as a reading that fails every day, is one line. */
export function remember(state: AppealState, line: AppealState['timeline'][number]): void {
  const last = state.timeline.at(-1);
  if (last?.what !== line.what || last.about !== line.about) state.timeline.push(line);
}

/** Changes the status, and has the order told of it. */
export function enter(state: AppealState, status: AppealStatus, at: number): void {
  if (state.status === status) return;
  state.status = status;
  const caseNumber = state.filings.at(-1)?.caseNumber;
  remember(state, { at, what: `status.${status}` });
  state.untold.notices.push({
    caseKey: state.caseKey,
    status,
    at,
    ...(caseNumber === undefined ? {} : { caseNumber }),
  });
}

/** Closes the case: nothing more is wanted but that everybody is told. */
export function close(state: AppealState, status: AppealStatus, at: number): void {
  enter(state, status, at);
  settleTasks(state);
  state.endedAt = at;
  delete state.window;
  delete state.graceUntil;
  delete state.readAt;
  state.mustRead = false;
  state.pausedUntil = {};
}

type Task = {
  about: 'appealLost' | 'appealFileByHand';
  filing: FilingNumber;
  at: number;
  detail: string;
  /** Which reminder it is; absent for the task itself. */
  tierMs?: number;
};

const DAY_MS = 24 * 3_600_000;

/** Gives people a task, once: the desk takes no key twice, so a second filing and each reminder have a key of their own. */
export function giveTask(state: AppealState, { about, filing, at, detail, tierMs }: Task): void {
  const key = [
    `appeal:${state.caseKey}:${about}`,
    ...(filing === 2 && about === 'appealFileByHand' ? ['2'] : []),
    ...(tierMs === undefined ? [] : [`${tierMs / DAY_MS}d`]),
  ].join(':');
  if (state.tasks.includes(key)) return;
  state.tasks.push(key);
  state.untold.raise.push({
    key,
    orderId: state.orderId,
    kind: 'task',
    about,
    raisedAt: at,
    ...(state.window === undefined ? {} : { dueAt: state.window.endsAt }),
    ...(tierMs === undefined ? {} : { tierMs }),
    detail,
  });
}

/** Takes every task back; one that nobody has been told of yet is simply not told. */
export function settleTasks(state: AppealState): void {
  const isUntold = (key: string): boolean => state.untold.raise.some((alert) => alert.key === key);
  state.untold.settle.push(...state.tasks.filter((key) => !isUntold(key)));
  state.untold.raise = [];
  state.tasks = [];
}
