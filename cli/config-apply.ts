import type { Command } from 'commander';
import { localDocuments } from '../adapters/document-store/local';
import { vaultOf } from '../adapters/document-store/vault';
import { applySettings, type Application, type Applied } from '../adapters/settings/apply';
import { keyringOf } from '../engine/codecs';
import { PlainFailure } from '../engine/plain-failure';
import { helpWords } from '../words/cli';
import { configWords } from '../words/settings';
import { requireEffective } from './config-effective';
import type { Io } from './io';
import { readSurroundings } from './surroundings';

/** `shipclock config apply` */
export function addConfigApply(parent: Command, io: Io): void {
  parent
    .command('apply')
    .description(configWords.apply)
    .option('--json', helpWords.json)
    .addHelpText('after', configWords.applyMore)
    .action((options: { readonly json?: true }) => applyConfig(options, io));
}

async function applyConfig({ json }: { readonly json?: true }, io: Io): Promise<void> {
  const answer = await applyEffective(io.env);
  if (answer === undefined) throw new PlainFailure(configWords.nothingToApply);
  const { applied, sandboxShops } = answer;
  const waiting = applied.filter(({ isConnected }) => isConnected === false).map(({ shopId }) => shopId ?? '');
  if (json === true) io.out(JSON.stringify({ applied, notConnected: waiting, sandboxShops }));
  else for (const line of linesOf(applied, waiting)) io.out(line);
  if (sandboxShops.length > 0) throw new PlainFailure(sandboxShops.map(configWords.sandboxShop).join('\n'));
}

const linesOf = (applied: readonly Applied[], waiting: readonly string[]): string[] => [
  ...applied.map((one) => (one.isChanged ? configWords.written : configWords.unchanged)(sayWhat(one))),
  ...(waiting.length > 0 ? [configWords.connectNext(waiting)] : []),
];

/**
 * Applies the configuration file of an environment, as the embedded start and `shipclock connect` do first.
 * @returns undefined where there is no file.
 */
export async function applyEffective(processEnv: NodeJS.ProcessEnv): Promise<Application | undefined> {
  const { settings, env, path } = await requireEffective(processEnv);
  if (path === undefined) return undefined;
  const keyring = keyringOf(env);
  if (keyring === undefined) throw new PlainFailure(configWords.noKeys);
  const documents = localDocuments(readSurroundings(env).documentsDir);
  const answer = await applySettings({ settings, env, documents, vault: vaultOf(documents, keyring) });
  if ('missing' in answer) throw new PlainFailure(configWords.noSecret(answer.missing));
  return answer;
}

function sayWhat({ kind, shopId = '' }: Applied): string {
  if (kind === 'app') return configWords.app;
  return kind === 'shop' ? configWords.shop(shopId) : configWords.shopSecrets(shopId);
}
