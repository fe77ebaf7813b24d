import type { Form, FormProvider, NeighbourMessage, Ports, Shipment } from '../../activities/ports';
import { AdapterError, type AgainstParcel } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { manifestChanged } from '../../workflows/messages';
import { memberJoined } from '../../workflows/messages-manifest';

/**
 * How a provider tells what became of a call. `listed`: its forms are listed, labels can be read, and it names nobody; it would even
 * take a label twice. `numbered`: nothing can be read; a label on a form is refused with that form's number.
 */
export type Style = 'listed' | 'numbered';

/** Instead of an answer: the form is made and not heard of; nothing was heard and nothing made; it is busy. */
type FormFault = 'lost' | 'cut' | 'busy';

type MadeForm = { id: string; account: string; date: string; numbers: string[] };

/** What the activities act on, in memory. Nothing is made to look at: all judging is by `forms` and by `signals`. */
export type PlannerWorld = {
  ports: Ports;
  forms: MadeForm[];
  faults: FormFault[];
  /** Labels that the provider will not take, though it does not say so and reading them shows nothing. */
  secretlyBad: Set<string>;
  /** Labels whose money was given back. */
  voided: Set<string>;
  signals: { workflowId: string; payload: unknown }[];
  /** Whom a manifest's workflow heard of, until it is over. */
  tell: (message: NeighbourMessage) => 'told' | 'over';
  greatest: number;
};

export type WorldWish = {
  style: Style;
  most: number | null;
  shops: { id: string; zone: string }[];
  /** Lets others go first, now and then. */
  yielding: () => Promise<void>;
};

const problem = (outcome: AdapterError['outcome'], against: AgainstParcel[] = []): AdapterError =>
  new AdapterError(outcome, { provider: 'P', call: 'createForm', code: 'X', against });

export const numberOf = (shipmentId: string): string => `94${shipmentId.slice(1)}`;

export function openPlannerWorld(wish: WorldWish): PlannerWorld {
  const world: Omit<PlannerWorld, 'ports'> = {
    ...{ forms: [], faults: [], signals: [], greatest: 0 },
    ...{ secretlyBad: new Set(), voided: new Set(), tell: () => 'told' },
  };
  const shops = new Map(wish.shops.map(({ id, zone }) => [id, shopOf(id, zone)]));
  const carrierOf = ({ id }: Shop) => ({
    name: 'acme',
    can: { reconcile: wish.style === 'listed' ? 'read' : 'repeat' },
    labels: { readShipment: (shipment: string) => readShipment(world, shipment) },
    forms: providerOf(world, wish, `acme-${id}`),
  });
  // Told through the world, so that whoever plays the workflows can be put in its place.
  const ports = {
    findShop: (id: string) => Promise.resolve(shops.get(id)),
    documents: documentsOf(wish.yielding),
    neighbours: neighboursOf(wish.yielding, () => Object.assign(world, { ports })),
    standingOf: () => Promise.resolve({ mode: 'auto', writes: 'on', connection: 'connected' }),
    platformOf: () => ({}),
    carrierOf,
    formsOf: (shop: Shop) => carrierOf(shop).forms,
  } as unknown as Ports;
  return Object.assign(world, { ports });
}

const shopOf = (id: string, zone: string): Shop =>
  ({
    id,
    shipFrom: { id: 'main', zone, workdays: [1, 2, 3, 4, 5], opensAt: '09:00', closures: [], address: { id } },
  }) as unknown as Shop;

function neighboursOf(
  yielding: () => Promise<void>,
  world: () => PlannerWorld,
): Pick<Ports['neighbours'], 'tell' | 'signal'> {
  return {
    tell: async (message) => {
      await yielding();
      return message.signal.name === memberJoined.name ? world().tell(message) : 'told';
    },
    signal: async ({ workflowId, signal, payload }) => {
      await yielding();
      if (signal.name === manifestChanged.name) world().signals.push({ workflowId, payload });
      return 'told';
    },
  };
}

/** Documents by folder: thousands of parcels list theirs again at each joining. */
function documentsOf(
  yielding: () => Promise<void>,
): Pick<Ports['documents'], 'get' | 'putIfAbsent' | 'putFileIfAbsent' | 'getFile' | 'list'> {
  const texts = new Map<string, string>();
  const files = new Map<string, Uint8Array>();
  const folders = new Map<string, string[]>();
  return {
    get: async (key) => {
      await yielding();
      return texts.get(key);
    },
    putIfAbsent: async (key, text) => {
      await yielding();
      if (texts.has(key)) return false;
      texts.set(key, text);
      const folder = key.slice(0, key.lastIndexOf('/'));
      const keys = folders.get(folder) ?? [];
      folders.set(folder, keys);
      const isInOrder = (keys.at(-1) ?? '') < key;
      keys.push(key);
      if (!isInOrder) keys.sort();
      return true;
    },
    putFileIfAbsent: async (key, bytes) => {
      await yielding();
      return !files.has(key) && files.set(key, bytes).has(key);
    },
    getFile: async (key) => {
      await yielding();
      return files.get(key);
    },
    list: async (folder) => {
      await yielding();
      return [...(folders.get(folder) ?? [])];
    },
  };
}

const formOf = ({ forms }: Pick<PlannerWorld, 'forms'>, number: string): MadeForm | undefined =>
  forms.find(({ numbers }) => numbers.includes(number));

function readShipment(world: Omit<PlannerWorld, 'ports'>, id: string): Promise<Shipment> {
  const form = formOf(world, numberOf(id));
  return Promise.resolve({
    ...{ id, rates: [], isPaid: true, isVoided: world.voided.has(id) },
    ...(form === undefined ? {} : { formId: form.id }),
  });
}

function providerOf(world: Omit<PlannerWorld, 'ports'>, { style, most }: WorldWish, account: string): FormProvider {
  return {
    account,
    carriers: ['USPS'],
    cutoffTime: '20:00',
    most,
    findForm: (parcels) => {
      if (style === 'numbered') return Promise.resolve(undefined);
      const wanted = new Set(parcels.map(({ trackingNumber }) => trackingNumber));
      const found = world.forms.find((form) => form.account === account && form.numbers.some((one) => wanted.has(one)));
      return Promise.resolve(found && shown(found));
    },
    createForm: (parcels, { date }) => create(parcels, date),
    readForm: (id) => {
      const found = world.forms.find((form) => form.id === id);
      if (found === undefined) return Promise.reject(problem('bug'));
      return Promise.resolve(style === 'listed' ? shown(found) : { ...shown(found), trackingNumbers: [] });
    },
  };

  // A provider refuses by throwing, and what it throws breaks the promise.
  async function create(parcels: Parameters<FormProvider['createForm']>[0], date: string): Promise<Form> {
    await Promise.resolve();
    world.greatest = Math.max(world.greatest, parcels.length);
    const fault = world.faults.shift();
    if (fault === 'cut') throw problem('outcomeUnknown');
    if (fault === 'busy') throw problem('retryLater');
    if (most !== null && parcels.length > most) throw problem('refused');
    const against = style === 'numbered' ? againstNamed(world, parcels) : [];
    const isBad = ({ shipmentId }: { shipmentId: string }): boolean =>
      world.voided.has(shipmentId) || world.secretlyBad.has(shipmentId);
    if (against.length > 0 || parcels.some(isBad)) throw problem('refused', against);
    const numbers = parcels.map(({ trackingNumber }) => trackingNumber);
    const form: MadeForm = { id: `sf_${world.forms.length + 1}`, account, date, numbers };
    world.forms.push(form);
    if (fault === 'lost') throw problem('outcomeUnknown');
    return shown(form);
  }
}

/** Labels that are on a form, with its number, and those whose money was given back. */
const againstNamed = (
  world: Omit<PlannerWorld, 'ports'>,
  parcels: Parameters<FormProvider['createForm']>[0],
): AgainstParcel[] =>
  parcels.flatMap(({ shipmentId, trackingNumber }): AgainstParcel[] => {
    const form = formOf(world, trackingNumber);
    if (form !== undefined) return [{ trackingNumber, code: 'onForm', formNumber: form.id }];
    return world.voided.has(shipmentId) ? [{ trackingNumber, code: 'voided' }] : [];
  });

const shown = ({ id, numbers }: MadeForm): Form => ({
  ...{ id, status: 'created', number: id, trackingNumbers: [...numbers] },
  file: () => Promise.resolve(new Uint8Array([1])),
});
