import { localDocuments } from '../../adapters/document-store/local';
import { shopDirectory } from '../../adapters/document-store/shops';
import { vaultOf } from '../../adapters/document-store/vault';
import type { EffectiveEnvironment } from '../../adapters/settings/environment';
import type { Ports } from '../../activities/ports';
import type { Shop } from '../../contracts/shop';
import type { Settings } from '../../contracts/settings';
import { keyringOf, keysFileOf } from '../../engine/codecs';
import { defaultShopId } from '../../engine/sandbox-shop';
import { readEffective } from '../config-effective';
import { readSurroundings, type Surroundings } from '../surroundings';

/** What every check may look at. */
export type Scene = Surroundings & {
  effective: EffectiveEnvironment;
  /** With what the file adds to it; as it is where the file has mistakes. */
  env: NodeJS.ProcessEnv;
  settings: Settings | undefined;
  keysFile: string;
  /** Undefined where there are no keys, or none that can be used. */
  vault: Ports['vault'] | undefined;
  documents: ReturnType<typeof localDocuments>;
  shops: SceneShop[];
  /** Sandbox shops that stories opened. */
  playedShops: number;
};

/** A shop to look at; `shop` is undefined where its document is not that of one. */
export type SceneShop = { shopId: string; shop: Shop | undefined };

/** Reads what all checks need, and reaches nothing outside this machine. */
export async function openScene(processEnv: NodeJS.ProcessEnv): Promise<Scene> {
  const effective = await readEffective(processEnv);
  const env = 'env' in effective ? effective.env : processEnv;
  const surroundings = readSurroundings(env);
  const documents = localDocuments(surroundings.documentsDir);
  const vault = openVault(documents, env);
  const found = await findShops(documents, vault);
  const isPlayed = ({ shopId, shop }: SceneShop): boolean => shop?.kind === 'sandbox' && shopId !== defaultShopId;
  return {
    ...surroundings,
    effective,
    env,
    settings: 'settings' in effective ? effective.settings : undefined,
    keysFile: keysFileOf(env),
    vault,
    documents,
    shops: found.filter((one) => !isPlayed(one)),
    playedShops: found.filter(isPlayed).length,
  };
}

/** Why keys cannot be used is for the check of the keys to say. */
function openVault(documents: ReturnType<typeof localDocuments>, env: NodeJS.ProcessEnv): Ports['vault'] | undefined {
  try {
    const keyring = keyringOf(env);
    return keyring === undefined ? undefined : vaultOf(documents, keyring);
  } catch {
    return undefined;
  }
}

async function findShops(
  documents: ReturnType<typeof localDocuments>,
  vault: Ports['vault'] | undefined,
): Promise<SceneShop[]> {
  const findShop = shopDirectory({ documents, ...(vault === undefined ? {} : { vault }) });
  const keys = await documents.list('shops').catch(() => []);
  return Promise.all(
    keys.map(async (key) => {
      const shopId = key.slice('shops/'.length);
      return { shopId, shop: await findShop(shopId).catch(() => undefined) };
    }),
  );
}
