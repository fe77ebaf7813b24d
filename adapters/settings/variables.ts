import { REFERENCE, SECRET_KEYS } from '../../contracts/settings';
import { settingsMistakes } from '../../words/settings';
import type { Path } from './file';

export type Unset = { path: Path; sentence: string };

/**
 * Puts environment variables in the place of `${NAME}`, but for secrets: those stay what they are called, so that a file can be
 * checked and shown where they are not set, and so that no secret is in any mistake.
 * @returns A copy, and the variables that are named and not set.
 */
export function fillIn(value: unknown, env: NodeJS.ProcessEnv): { value: unknown; unset: Unset[] } {
  const unset: Unset[] = [];
  const fill = (part: unknown, path: Path): unknown => {
    if (Array.isArray(part)) return part.map((item, index) => fill(item, [...path, index]));
    if (typeof part === 'object' && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, fill(item, [...path, key])]));
    }
    const variable = typeof part === 'string' ? REFERENCE.exec(part)?.[1] : undefined;
    if (variable === undefined || SECRET_KEYS.includes(String(path.at(-1)))) return part;
    const found = valueOf(env, variable);
    if (found === undefined) unset.push({ path, sentence: settingsMistakes.unset(variable) });
    return found ?? part;
  };
  return { value: fill(value, []), unset };
}

/** A variable's value; an empty one is as good as none, as compose files and shells write it. */
export const valueOf = (env: NodeJS.ProcessEnv, variable: string): string | undefined => {
  const text = env[variable]?.trim();
  return text === '' ? undefined : text;
};
