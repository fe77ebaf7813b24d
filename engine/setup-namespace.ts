import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { engineWords } from '../words/engine';
import { setUpNamespace } from './namespace';

// A job for a cluster that is not ours to start: docker compose and any production deployment run it before the workers.
async function main(): Promise<void> {
  const { connectionOptions, namespace = 'shipclock' } = loadClientConnectConfig();
  const connection = await Connection.connect(connectionOptions);
  await setUpNamespace(connection, { namespace });
  await connection.close();
  process.stdout.write(`${engineWords.namespaceReady(namespace)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${engineWords.namespaceFailed(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 1;
});
