import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { openStage } from '../../stories/stage';
import { stories } from '../../stories';
import { orderWorkflowId } from '../../workflows/messages';
import type { Check } from '../checks/check';

const FOLDER = join(__dirname, '..', 'histories');

/**
 * Plays every story and keeps its history beside those that are there. A kept history is never replaced: orders that are
 * open today were begun by the code of then. Run when a workflow's commands change, or a story is new.
 */
export const saveHistories: Check = async (floor) => {
  const day = new Date().toISOString().slice(0, 10);
  const kept: string[] = [];
  for (const story of stories) {
    const stage = await openStage(floor);
    const [orderId = ''] = await story.play(stage);
    const history = await floor.client.workflow.getHandle(orderWorkflowId(stage.shopId, orderId)).fetchHistory();
    const name = freeName(`${story.name}.${day}`);
    writeFileSync(join(FOLDER, name), `${historyToJSON(history)}\n`);
    kept.push(name);
  }
  return { kept: kept.join(' ') };
};

function freeName(stem: string): string {
  const taken = new Set(readdirSync(FOLDER));
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${stem}.json` : `${stem}-${n}.json`;
    if (!taken.has(name)) return name;
  }
}
