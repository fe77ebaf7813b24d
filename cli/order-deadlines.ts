import { timeLeft } from '../words/api';
import { cliWords } from '../words/cli';
import { minuteOf } from './instant';
import type { Deadline } from './order-answer';
import { tableLines } from './table';

/** What rule sets call a deadline that the platform alone names (`domain/time/plan.ts`). */
const PLATFORM_RULE = 'platform';

/** What passed and what is next: a limit that passed before a target that did, whichever was first. */
export function nextLines(agenda: readonly Deadline[], now: number): string[] {
  const unmet = agenda.filter(({ metAt }) => metAt === null).sort((one, other) => dueAt(one) - dueAt(other));
  const passed = unmet.filter(({ met }) => met === false);
  const worst = passed.find(isLimit) ?? passed[0];
  const next = unmet.find(({ met }) => met === null);
  if (worst === undefined && next === undefined) return [cliWords.noDeadline];
  return [...(worst === undefined ? [] : [passedLine(worst)]), ...(next === undefined ? [] : [nextLine(next, now)])];
}

const isLimit = ({ severity }: Deadline): boolean => severity === 'limit';

function passedLine(deadline: Deadline): string {
  const say = isLimit(deadline) ? cliWords.overdue : cliWords.targetPassed;
  return say(deadline.name, cliWords.utc(dueWords(deadline)));
}

const nextLine = (next: Deadline, now: number): string =>
  cliWords.nextDeadline(
    cliWords.ofKind(next.name, next.severity),
    cliWords.utc(dueWords(next)),
    timeLeft(dueAt(next) - now),
  );

/** Where the platform names an instant, that is what is due; ours is only what the rules come to. */
const dueAt = ({ at, platformAt }: Deadline): number => Date.parse(platformAt ?? at);

/** Only what our rules come to is provisional: the platform knows what it counts from. */
function dueWords({ at, platformAt, provisional }: Deadline): string {
  const when = minuteOf(platformAt ?? at);
  return provisional && platformAt === null ? cliWords.provisional(when) : when;
}

/** Every deadline with what became of it, and what the two kinds mean. */
export const deadlineLines = (agenda: readonly Deadline[], isOver: boolean): string[] => [
  ...tableLines(
    cliWords.deadlineColumns,
    agenda.map((deadline) => [
      deadline.name,
      deadline.severity,
      dueWords(deadline),
      stateOf(deadline, isOver),
      minuteOf(deadline.workBy),
      ruleOf(deadline),
    ]),
  ),
  cliWords.kindsOfDeadlines,
];

function stateOf({ met, metAt, severity }: Deadline, isOver: boolean): string {
  const { deadlineStates: states, targetStates } = cliWords;
  if (met === null) return isOver ? states.moot : states.open;
  if (met) return states.met;
  const { missed, late } = severity === 'limit' ? states : targetStates;
  return metAt === null ? missed : late;
}

/** Who says so. Where that is the platform, what our rule comes to stands beside it and claims nothing. */
function ruleOf({ at, platformAt, local, rule, provisional }: Deadline): string {
  const ours = provisional ? cliWords.provisional(local) : local;
  if (platformAt === null) return cliWords.ruleSays(rule, ours);
  if (rule === PLATFORM_RULE) return cliWords.platform;
  return minuteOf(at) === minuteOf(platformAt) ? cliWords.platformAgrees(rule) : cliWords.platformDiffers(rule, ours);
}
