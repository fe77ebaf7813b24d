import type { StoryReport } from '../stories/run';
import { cliWords } from '../words/cli';
import { secondOf } from './instant';
import { section, tableLines } from './table';

type StoryDeadline = StoryReport['deadlines'][number];

/** A story's report as people read it. */
export function storyReportLines({ story, shop, outcome, appeal, ...happened }: StoryReport): string[] {
  const { phases, deadlines, effects, orders, alerts } = happened;
  return [
    cliWords.storyEnded(story, outcome, shop),
    cliWords.appeal(appeal),
    ...orders.flatMap(({ order, shipOn }) => (shipOn === null ? [] : [cliWords.shipsOn(order, shipOn)])),
    ...rows(
      cliWords.phases,
      phases.map(({ phase, at }) => [secondOf(at), phase]),
    ),
    ...rows(
      cliWords.storyDeadlines,
      deadlines.map((deadline) => [secondOf(deadline.at), deadline.name, stateOf(deadline), deadline.order]),
    ),
    ...rows(
      cliWords.storyAlerts,
      alerts.map(({ raisedAt, kind, about, orderId }) => [secondOf(raisedAt), kind, about, orderId]),
    ),
    ...rows(
      cliWords.effects,
      effects.map(({ kind, at, ref, order }) => [secondOf(at), kind, ref, order ?? '']),
    ),
    ...[...new Set(deadlines.map(({ order }) => order))].map((order) => cliWords.lookAt(shop, order)),
  ];
}

function stateOf({ met }: StoryDeadline): string {
  const { deadlineStates: states } = cliWords;
  if (met === null) return states.moot;
  return met ? states.met : states.missed;
}

function rows(heading: string, cells: readonly (readonly string[])[]): string[] {
  const [first, ...rest] = cells;
  return section(heading, first === undefined ? [cliWords.nothing] : tableLines(first, rest));
}
