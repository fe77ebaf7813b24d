import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { playStory } from '../../stories/run';
import { stories } from '../../stories';
import { orderWorkflowId } from '../../workflows/messages';
import { alertDeskWorkflowId } from '../../workflows/messages-alerts';
import { appealWorkflowId, caseKeyOf } from '../../workflows/messages-appeal';
import type { Check } from '../checks/check';
import { decodedHistory } from '../support/decoded-history';
import type { Floor } from '../support/floor';

const FOLDER = join(__dirname, '..', 'histories');

/** The story whose form, appeal and alerts are kept beside its order. */
const WITH_NEIGHBOURS = 'stall-appeal-lost-then-won';

/**
 * Plays every story and keeps its history beside those that are there. A kept history is never replaced: orders that are
 * open today were begun by the code of then. Run when a workflow's commands change, or a story is new.
 */
export const saveHistories: Check = async (floor) => {
  const kept: string[] = [];
  const keep = async (stem: string, workflowId: string): Promise<void> =>
    void kept.push(await save(floor, stem, workflowId));
  for (const { name } of stories) {
    const { stage, orders } = await playStory(name, floor);
    const [first = ''] = orders;
    await keep(name, orderWorkflowId(stage.shopId, first));
    if (name !== WITH_NEIGHBOURS) continue;
    const { packages } = await stage.view(first);
    const manifests = Object.values(packages).flatMap(({ manifest }) => manifest.id ?? []);
    for (const id of manifests) await keep(`${name}.manifest`, id);
    await keep(`${name}.appeal`, appealWorkflowId(stage.shopId, caseKeyOf(first, '1')));
    await keep(`${name}.alerts`, alertDeskWorkflowId(stage.shopId));
  }
  return { kept: kept.join(' ') };
};

async function save({ client }: Floor, stem: string, workflowId: string): Promise<string> {
  const history = await decodedHistory(client, await client.workflow.getHandle(workflowId).fetchHistory());
  const name = freeName(`${stem}.${new Date().toISOString().slice(0, 10)}`);
  // On one line: nobody reads these, and there are many. Stack traces of failed attempts name the
  // folder they were run in.
  const text = JSON.stringify(JSON.parse(historyToJSON(history))).replace(/"stackTrace":"[^"]*"/g, '"stackTrace":""');
  writeFileSync(join(FOLDER, name), `${text}\n`);
  return name;
}

function freeName(stem: string): string {
  const names = [`${stem}.json`, ...Array.from({ length: 99 }, (_, i) => `${stem}.${i + 2}.json`)];
  return names.find((name) => !existsSync(join(FOLDER, name))) ?? `${stem}.json`;
}
