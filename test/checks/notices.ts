import { playStory, type StoryReport } from '../../stories/run';
import { stories } from '../../stories';
import type { Floor } from '../support/floor';
import { missingAlerts } from './alerts';
import { must, type Check, type Figures } from './check';

const COPIES = 3;
/** A sample takes every so many stories. */
const SAMPLE_STEP = 6;

/**
 * Every notice comes three times: no effect and no alert is had twice, and every missed deadline was warned of before. What a story
 * has when each notice comes once is the measure; a sample leaves that to the stories' own test.
 */
export const notices: Check = async (floor, size) => {
  const figures: Figures = {};
  const taken = size === 'all' ? stories : stories.filter((_, index) => index % SAMPLE_STEP === 0);
  for (const { name } of taken) {
    const report = await played(floor, name, COPIES);
    must(`${name}: alerts that are missing or twice`, missingAlerts(report), []);
    if (size === 'all') mustEqual(report, await played(floor, name, 1));
    const missed = report.deadlines.filter(({ met }) => met === false).length;
    figures[name] = `${report.effects.length} effects, ${missed} missed, ${report.alerts.length} alerts`;
  }
  return figures;
};

const played = async (floor: Floor, name: string, copies: number): Promise<StoryReport> =>
  (await playStory(name, floor, (stage) => stage.control('POST', '/webhook-faults', { copies }))).report;

function mustEqual(thrice: StoryReport, once: StoryReport): void {
  must(`${thrice.story}: outcome`, thrice.outcome, once.outcome);
  must(`${thrice.story}: effects`, effectsOf(thrice), effectsOf(once));
  must(`${thrice.story}: alerts`, alertsOf(thrice), alertsOf(once));
}

/** By their kinds: orders and labels have other numbers each time. */
const effectsOf = ({ effects }: StoryReport): string[] => effects.map(({ kind }) => kind).sort();

const alertsOf = ({ alerts }: StoryReport): string[] =>
  alerts.map(({ kind, about, tierMs }) => `${kind} ${about} ${tierMs ?? ''}`).sort();
