import { resolve } from 'node:path';
import { effectiveEnvironment } from '../adapters/settings/environment';
import type { EffectiveEnvironment } from '../adapters/settings/environment';
import { sayMistakes } from '../adapters/settings/file';
import { PlainFailure } from '../engine/plain-failure';
import { policyNames } from '../policies/us';
import { projectDir } from './surroundings';

/** The environment and the file together; or every mistake in them. A relative path begins where the project lies. */
export const readEffective = (env: NodeJS.ProcessEnv, path?: string): Promise<EffectiveEnvironment> =>
  effectiveEnvironment({
    env,
    folder: projectDir,
    policySets: policyNames,
    // What a person types begins where they are.
    ...(path === undefined ? {} : { path: resolve(path) }),
  });

type Right = Extract<EffectiveEnvironment, { config: unknown }>;

/** The same, and every mistake as one failure. */
export async function requireEffective(env: NodeJS.ProcessEnv, path?: string): Promise<Right> {
  const effective = await readEffective(env, path);
  if ('mistakes' in effective) throw new PlainFailure(sayMistakes(effective.mistakes, effective.path));
  return effective;
}
