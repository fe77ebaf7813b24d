import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sayMistake } from '../../adapters/settings/file';
import { engines } from '../../package.json';
import { keyringOf } from '../../engine/codecs';
import { codeOf, PlainFailure } from '../../engine/plain-failure';
import { shopKey } from '../../contracts/shop';
import { machineFindings as says } from '../../words/doctor';
import { fail, ok, warn, type Verdict } from './finding';
import type { Scene } from './scene';

/** The file and the environment, and whether its shops have arrived where the worker reads them. */
export async function lookAtSettings({ effective, documents }: Scene): Promise<Verdict[]> {
  if ('mistakes' in effective) {
    return effective.mistakes.map((mistake) => fail(sayMistake(mistake), says.mistakeToDo));
  }
  const { path, settings } = effective;
  if (path === undefined) return [ok(says.noFile)];
  const written = await Promise.all(settings.shops.map(({ id }) => documents.get(shopKey(id))));
  const unapplied = settings.shops.filter((_, index) => written[index] === undefined).map(({ id }) => id);
  return [
    ok(says.file(path, settings.shops.length)),
    ...(unapplied.length > 0 ? [warn(says.unapplied(unapplied), says.unappliedToDo)] : []),
  ];
}

const LEAST_NODE = engines.node.replace(/^>=/, '');

/** Whether this Node runs the product. */
export function lookAtNode(version = process.versions.node): Verdict {
  return isOlder(version, LEAST_NODE)
    ? fail(says.nodeOld(version, LEAST_NODE), says.nodeToDo(LEAST_NODE))
    : ok(says.node(version));
}

function isOlder(version: string, least: string): boolean {
  const [have, need] = [version, least].map((text) => text.split('.').map(Number));
  for (const [index, part] of (need ?? []).entries()) {
    const mine = have?.[index] ?? 0;
    if (mine !== part) return mine < part;
  }
  return false;
}

/** The folder of documents: written by us, read by nobody else. */
export async function lookAtDocuments({ documentsDir }: Pick<Scene, 'documentsDir'>): Promise<Verdict[]> {
  const probe = join(documentsDir, `.doctor-${randomUUID()}`);
  try {
    await writeFile(probe, '', { flag: 'wx' });
    await rm(probe);
  } catch (error) {
    const code = String(codeOf(error));
    if (code === 'ENOENT') return [fail(says.documentsAbsent(documentsDir), says.documentsAbsentToDo)];
    return [fail(says.documentsClosed(documentsDir, code), says.documentsClosedToDo(documentsDir))];
  }
  if (!(await isOpenToAll(documentsDir))) return [ok(says.documents(documentsDir))];
  return [warn(says.documentsOpen(documentsDir), says.documentsOpenToDo(documentsDir))];
}

const OTHERS_READ = 0o004;
const OTHERS_ENTER = 0o001;

/** A folder that everybody may list is open only where everybody may also enter all that it lies in. */
async function isOpenToAll(folder: string): Promise<boolean> {
  // Windows has no such bits.
  if (process.platform === 'win32') return false;
  if (((await stat(folder)).mode & OTHERS_READ) === 0) return false;
  for (let around = dirname(folder); around !== dirname(around); around = dirname(around)) {
    if (((await stat(around)).mode & OTHERS_ENTER) === 0) return false;
  }
  return true;
}

/** The keys that secrets and histories are encrypted with. */
export function lookAtKeys({ env, keysFile }: Pick<Scene, 'env' | 'keysFile'>): Verdict {
  const where = (env['SHIPCLOCK_KEYS']?.trim() ?? '') === '' ? keysFile : says.fromEnvironment;
  try {
    if (keyringOf(env) === undefined) return fail(says.noKeys(keysFile), says.noKeysToDo);
  } catch (error) {
    if (error instanceof PlainFailure) return fail(error.message.replace(/\.$/, ''), says.keysToDo);
    throw error;
  }
  const isOff = env['SHIPCLOCK_ENCRYPTION']?.trim() === 'off';
  return isOff ? warn(says.keysOff(where), says.keysOffToDo) : ok(says.keys(where));
}
