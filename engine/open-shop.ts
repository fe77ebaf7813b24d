import { openDocuments } from '../adapters/document-store/open';
import { vaultOf } from '../adapters/document-store/vault';
import { Config } from '../contracts/config';
import { engineWords } from '../words/engine';
import { keyringOf } from './codecs';
import { defaultShopId, openSandboxShop } from './sandbox-shop';

// A job for docker compose with the sandbox: what `npm start` does for its own.
async function main(): Promise<void> {
  const config = Config.parse(process.env);
  const keyring = keyringOf(process.env);
  const { SHIPCLOCK_DOCUMENTS_DIR: dir, SHIPCLOCK_DOCUMENTS_URL: url } = config;
  const documents = openDocuments({ dir, url, env: process.env });
  const { shopId } = await openSandboxShop({
    ...(keyring === undefined ? {} : { vault: vaultOf(documents, keyring) }),
    sandboxUrl: config.SHIPCLOCK_SANDBOX_URL,
    apiUrl: config.SHIPCLOCK_API_URL,
    documentsDir: config.SHIPCLOCK_DOCUMENTS_DIR,
    shopId: defaultShopId,
  });
  process.stdout.write(`${engineWords.shopOpened(shopId)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${engineWords.unexpected(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 1;
});
