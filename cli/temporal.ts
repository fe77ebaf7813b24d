import { Client, Connection } from '@temporalio/client';
import { codecsOf } from '../engine/codecs';
import { PlainFailure } from '../engine/plain-failure';
import { cliFailures } from '../words/cli';
import type { TemporalAddress } from './surroundings';

/** Does some work with a client and closes its connection. `env` says where the keys of its orders are. */
export async function withTemporal<T>(
  { address, namespace, env = process.env }: TemporalAddress,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const payloadCodecs = codecsOf(env);
  const connection = await connect(address);
  try {
    return await work(new Client({ connection, namespace, dataConverter: { payloadCodecs } }));
  } finally {
    await connection.close();
  }
}

async function connect(address: string): Promise<Connection> {
  try {
    return await Connection.connect({ address, connectTimeout: '5 s' });
  } catch (error) {
    throw new PlainFailure(cliFailures.noTemporal(address), { cause: error });
  }
}
