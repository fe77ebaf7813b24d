import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainFailure } from '../engine/plain-failure';
import { freePort } from '../engine/ports';
import { startProduct } from '../engine/product';
import type { Product } from '../engine/product';
import type { ProductUrls } from '../engine/product-addresses';
import { defaultNamespace, host } from '../engine/settings';
import type { EngineSettings } from '../engine/settings';
import { cliFailures, cliWords } from '../words/cli';
import { Interrupted, reasonOf } from './failure';
import { isDebugging } from './io';
import type { Io } from './io';
import { projectDir } from './surroundings';
import type { Surroundings } from './surroundings';

/**
 * Does some work on a product of its own: a temporary folder, free ports, nothing of the person's settings. It is stopped
 * and removed however the work ends, also by Ctrl-C.
 */
export async function withOwnProduct<T>(io: Io, work: (stage: Surroundings) => Promise<T>): Promise<T> {
  const ports = await fourFreePorts();
  const home = await mkdtemp(join(tmpdir(), 'shipclock-'));
  try {
    return await workIn({ home, ...ports }, io, work);
  } finally {
    if (isDebugging(io)) io.err(cliWords.kept(home));
    else await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function workIn<T>(settings: EngineSettings, io: Io, work: (stage: Surroundings) => Promise<T>): Promise<T> {
  const { home } = settings;
  io.err(cliWords.bringsItsOwn(home));
  const say = (line: string): void => io.err(line);
  const product = startProduct({ projectDir, settings, env: plainEnvironment(io.env), fresh: false, say });
  const interrupt = listenForInterrupt(io, product);
  try {
    return await Promise.race([
      product.ready.catch(failWithoutFolder).then((urls) => work(stageOf(home, urls))),
      product.broken.then(failWithoutFolder),
      interrupt.happened,
    ]);
  } finally {
    io.err(cliWords.removing);
    await product.stop();
    interrupt.ignore();
  }
}

/** The first Ctrl-C stops the product in order, a second one ends its parts at once. */
function listenForInterrupt(io: Io, product: Product): { happened: Promise<never>; ignore: () => void } {
  let isStopping = false;
  let ignore = (): void => undefined;
  const happened = new Promise<never>((_, reject) => {
    ignore = io.onInterrupt(() => {
      if (isStopping) product.kill();
      isStopping = true;
      reject(new Interrupted());
    });
  });
  return { happened, ignore };
}

/** The engine's sentence may name a log, which goes with the folder. */
function failWithoutFolder(why: unknown): never {
  throw new PlainFailure(cliFailures.ownProductBroke(reasonOf(why)), { cause: why });
}

const stageOf = (home: string, { api, sandbox, temporal }: ProductUrls): Surroundings => ({
  apiUrl: api,
  sandboxUrl: sandbox,
  documentsDir: join(home, 'documents'),
  temporal: {
    address: temporal,
    namespace: defaultNamespace,
    env: { SHIPCLOCK_KEYS_FILE: join(home, 'keys.json') },
  },
});

/** A port that was found free is free again at once, so the same one may be found twice. */
async function fourFreePorts(): Promise<Omit<EngineSettings, 'home'>> {
  const ports = new Set<number>();
  while (ports.size < 4) ports.add(await freePort(host));
  const [apiPort = 0, sandboxPort = 0, temporalPort = 0, temporalUiPort = 0] = ports;
  return { apiPort, sandboxPort, temporalPort, temporalUiPort };
}

/** Settings of the person's own product (its task queue, its host) would make two products out of one. */
function plainEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = ['SHIPCLOCK_TEMPORAL_BINARY', 'SHIPCLOCK_LOG_LEVEL'];
  const entries = Object.entries(env).filter(([name]) => !name.startsWith('SHIPCLOCK_') || kept.includes(name));
  return Object.fromEntries(entries);
}
