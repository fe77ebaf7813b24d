import { VARIABLE_OF } from '../adapters/settings/environment';
import type { EffectiveEnvironment } from '../adapters/settings/environment';
import type { Path } from '../adapters/settings/file';
import { sayPath } from '../adapters/settings/file';
import { valueOf } from '../adapters/settings/variables';
import { SECRET_KEYS, type SecretReference } from '../contracts/settings';
import { configWords } from '../words/settings';

/** One setting as it holds now. A secret is only said to be set or missing. */
export type EffectiveValue = { setting: string; value: string; from: string };

type Right = Extract<EffectiveEnvironment, { config: unknown }>;

/** Every setting that holds: those of the file with what they leave out, then those that only the environment has. */
export function effectiveValues(effective: Right, env: NodeJS.ProcessEnv): EffectiveValue[] {
  const { config, settings } = effective;
  const shared: Record<string, string> = VARIABLE_OF;
  const fromFile = leavesOf(settings, [])
    .filter(({ path }) => shared[sayPath(path)] === undefined)
    .map((leaf) => fileValue(leaf, effective, env));
  const known = Object.entries(VARIABLE_OF);
  const both = known.map(([setting, variable]) => sharedValue({ setting, variable }, effective, env));
  const ofEnvironment = Object.entries(config)
    .filter(([variable]) => !known.some(([, name]) => name === variable))
    .map(([variable, value]) => ({
      setting: variable,
      value: String(value),
      from: valueOf(env, variable) === undefined ? configWords.fromDefault : configWords.fromEnvironment(variable),
    }));
  return [...fromFile, ...both, ...ofEnvironment];
}

type Leaf = { path: Path; value: unknown };

function leavesOf(value: unknown, path: Path): Leaf[] {
  const isSecret = SECRET_KEYS.includes(String(path.at(-1)));
  const isList = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  if (isSecret || isList || typeof value !== 'object' || value === null)
    return value === undefined ? [] : [{ path, value }];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, part]) => leavesOf(part, [...path, key]));
}

function fileValue({ path, value }: Leaf, { file }: Right, env: NodeJS.ProcessEnv): EffectiveValue {
  const isWritten = at(file.value, path) !== undefined;
  return {
    setting: sayPath(path),
    value: sayValue(path, value, env),
    from: isWritten ? configWords.fromFile(file.lineOf(path)) : configWords.fromDefault,
  };
}

function sayValue(path: Path, value: unknown, env: NodeJS.ProcessEnv): string {
  if (SECRET_KEYS.includes(String(path.at(-1)))) {
    const { variable } = value as SecretReference;
    const isSet = valueOf(env, variable) !== undefined;
    return configWords.secret(variable, isSet);
  }
  if (Array.isArray(value)) return value.length === 0 ? configWords.none : value.join(', ');
  return String(value);
}

type Shared = { setting: string; variable: string };

function sharedValue({ setting, variable }: Shared, { config, file }: Right, env: NodeJS.ProcessEnv): EffectiveValue {
  const value = (config as Record<string, string | number | undefined>)[variable];
  const isWritten = at(file.value, setting.split('.')) !== undefined;
  const fromFile = isWritten ? configWords.fromFile(file.lineOf(setting.split('.'))) : configWords.fromDefault;
  return {
    setting,
    value: value === undefined ? configWords.none : String(value),
    from: valueOf(env, variable) === undefined ? fromFile : configWords.fromEnvironment(variable),
  };
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
