import { doctorWords } from '../../words/doctor';
import type { Finding } from './finding';

const GAP = '  ';

/** The report for a terminal: a line for each finding, and what to do below it, under what was found. */
export function reportLines(findings: readonly Finding[]): string[] {
  const widest = Math.max(0, ...findings.map(({ subject }) => subject.length));
  const margin = ' '.repeat('fail'.length + GAP.length + widest + GAP.length);
  const lines = findings.flatMap(({ status, subject, found, todo }) => [
    [status.padEnd('fail'.length), subject.padEnd(widest), found].join(GAP),
    ...(todo === undefined ? [] : [`${margin}${doctorWords.toDo(todo)}`]),
  ]);
  return [...lines, '', doctorWords.summary(count(findings, 'fail'), count(findings, 'warn'), count(findings, 'ok'))];
}

/** How many findings have a status. */
export const count = (findings: readonly Finding[], status: Finding['status']): number =>
  findings.filter((finding) => finding.status === status).length;
