import { trackingKey } from '../contracts/label-documents';
import { manifestFolder } from '../workflows/messages-manifest';
import type { ApiDeps } from './deps';
import { loadAll } from './form-load';

const KEY = { account: 'easypost-7', shipFrom: 'la', date: '2026-11-23' };
const REF = { shopId: '7', manifest: 'manifest:easypost-7:la:2026-11-23' };
const FOLDER = manifestFolder(KEY);

let documents: Map<string, string>;
/** Done once, right before the first parcel is noted. */
let meanwhile: () => void;
beforeEach(() => {
  documents = new Map();
  meanwhile = () => undefined;
  for (const orderId of ['1', '2']) {
    write(trackingKey(`94${orderId}`), { shopId: '7', orderId, package: '1', attempt: 1 });
    write(`${FOLDER}/members/${orderId}-1.1`, { trackingNumber: `94${orderId}` });
  }
});

const write = (key: string, content: object): unknown => documents.set(key, JSON.stringify(content));

const deps = (): ApiDeps =>
  ({
    documents: {
      get: (key: string) => Promise.resolve(documents.get(key)),
      list: (folder: string) => Promise.resolve([...documents.keys()].filter((key) => key.startsWith(`${folder}/`))),
      putIfAbsent: (key: string, text: string) => {
        meanwhile();
        return Promise.resolve(!documents.has(key) && documents.set(key, text).size > 0);
      },
    },
  }) as unknown as ApiDeps;

const load = async (...trackingNumbers: string[]): Promise<string[]> =>
  (await loadAll(deps(), REF, { trackingNumbers, at: 5 })).map(({ answer }) => answer);

describe('loading while the manifest closes', () => {
  const closes =
    (more: () => void = () => undefined) =>
    () => {
      write(`${FOLDER}/closed`, { at: 4 });
      more();
    };

  it('goes by its list: who is not on it stays off the truck', async () => {
    meanwhile = closes(() => write(`${FOLDER}/listed`, { names: ['1-1.1'], unloaded: ['2-1.1'] }));
    expect(await load('941', '942')).toEqual(['onTruck', 'closed']);
  });

  it('holds what comes before the list is settled', async () => {
    meanwhile = closes();
    expect(await load('941')).toEqual(['closing']);
    write(`${FOLDER}/listed`, { names: ['1-1.1'] });
    expect(await load('941', '942')).toEqual(['onTruck', 'closed']);
  });

  it('stays off the truck where no form was made', async () => {
    write(`${FOLDER}/closed`, { at: 4 });
    write(`${FOLDER}/listed`, { names: ['1-1.1'] });
    write(`${FOLDER}/ending`, { kind: 'refused' });
    expect(await load('941')).toEqual(['closed']);
  });
});
