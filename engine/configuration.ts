import type { Ports } from '../activities/ports';
import { localDocuments } from '../adapters/document-store/local';
import { applySettings } from '../adapters/settings/apply';
import { effectiveEnvironment } from '../adapters/settings/environment';
import { sayMistakes } from '../adapters/settings/file';
import { policyNames } from '../policies/us';
import { engineWords } from '../words/engine';
import { configWords } from '../words/settings';
import { PlainFailure } from './plain-failure';
import type { Say } from './say';
import type { StatePaths } from './state-folder';

interface Configuring {
  readonly env: NodeJS.ProcessEnv;
  /** Where `shipclock.yaml` is looked for; left out: there is none. */
  readonly configFolder?: string;
  readonly paths: StatePaths;
  readonly say: Say;
}

/**
 * Writes what the configuration file says of shops where the worker and the API read it. A secret that is missing keeps its shops
 * out, and the sandbox's goes on.
 * @returns the environment with what the file adds to it.
 */
export async function applyConfiguration(
  { env, configFolder: folder, paths, say }: Configuring,
  vault: Ports['vault'],
): Promise<NodeJS.ProcessEnv> {
  if (folder === undefined) return env;
  const effective = await effectiveEnvironment({ env, folder, policySets: policyNames });
  if ('mistakes' in effective) throw new PlainFailure(sayMistakes(effective.mistakes, effective.path));
  const { settings, path } = effective;
  if (path === undefined) return env;
  const documents = localDocuments(paths.documents);
  const answer = await applySettings({ settings, env: effective.env, documents, vault });
  say('missing' in answer ? configWords.noSecret(answer.missing) : engineWords.configured(path));
  if ('sandboxShops' in answer) for (const id of answer.sandboxShops) say(configWords.sandboxShop(id));
  return { ...env, ...effective.env };
}
