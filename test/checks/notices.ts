import { playStory } from '../../stories/run';
import { stories } from '../../stories';
import { missingAlerts } from './alerts';
import { must, type Check, type Figures } from './check';

const COPIES = 3;
/** A sample takes every so many stories. */
const SAMPLE_STEP = 6;

/** Every notice comes three times: no effect and no alert is had twice, and every missed deadline was warned of before. */
export const notices: Check = async (floor, size) => {
  const figures: Figures = {};
  const taken = size === 'all' ? stories : stories.filter((_, index) => index % SAMPLE_STEP === 0);
  for (const { name } of taken) {
    const { report } = await playStory(name, floor, (stage) =>
      stage.control('POST', '/webhook-faults', { copies: COPIES }),
    );
    must(`${name}: alerts that are missing or twice`, missingAlerts(report), []);
    const missed = report.deadlines.filter(({ met }) => met === false).length;
    figures[name] = `${report.effects.length} effects, ${missed} missed, ${report.alerts.length} alerts`;
  }
  return figures;
};
