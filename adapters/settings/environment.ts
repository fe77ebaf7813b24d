import { dirname, resolve } from 'node:path';
import { Config } from '../../contracts/config';
import type { Settings } from '../../contracts/settings';
import { settingsMistakes } from '../../words/settings';
import type { Mistake, WrittenSettings } from './file';
import { readSettings, type SettingsWish } from './read';
import { valueOf } from './variables';

/** Which setting of the file stands for which environment variable; the variable wins where both are there. */
export const VARIABLE_OF = {
  publicUrl: 'SHIPCLOCK_PUBLIC_URL',
  'public.host': 'SHIPCLOCK_PUBLIC_HOST',
  'public.port': 'SHIPCLOCK_PUBLIC_PORT',
  'encryption.enabled': 'SHIPCLOCK_ENCRYPTION',
  logLevel: 'SHIPCLOCK_LOG_LEVEL',
  'documents.dir': 'SHIPCLOCK_DOCUMENTS_DIR',
} as const;

/** What the file says, as the environment would. A relative folder begins where the file lies. */
function environmentOf(settings: Settings, path: string | undefined): Record<string, string> {
  const { publicUrl, public: door, encryption, logLevel, documents } = settings;
  const values: Record<keyof typeof VARIABLE_OF, string | undefined> = {
    publicUrl,
    'public.host': door?.host,
    'public.port': door === undefined ? undefined : String(door.port),
    'encryption.enabled': encryption === undefined ? undefined : encryption.enabled ? 'on' : 'off',
    logLevel,
    'documents.dir': documents === undefined ? undefined : resolve(dirname(path ?? '.'), documents.dir),
  };
  return Object.fromEntries(
    Object.entries(VARIABLE_OF).flatMap(([setting, variable]) => {
      const value = values[setting as keyof typeof VARIABLE_OF];
      return value === undefined ? [] : [[variable, value]];
    }),
  );
}

export type EffectiveEnvironment =
  | { env: NodeJS.ProcessEnv; config: Config; settings: Settings; path: string | undefined; file: WrittenSettings }
  | { mistakes: Mistake[]; path: string | undefined };

/**
 * The environment of a process with what the configuration file adds to it: what a worker and an API read at their start. A variable
 * that is set wins over the file, and an empty one is as good as none.
 */
export async function effectiveEnvironment(wish: SettingsWish): Promise<EffectiveEnvironment> {
  const read = await readSettings(wish);
  if ('mistakes' in read) return read;
  const { settings, path, file } = read;
  const set = Object.entries(wish.env).filter(([name]) => valueOf(wish.env, name) !== undefined);
  const env = { ...environmentOf(settings, path), ...Object.fromEntries(set) };
  const parsed = Config.safeParse(env);
  if (parsed.success) return { env, config: parsed.data, settings, path, file };
  const mistakes = parsed.error.issues.map((issue) => ({
    path: '',
    sentence: settingsMistakes.notEnvironment(String(issue.path[0]), issue.message),
  }));
  return { mistakes, path: undefined };
}
