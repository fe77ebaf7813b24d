import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { stories } from '../../stories';
import { PAYLOAD_CONVERTER } from '../../workers/worker';

const HISTORIES = join(__dirname, '..', 'histories');

/** Every released shape of a workflow left a history here: a build that cannot replay one would stop open orders. */
describe('kept histories', () => {
  const files = readdirSync(HISTORIES).filter((file) => file.endsWith('.json'));
  const outcomes = new Map<string, Error | undefined>();

  // One worker for all of them: to begin one takes longer than to replay a history.
  beforeAll(async () => {
    const codePath = process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '';
    const replayed = Worker.runReplayHistories(
      { workflowBundle: { codePath }, dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER } },
      files.map((file) => ({ workflowId: file, history: readHistory(file) })),
    );
    for await (const { workflowId, error } of replayed) outcomes.set(workflowId, error);
  }, 300_000);

  it('hold every story, and what is beside them', () => {
    const kept = new Set(files.map((file) => file.replace(/\.\d{4}-.*$/, '')));
    const wanted = stories.map(({ name }) => name);
    const beside = [
      ...['manifest', 'appeal', 'alerts'].map((kind) => `stall-appeal-lost-then-won.${kind}`),
      ...['combined-order.member', 'webhooks-all-lost.sweep', 'shop-deauthorised.account'],
    ];
    expect([...wanted, ...beside].filter((name) => !kept.has(name))).toEqual([]);
  });

  it.each(files)('%s replays', (file) => {
    expect(outcomes.has(file)).toBe(true);
    expect(outcomes.get(file)).toBeUndefined();
  });
});

const readHistory = (file: string): unknown => JSON.parse(readFileSync(join(HISTORIES, file), 'utf8')) as unknown;
