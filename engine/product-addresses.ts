import { join } from 'node:path';
import { defaultNamespace, host } from './settings';
import type { EngineSettings } from './settings';
import type { StatePaths } from './state-folder';

/** Where the parts of the embedded product answer. */
export interface ProductUrls {
  readonly api: string;
  readonly sandbox: string;
  readonly temporal: string;
  readonly temporalUi: string;
}

export function urlsOf(settings: EngineSettings): ProductUrls {
  return {
    api: `http://${host}:${settings.apiPort}`,
    sandbox: `http://${host}:${settings.sandboxPort}`,
    temporal: `${host}:${settings.temporalPort}`,
    temporalUi: `http://${host}:${settings.temporalUiPort}`,
  };
}

interface ChildSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly settings: EngineSettings;
  readonly paths: StatePaths;
  readonly urls: ProductUrls;
}

/** What the children know of their surroundings: the environment of this process, with ours on top. */
export function childEnvironment({ env, settings, paths, urls }: ChildSurroundings): NodeJS.ProcessEnv {
  // A person's own Temporal profile (an API key, TLS, another cluster) must not leak into the embedded product.
  const others = Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_'));
  return {
    ...Object.fromEntries(others),
    // No such file: a person's own profile is for their own cluster. An empty one would be an error.
    TEMPORAL_CONFIG_FILE: join(paths.home, 'no-temporal-profile.toml'),
    TEMPORAL_ADDRESS: urls.temporal,
    TEMPORAL_NAMESPACE: defaultNamespace,
    SHIPCLOCK_HOME: paths.home,
    SHIPCLOCK_API_PORT: String(settings.apiPort),
    SHIPCLOCK_API_URL: urls.api,
    SHIPCLOCK_SANDBOX_PORT: String(settings.sandboxPort),
    SHIPCLOCK_SANDBOX_URL: urls.sandbox,
    SHIPCLOCK_SANDBOX_DIR: paths.sandbox,
    SHIPCLOCK_DOCUMENTS_DIR: paths.documents,
    SHIPCLOCK_TEMPORAL_UI_URL: urls.temporalUi,
    // Node's local zone leaks into Date and Intl; one zone for all keeps workers from disagreeing.
    TZ: 'UTC',
  };
}
