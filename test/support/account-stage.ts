import { createApp } from '../../api/app';
import type { ApiDeps } from '../../api/deps';
import { createLogger } from '../../api/logger';
import { createPublicApp } from '../../api/public-app';
import { serve } from '../../api/serve';
import { defaultNamespace } from '../../engine/settings';
import { openAccountFloor, shopDocument, type AccountFloor } from './account-floor';
import { untilTrue } from './until';

type Reply = { status: number; body: Record<string, unknown> };

/** The API of accounts and connections, and the public door, on a floor of their own. */
export type AccountStage = {
  floor: AccountFloor;
  apiUrl: string;
  doorUrl: string;
  /** Log lines, as they were written. */
  log: string[];
  ask: (method: string, path: string, body?: unknown) => Promise<Reply>;
  /** A shop of the sandbox, with what the configuration file would say of it. */
  configuredShop: () => Promise<string>;
  begun: () => Promise<{ state: string; consentUrl: unknown }>;
  /** An owner opens the consent address, agrees for some shops, and is led back. */
  consent: (url: unknown, shopIds: string[]) => Promise<Response>;
  viewOf: (state: string) => Promise<Record<string, unknown>>;
  untilStatus: (state: string, status: string) => Promise<void>;
  /** Connects a shop as a person does. */
  connected: (shopId: string, mode?: string) => Promise<string>;
  close: () => Promise<void>;
};

export async function openAccountStage(): Promise<AccountStage> {
  const outside = { url: '' };
  const floor = await openAccountFloor({ publicUrl: () => outside.url });
  const log: string[] = [];
  const deps = depsOf(floor, log);
  const api = await serve(createApp(deps), { host: '127.0.0.1', port: 0 });
  const door = await serve(createPublicApp(deps), { host: '127.0.0.1', port: 0 });
  outside.url = door.url;
  await floor.control('PUT', '/app', { redirectUrl: `${door.url}/v1/connect/tiktok/callback` });
  const calls = callsOf(floor, api.url);
  return {
    floor,
    apiUrl: api.url,
    doorUrl: door.url,
    log,
    ...calls,
    close: async () => {
      await api.stop();
      await door.stop();
      await floor.close();
    },
  };
}

function depsOf({ client, taskQueue, findShop, documents, vault, sandbox }: AccountFloor, log: string[]): ApiDeps {
  return {
    client,
    taskQueue,
    namespace: defaultNamespace,
    findShop,
    documents,
    vault,
    sandboxUrl: sandbox.url,
    temporalUiUrl: 'http://127.0.0.1:8233',
    logger: createLogger('trace', { write: (line) => void log.push(line) }),
  };
}

type Calls = Pick<
  AccountStage,
  'ask' | 'configuredShop' | 'begun' | 'consent' | 'viewOf' | 'untilStatus' | 'connected'
>;

function callsOf(floor: AccountFloor, url: string): Calls {
  const ask: Calls['ask'] = async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-actor': 'Ada' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Reply['body'] };
  };
  const viewOf: Calls['viewOf'] = async (state) => (await ask('GET', `/v1/connect/tiktok/${state}`)).body;
  const begun: Calls['begun'] = async () => {
    const { status, body } = await ask('POST', '/v1/connect/tiktok', {});
    expect(status).toBe(201);
    return { state: String(body['state']), consentUrl: body['consentUrl'] };
  };
  const consent: Calls['consent'] = (address, shopIds) =>
    fetch(`${String(address)}&consent=yes&shops=${shopIds.join(',')}`, { redirect: 'follow' });
  const untilStatus: Calls['untilStatus'] = (state, status) =>
    untilTrue(`the connection is ${status}`, async () => {
      const view = await viewOf(state);
      return view['status'] === status && view['isWorking'] === false;
    });
  const connected: Calls['connected'] = async (shopId, mode) => {
    const { state, consentUrl } = await begun();
    await consent(consentUrl, [shopId]);
    await untilStatus(state, 'shops');
    const choice = { shops: [shopId], ...(mode === undefined ? {} : { mode }) };
    await ask('POST', `/v1/connect/tiktok/${state}/shops`, choice);
    await untilStatus(state, 'done');
    return state;
  };
  return { ask, viewOf, begun, consent, untilStatus, connected, configuredShop: () => configuredShop(floor) };
}

async function configuredShop(floor: AccountFloor): Promise<string> {
  const { shopId, easypost, appSecret } = await floor.control('POST', '/shops', {});
  const id = String(shopId);
  const document = shopDocument(floor, { id, shopCipher: '', easypost });
  await floor.documents.put(`shops/${id}`, JSON.stringify({ ...document, name: id }));
  await floor.vault.put(`secrets/shops/${id}`, JSON.stringify({ platform: { appSecret } }));
  return id;
}
