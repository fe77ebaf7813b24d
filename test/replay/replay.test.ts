import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { stories } from '../../stories';
import { PAYLOAD_CONVERTER } from '../../workers/worker';

const HISTORIES = join(__dirname, '..', 'histories');

/** Every released shape of a workflow left a history here: a build that cannot replay one would stop open orders. */
describe('kept histories', () => {
  const files = readdirSync(HISTORIES).filter((file) => file.endsWith('.json'));

  it('hold every story, and what is beside them', () => {
    const kept = new Set(files.map((file) => file.replace(/\.\d{4}-.*$/, '')));
    const wanted = stories.map(({ name }) => name);
    const beside = [
      ...['manifest', 'appeal', 'alerts'].map((kind) => `stall-appeal-lost-then-won.${kind}`),
      ...['combined-order.member', 'webhooks-all-lost.sweep', 'shop-deauthorised.account'],
    ];
    expect([...wanted, ...beside].filter((name) => !kept.has(name))).toEqual([]);
  });

  it.each(files)('%s replays', async (file) => {
    const codePath = process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '';
    const history: unknown = JSON.parse(readFileSync(join(HISTORIES, file), 'utf8'));
    await Worker.runReplayHistory(
      { workflowBundle: { codePath }, dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER } },
      history,
    );
  });
});
