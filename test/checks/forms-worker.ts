import { appendFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { z } from 'zod';
import type { AllPorts } from '../../activities';
import { defaultNamespace } from '../../engine/settings';
import { portsOf } from '../../workers/ports';
import { createOrderWorker } from '../../workers/worker';
import { manifestChanged } from '../../workflows/messages';
import { keyringIn } from '../support/keys';
import { POINTS, standingStill } from './forms-points';

/** What the parent asks for. `dooms`: where its work stands still; `most`: how many parcels a form takes, whatever its provider says. */
const Wish = z.object({
  address: z.string(),
  taskQueue: z.string(),
  documentsDir: z.string(),
  codePath: z.string(),
  heardFile: z.string(),
  dooms: z.array(z.object({ account: z.string(), point: z.enum(POINTS), tellings: z.number() })),
  most: z.number().optional(),
});
export type WorkerWish = z.infer<typeof Wish>;

/** What it tells its parent. */
export type WorkerNews = { ready: true } | { reached: string } | { peakMemoryMb: number };

const KB_IN_MB = 1024;

const say = (news: WorkerNews): void => void process.send?.(news);

/** A worker of the product's own workflows and activities, in a process that can be killed where it stands. */
async function main(): Promise<void> {
  const wish = Wish.parse(JSON.parse(process.env['SHIPCLOCK_FORMS_WORKER'] ?? '{}'));
  const { address, taskQueue, documentsDir, codePath } = wish;
  // Attempts fail here on purpose, and all that matters is told.
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }), namespace: defaultNamespace });
  const ports = portsOf({ documentsDir, client, taskQueue, keyring: await keyringIn(documentsDir) });
  const worker = await createOrderWorker({
    ...{ connection, namespace: defaultNamespace, taskQueue },
    ports: standingStill(overheard(limited(ports, wish.most), wish.heardFile), wish.dooms, (reached) =>
      say({ reached }),
    ),
    workflowBundle: { codePath },
  });
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => {
    if (message === 'memory') say({ peakMemoryMb: Math.round(process.resourceUsage().maxRSS / KB_IN_MB) });
  });
  const running = worker.run();
  say({ ready: true });
  await running;
}

/** Writes down what orders are told: they are not there to be asked. */
const overheard = (ports: AllPorts, file: string): AllPorts => ({
  ...ports,
  neighbours: {
    ...ports.neighbours,
    signal: async (message) => {
      const answer = await ports.neighbours.signal(message);
      const orderId = message.workflowId.slice(message.workflowId.lastIndexOf(':') + 1);
      if (message.signal.name === manifestChanged.name)
        appendFileSync(file, `${JSON.stringify({ orderId, notice: message.payload })}\n`);
      return answer;
    },
  },
});

const limited = (ports: AllPorts, most: number | undefined): AllPorts =>
  most === undefined ? ports : { ...ports, formsOf: (shop, account) => ({ ...ports.formsOf(shop, account), most }) };

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`, () =>
    process.exit(1),
  );
});
