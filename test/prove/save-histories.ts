import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { playStory, type Played } from '../../stories/run';
import { stories } from '../../stories';
import { orderWorkflowId } from '../../workflows/messages';
import { accountWorkflowId } from '../../workflows/messages-account';
import { alertDeskWorkflowId } from '../../workflows/messages-alerts';
import { appealWorkflowId } from '../../workflows/messages-appeal';
import { sweepWorkflowId } from '../../workflows/messages-sweep';
import type { Check } from '../checks/check';
import { decodedHistory } from '../support/decoded-history';
import type { Floor } from '../support/floor';

const FOLDER = join(__dirname, '..', 'histories');

const caseOf = (packages: Packages): string => Object.values(packages)[0]?.appeal?.caseKey ?? '';

const formsOf = async ({ stage, orders: [first = ''] }: Played): Promise<[string, string][]> =>
  Object.values((await stage.view(first)).packages).flatMap(({ manifest }): [string, string][] =>
    manifest.id === undefined ? [] : [['manifest', manifest.id]],
  );

type Packages = Awaited<ReturnType<Played['stage']['view']>>['packages'];

/** The stories whose other workflows are kept beside their first order. */
const BESIDE: Record<string, (played: Played) => Promise<[string, string][]>> = {
  'stall-appeal-lost-then-won': async ({ stage, orders: [first = ''] }) => {
    const { packages } = await stage.view(first);
    const manifests = Object.values(packages).flatMap(({ manifest }) => manifest.id ?? []);
    return [
      ...manifests.map((id): [string, string] => ['manifest', id]),
      ['appeal', appealWorkflowId(stage.shopId, caseOf(packages))],
      ['alerts', alertDeskWorkflowId(stage.shopId)],
    ];
  },
  'platform-cancel-after-handover': async ({ stage, orders: [first = ''] }) => [
    ['appeal', appealWorkflowId(stage.shopId, caseOf((await stage.view(first)).packages))],
  ],
  'tiktok-usps-form-by-hand': formsOf,
  'form-of-the-day': formsOf,
  'combined-order': ({ stage, orders }) =>
    Promise.resolve([['member', orderWorkflowId(stage.shopId, orders[1] ?? '')]]),
  'webhooks-all-lost': ({ stage }) => Promise.resolve([['sweep', sweepWorkflowId(stage.shopId)]]),
  'shop-deauthorised': ({ stage }) => Promise.resolve([['account', accountWorkflowId(stage.shopId)]]),
};

/**
 * Plays every story and keeps its history beside those that are there. A kept history is never replaced: orders that are
 * open today were begun by the code of then. Run when a workflow's commands change, or a story is new.
 */
export const saveHistories: Check = async (floor) => {
  const kept: string[] = [];
  const keep = async (stem: string, workflowId: string): Promise<void> =>
    void kept.push(await save(floor, stem, workflowId));
  for (const { name } of stories) {
    const played = await playStory(name, floor);
    await keep(name, orderWorkflowId(played.stage.shopId, played.orders[0] ?? ''));
    for (const [kind, id] of (await BESIDE[name]?.(played)) ?? []) await keep(`${name}.${kind}`, id);
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
