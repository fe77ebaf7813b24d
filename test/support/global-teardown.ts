import { rm } from 'node:fs/promises';
import { takeSuite } from './suite';

/** Ends what the global setup began. A suite that is killed needs none of it: the server's supervisor sees that. */
export default async function globalTeardown(): Promise<void> {
  const suite = takeSuite();
  if (suite === undefined) return;
  await suite.server.stop(2_000);
  await rm(suite.folder, { recursive: true, force: true });
}
