import { dirname, join, resolve } from 'node:path';
import { PlainFailure } from '../engine/plain-failure';
import { urlsOf } from '../engine/product-addresses';
import { defaultNamespace, readSettings } from '../engine/settings';
import { cliFailures } from '../words/cli';

/** Where the project lies; relative paths in settings begin here, as they do at `npm start`. */
export const projectDir = dirname(__dirname);

/** Where the parts of the running product are. */
export interface Surroundings {
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  readonly documentsDir: string;
  readonly temporal: TemporalAddress;
}

/** A Temporal server, and the namespace of the orders in it. */
export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
  /** Where its orders' keys are; this process's environment if left out. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Reads them from the environment; what is not set is where `npm start` puts it. */
export function readSurroundings(env: NodeJS.ProcessEnv): Surroundings {
  const settings = readSettings(env, projectDir);
  const urls = urlsOf(settings);
  const read = (name: string, usual: string): string => env[name]?.trim() || usual;
  const readUrl = (name: string, usual: string): string => urlOf(name, read(name, usual));
  return {
    apiUrl: readUrl('SHIPCLOCK_API_URL', urls.api),
    sandboxUrl: readUrl('SHIPCLOCK_SANDBOX_URL', urls.sandbox),
    documentsDir: resolve(projectDir, read('SHIPCLOCK_DOCUMENTS_DIR', join(settings.home, 'documents'))),
    temporal: {
      address: read('TEMPORAL_ADDRESS', urls.temporal),
      namespace: read('TEMPORAL_NAMESPACE', defaultNamespace),
    },
  };
}

function urlOf(setting: string, text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new PlainFailure(cliFailures.notAUrl(setting, text));
  return text.replace(/\/+$/, '');
}
