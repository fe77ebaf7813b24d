import { documentOf, FOLDER, make, newWorld, parcel, shop, type World } from '../test/support/form-world';

const ids = ['1', '2', '3', '4', '5', '6', '7'];
const numbers = (orderIds: readonly string[]): string[] => orderIds.map((orderId) => `94${orderId}`);

/** A form was made of all, and its answer lost. */
async function lost(): Promise<World> {
  const world = newWorld({ style: 'mute' });
  for (const orderId of ids) {
    const { shipmentId, trackingNumber } = parcel(orderId);
    const member = { orderId, package: '1', shipmentId, trackingNumber, joinedAt: 1 };
    world.documents.set(`${FOLDER}/members/${orderId}-1.1`, JSON.stringify(member));
  }
  world.faults.push('lost');
  await expect(make(world)).rejects.toThrow();
  return world;
}

/** Labels are given back: the provider knows nothing of them on a form any more. */
const voidOf = (world: World, orderId: string): void => {
  world.formOf.delete(`s${orderId}`);
  world.badLabels.add(`s${orderId}`);
};

const onForms = (world: World): unknown[] =>
  ['form', 'form-2'].flatMap((name) => (documentOf(world, name) as { members?: unknown[] } | null)?.members ?? []);

describe('a form whose answer was lost', () => {
  it('is known after a label was given back, which is read and dropped first', async () => {
    const world = await lost();
    const account = world.ports.carrierOf(shop);
    if (account?.labels === undefined) throw new Error('no account');
    // Its labels are read, and say nothing of forms.
    const { labels } = account;
    const readShipment: typeof labels.readShipment = (id) =>
      Promise.resolve({ id, rates: [], isPaid: true, isVoided: world.badLabels.has(id) });
    world.ports.carrierOf = () => ({
      ...account,
      can: { ...account.can, reconcile: 'read' },
      labels: { ...labels, readShipment },
    });
    voidOf(world, '3');
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { members: 6 }, leftOff: 1 });
    expect(documentOf(world, 'form')).toMatchObject({ isLost: true, leftOff: [{ orderId: '3' }] });
    expect(world.forms).toHaveLength(1);
  });

  it.each([['1'], ['7']])('is known after a label was given back that cannot be read: %s', async (orderId) => {
    const world = await lost();
    voidOf(world, orderId);
    expect(await make(world)).toMatchObject({ kind: 'formed', leftOff: 1 });
    const rest = numbers(ids.filter((id) => id !== orderId));
    expect(onForms(world).map((one) => (one as { trackingNumber: string }).trackingNumber)).toEqual(rest);
    expect(world.forms).toHaveLength(1);
  });
});
