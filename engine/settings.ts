import { resolve } from 'node:path';
import { engineWords } from '../words/engine';
import { PlainFailure } from './plain-failure';
import type { WantedPort } from './ports';

/** Everything listens here: the embedded engine has no passwords, so it must not be seen from outside. */
export const host = '127.0.0.1';

/** The namespace of orders, in the embedded engine and by default in a cluster. */
export const defaultNamespace = 'shipclock';

/** Where the embedded product keeps its state and listens. */
export interface EngineSettings {
  readonly home: string;
  readonly apiPort: number;
  readonly sandboxPort: number;
  readonly temporalPort: number;
  readonly temporalUiPort: number;
}

const ports = {
  apiPort: ['SHIPCLOCK_API_PORT', 8080],
  sandboxPort: ['SHIPCLOCK_SANDBOX_PORT', 8090],
  temporalPort: ['SHIPCLOCK_TEMPORAL_PORT', 7233],
  temporalUiPort: ['SHIPCLOCK_TEMPORAL_UI_PORT', 8233],
} as const;

type PortName = keyof typeof ports;

/** Reads the settings from the environment; a port that is none, or the same port twice, is refused with a sentence. */
export function readSettings(env: NodeJS.ProcessEnv, projectDir: string): EngineSettings {
  const home = env['SHIPCLOCK_HOME'] ?? '';
  const settings = {
    home: resolve(projectDir, home === '' ? '.shipclock' : home),
    apiPort: readPort(env, 'apiPort'),
    sandboxPort: readPort(env, 'sandboxPort'),
    temporalPort: readPort(env, 'temporalPort'),
    temporalUiPort: readPort(env, 'temporalUiPort'),
  };
  const wanted = wantedPorts(settings);
  for (const [index, { port, setting }] of wanted.entries()) {
    const twin = wanted.slice(index + 1).find((other) => other.port === port);
    if (twin !== undefined) throw new PlainFailure(engineWords.samePort(setting, twin.setting, port));
  }
  return settings;
}

/** The ports that must be free, each with the setting that moves it. */
export function wantedPorts(settings: EngineSettings): WantedPort[] {
  const names: PortName[] = ['apiPort', 'sandboxPort', 'temporalPort', 'temporalUiPort'];
  return names.map((name) => ({ port: settings[name], setting: ports[name][0] }));
}

function readPort(env: NodeJS.ProcessEnv, name: PortName): number {
  const [setting, usual] = ports[name];
  const text = env[setting] ?? '';
  if (text === '') return usual;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new PlainFailure(engineWords.notAPort(setting, text));
  return port;
}
