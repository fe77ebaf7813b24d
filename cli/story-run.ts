import type { Command } from 'commander';
import { PlainFailure } from '../engine/plain-failure';
import { stories } from '../stories/index';
import { playStory } from '../stories/run';
import type { StoryReport } from '../stories/run';
import { cliFailures, helpWords } from '../words/cli';
import { isProductReady } from './api';
import { reasonOf, silenceOf } from './failure';
import type { Io } from './io';
import { withOwnProduct } from './own-product';
import { watchStory } from './story-progress';
import type { Watch } from './story-progress';
import { storyReportLines } from './story-report';
import { readSurroundings } from './surroundings';
import type { Surroundings } from './surroundings';
import { withTemporal } from './temporal';

/** `shipclock story run` */
export function addStoryRun(parent: Command, io: Io): void {
  parent
    .command('run')
    .description(helpWords.storyRun)
    .argument('<name>', helpWords.storyName)
    .option('--json', helpWords.json)
    .addHelpText('after', helpWords.storyRunMore)
    .action(async (name: string, { json }: { json?: true }) => {
      const report = await tellStory(name, io);
      if (json === true) io.out(JSON.stringify(report));
      else for (const line of storyReportLines(report)) io.out(line);
    });
}

/** On the product that runs here; where none does, on one of its own, so that the command works on a bare machine. */
async function tellStory(name: string, io: Io): Promise<StoryReport> {
  requireStory(name);
  const surroundings = readSurroundings(io.env);
  const play = (stage: Surroundings): Promise<StoryReport> => playOn(stage, name, io);
  return (await isProductReady(surroundings.apiUrl)) ? play(surroundings) : withOwnProduct(io, play);
}

/** Asked first: nobody should wait for a product to start and then hear of a typing mistake. */
function requireStory(name: string): void {
  const names = stories.map((story) => story.name);
  if (!names.includes(name)) throw new PlainFailure(cliFailures.unknownStory(name, names));
}

function playOn({ temporal, ...stage }: Surroundings, name: string, io: Io): Promise<StoryReport> {
  const say = (line: string): void => io.err(line);
  return withTemporal(temporal, async (client) => {
    let watch: Watch | undefined;
    const watchFrom = ({ shopId }: { shopId: string }): Promise<void> => {
      watch = watchStory({ apiUrl: stage.apiUrl, shopId, say });
      return Promise.resolve();
    };
    try {
      return (await playStory(name, { ...stage, client, say }, watchFrom)).report;
    } catch (error) {
      if (error instanceof PlainFailure || silenceOf(error) !== undefined) throw error;
      throw new PlainFailure(cliFailures.storyBroke(name, reasonOf(error)), { cause: error });
    } finally {
      await watch?.end();
    }
  });
}
