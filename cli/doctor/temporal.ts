import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { searchAttributeTypes } from '../../engine/namespace';
import { checkNames, partFindings as says } from '../../words/doctor';
import { fail, ok, type Check, type Verdict } from './finding';
import type { Scene } from './scene';

/** Shorter than a check may take, so that this one tells of the silence itself. */
const CONNECT_WITHIN_MS = 3_000;

/** A worker that lives asks again at least every 70 s: Temporal ends each long poll within a minute. */
const WORKER_SEEN_WITHIN_MS = 75_000;

const DAY_S = 86_400;
const INVALID_ARGUMENT = 3;

type Server = { address: string; connection: Connection; client: Client; namespace: string };

/** Temporal, our namespace in it, what orders are searched by, and whether anybody works. One connection serves all four. */
export function temporalChecks(scene: Scene): { checks: Check[]; close: () => Promise<void> } {
  const place = placeOf(scene);
  const server = connect(place);
  const withServer = (look: (server: Server) => Promise<Verdict>) => async (): Promise<Verdict[]> => {
    const found = await server;
    return found === undefined ? [] : [await look(found)];
  };
  const taskQueue = scene.env['SHIPCLOCK_TASK_QUEUE']?.trim() || 'shipclock';
  return {
    checks: [
      { subject: checkNames.temporal, look: async () => [await lookAtServer(await server, place.address)] },
      { subject: checkNames.namespace, look: withServer(lookAtNamespace) },
      { subject: checkNames.attributes, look: withServer(lookAtAttributes) },
      { subject: checkNames.worker, look: withServer((found) => lookAtWorkers(found, taskQueue)) },
    ],
    close: async () => {
      await (await server)?.connection.close();
    },
  };
}

type Place = { options: ConnectionOptions; address: string; namespace: string };

/** A person's own Temporal profile counts only where something of it was asked for: the embedded product never reads it. */
function placeOf({ env, temporal }: Scene): Place {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const isNamed = set.some(([name]) => name.startsWith('TEMPORAL_'));
  const { connectionOptions, namespace = temporal.namespace } = loadClientConnectConfig({
    overrideEnvVars: Object.fromEntries(set),
    disableFile: !isNamed,
  });
  return { options: connectionOptions, address: connectionOptions.address ?? temporal.address, namespace };
}

async function connect({ options, address, namespace }: Place): Promise<Server | undefined> {
  try {
    const connection = await Connection.connect({ ...options, address, connectTimeout: CONNECT_WITHIN_MS });
    return { address, connection, client: new Client({ connection, namespace }), namespace };
  } catch {
    return undefined;
  }
}

async function lookAtServer(server: Server | undefined, address: string): Promise<Verdict> {
  if (server === undefined) return fail(says.noTemporal(address), says.noTemporalToDo);
  const { serverVersion } = await server.connection.workflowService.getSystemInfo({});
  return ok(says.temporal(address, serverVersion));
}

async function lookAtNamespace({ connection, namespace }: Server): Promise<Verdict> {
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    const retainedS = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
    return ok(says.namespace(namespace, Math.round(retainedS / DAY_S)));
  } catch {
    return fail(says.noNamespace(namespace), says.noNamespaceToDo);
  }
}

/** By a query that names each: the only proof that also holds on Temporal Cloud, which has no list of them for clients. */
async function lookAtAttributes({ client, namespace }: Server): Promise<Verdict> {
  const names = Object.entries(searchAttributeTypes);
  const query = names.map(([name, type]) =>
    type === 'Datetime' ? `${name} > '2020-01-01T00:00:00Z'` : `${name} = ''`,
  );
  try {
    await client.workflow.count(query.join(' AND '));
    return ok(says.attributes(names.length));
  } catch (error) {
    if ((error as { code?: unknown }).code !== INVALID_ARGUMENT) throw error;
    return fail(says.noAttributes(namespace), says.noAttributesToDo);
  }
}

async function lookAtWorkers({ connection, namespace }: Server, taskQueue: string): Promise<Verdict> {
  const { pollers } = await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue } });
  // The server tells of pollers for five minutes after they have gone.
  const since = Date.now() - WORKER_SEEN_WITHIN_MS;
  const living = pollers.filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= since);
  if (living.length === 0) return fail(says.noWorker(taskQueue), says.noWorkerToDo);
  return ok(says.worker(new Set(living.map(({ identity }) => identity)).size, taskQueue));
}
