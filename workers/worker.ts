import type { PayloadCodec } from '@temporalio/common';
import {
  bundleWorkflowCode,
  Worker,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { version } from '../package.json';
import { createActivities, type AllPorts } from '../activities';
import { faultsOfPhaseTable, FIRST_PHASE, NEXT } from '../domain/order/phase';

/** Enough for a shop's open orders on a laptop; an order that falls out of it is replayed, not lost. */
const MOST_CACHED_ORDERS = 2_000;

/** How workflows read their messages; replays need the same. */
export const PAYLOAD_CONVERTER = require.resolve('../workflows/payload-converter.ts');

export type OrderWorkerOptions = {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  ports: AllPorts;
  /** What stands between payloads and the server; the clients of these orders need the same. */
  payloadCodecs?: PayloadCodec[];
  /** Made ahead of time where many workers share one; otherwise bundled here. */
  workflowBundle?: WorkflowBundleOption;
  /** Which patches new steps of old workflows take; absent: all. An earlier build took none of them. */
  patchActivationCallback?: NonNullable<WorkerOptions['patchActivationCallback']>;
};

/** A worker that carries orders: workflows and activities of one task queue. */
export async function createOrderWorker(wish: OrderWorkerOptions): Promise<Worker> {
  const { ports, workflowBundle, payloadCodecs = [], ...options } = wish;
  const faults = faultsOfPhaseTable(NEXT, FIRST_PHASE);
  if (faults.length > 0) throw new Error(faults.join('; '));
  return Worker.create({
    ...options,
    workflowBundle: workflowBundle ?? (await bundleOrders()),
    activities: createActivities(ports),
    dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER, payloadCodecs },
    workerDeploymentOptions: {
      version: { deploymentName: 'shipclock', buildId: version },
      useWorkerVersioning: false,
    },
    maxCachedWorkflows: MOST_CACHED_ORDERS,
    shutdownGraceTime: '9 s',
    shutdownForceTime: '10 s',
  });
}

/**
 * The workflows as one script. Webpack's own chatter is left out, and so are the sources and the columns from its source map: a
 * stack trace needs names and lines, and every worker would carry the rest.
 */
export const bundleOrders = (): ReturnType<typeof bundleWorkflowCode> =>
  bundleWorkflowCode({
    workflowsPath: require.resolve('../workflows/index.ts'),
    payloadConverterPath: PAYLOAD_CONVERTER,
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-cheap-module-source-map' }),
    logger: { ...silent, log: silent.trace },
  });

const nothing = (): void => undefined;
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
