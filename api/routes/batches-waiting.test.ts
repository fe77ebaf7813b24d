import type { ApiDeps } from '../deps';
import { waitingOrders } from './batches-waiting';

const parcel = (label: object, packedAt?: number): object => ({ label: { attempt: 1, ...label }, packedAt });
const sold = { status: 'prepared', handle: { from: 'platform' } };

const view = (label: object, more: object = {}): object => ({
  ...{ phase: 'toPack', outcome: null, platformStatus: 'awaitingShipment', heldBy: null, policy: {} },
  ...{ agenda: [{ rule: 'S1, 72 h' }, { rule: 'platform' }], underWay: [], toDo: [], attention: [] },
  packages: { '1': label },
  ...more,
});

const VIEWS: Record<string, object | Error> = {
  '1': view(parcel({ status: 'none' }), { underWay: ['prepareLabel:1:1'] }),
  '2': view(parcel({ status: 'none' }), { agenda: [{ rule: 'platform' }] }),
  '3': view(parcel({ status: 'none' }), { agenda: [] }),
  '4': view(parcel(sold)),
  '5': view(parcel(sold, 7), { underWay: ['buyLabel:1:1'] }),
  '6': view(parcel({ status: 'refused' })),
  // Nothing is planned of it yet.
  '7': view(parcel({ status: 'none' }), { policy: null, agenda: [], underWay: ['readOrder'] }),
  '8': new Error('no worker'),
  '9': new Error('it has a label and is not asked'),
};

let asked: string[];

function depsOf(): ApiDeps {
  asked = [];
  const handleOf = (id: string) => ({
    query: () => {
      const orderId = id.slice(id.lastIndexOf(':') + 1);
      asked.push(orderId);
      const found = VIEWS[orderId];
      return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
    },
  });
  async function* list() {
    for (const orderId of Object.keys(VIEWS)) yield await Promise.resolve({ workflowId: `order:7:${orderId}` });
  }
  return {
    client: {
      withDeadline: (_at: number, call: () => unknown) => call(),
      workflow: { list, getHandle: handleOf },
    },
    documents: {
      list: (folder: string) => Promise.resolve(folder.endsWith('/9') ? [`${folder}/1-1`, `${folder}/1-1-bought`] : []),
    },
  } as unknown as ApiDeps;
}

describe('a batch without a list', () => {
  it('leaves out what the platform sends, and what it sells a label for once it is packed', async () => {
    expect(await waitingOrders(depsOf(), '7')).toEqual(['1', '5', '6', '7', '8', '9']);
  });

  it('asks no order that has a label', async () => {
    await waitingOrders(depsOf(), '7');
    expect(asked).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });
});
