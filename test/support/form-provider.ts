import type { Form, Ports } from '../../activities/ports';
import { AdapterError, type AdapterOutcome, type AgainstParcel } from '../../contracts/adapter-error';
import { ON_A_FORM_UNNAMED } from '../../words/forms';

/**
 * How a provider tells what became of a call. `listed`: forms are listed, labels can be read, and nobody is named. `numbered`: nothing
 * can be read, a parcel is named with the form that it is on. `mute`: nothing can be read, and nobody is named.
 */
export type Style = 'listed' | 'numbered' | 'mute';
export type Provider = { style: Style; most: number | null; byHand?: { url: string } };

/** A provider of forms in memory, which goes wrong when told to. */
export type FormWorld = {
  provider: Provider;
  /** What the provider was asked for, and what it has. A form without a file is one that others made. */
  asked: string[][];
  forms: (Form & { madeAt: number })[];
  /** What the provider does instead of answering, each once; `lost`: the form is made and the answer is not heard. */
  faults: ('lost' | 'creating' | 'noFile' | AdapterOutcome)[];
  badLabels: Set<string>;
  /** Labels that it refuses, and nobody can read why. */
  secretlyBad: Set<string>;
  /** Forms that hold shipments already, by the shipment. */
  formOf: Map<string, string>;
};

/** After every cut-off in these tests. */
export const MADE_AT = Date.UTC(2026, 10, 24, 5);

const NO_REFUSAL: readonly FormWorld['faults'][number][] = ['lost', 'creating', 'noFile'];

const problem = (outcome: AdapterOutcome, code = 'X', against: AgainstParcel[] = []): AdapterError =>
  new AdapterError(outcome, { provider: 'P', call: 'createForm', code, against });

const numberOf = (shipmentId: string): string => `94${shipmentId.slice(1)}`;

const formOf = ({ forms, formOf: others }: FormWorld, id: string): string | undefined =>
  others.get(id) ??
  forms.find(({ file, trackingNumbers }) => file === undefined && trackingNumbers.includes(numberOf(id)))?.id;

/** On a form already, or with a label that nobody paid for: the provider refuses it. */
const isBad = (world: FormWorld, id: string): boolean =>
  world.badLabels.has(id) || world.secretlyBad.has(id) || formOf(world, id) !== undefined;

/** The refusal of a form for those of its parcels that are bad. */
function refusal(world: FormWorld, shipmentIds: readonly string[]): AdapterError {
  const bad = shipmentIds.filter((id) => isBad(world, id));
  switch (world.provider.style) {
    case 'listed':
      return problem('refused');
    case 'numbered':
      return problem(
        'refused',
        'X',
        bad.filter((id) => !world.secretlyBad.has(id)).map((id) => against(world, id)),
      );
    case 'mute': {
      const formNumber = `ss_${shipmentIds.join('-')}`;
      const isOn = bad.some((id) => formOf(world, id) !== undefined);
      if (!isOn) return problem('refused');
      const all = shipmentIds.map((id) => ({ trackingNumber: numberOf(id), code: ON_A_FORM_UNNAMED, formNumber }));
      return problem('refused', ON_A_FORM_UNNAMED, all);
    }
  }
}

function against(world: FormWorld, id: string): AgainstParcel {
  const formNumber = formOf(world, id);
  const trackingNumber = numberOf(id);
  return formNumber === undefined ? { trackingNumber, code: '160397' } : { trackingNumber, code: '160040', formNumber };
}

const known = ({ forms }: FormWorld, formId: string): Promise<Form> => {
  const found = forms.find(({ id }) => id === formId);
  return found ? Promise.resolve(found) : Promise.reject(problem('bug'));
};

function made({ provider: { style }, forms }: FormWorld, shipmentIds: string[]): Form & { madeAt: number } {
  const next = `sf_${forms.length + 1}`;
  return {
    id: style === 'mute' ? `ss_${shipmentIds.join('-')}` : next,
    status: 'created',
    number: { listed: '9475', numbered: next, mute: null }[style],
    trackingNumbers: shipmentIds.map(numberOf),
    madeAt: MADE_AT,
    file: () => Promise.resolve(new Uint8Array([1, 2, 3])),
  };
}

function answer({ faults }: FormWorld, form: Form): Form {
  if (faults[0] === 'noFile') {
    faults.shift();
    return { ...form, file: () => Promise.reject(problem('retryLater')) };
  }
  if (faults[0] !== 'creating') return form;
  faults.shift();
  return { id: form.id, status: 'creating', number: null, trackingNumbers: form.trackingNumbers };
}

// Throwing is how a provider refuses, and it is a promise that it breaks.
async function createForm(world: FormWorld, shipmentIds: string[]): Promise<Form> {
  await Promise.resolve();
  const { faults, provider } = world;
  world.asked.push(shipmentIds);
  const fault = faults[0];
  if (fault !== undefined && !NO_REFUSAL.includes(fault)) {
    faults.shift();
    throw problem(fault as AdapterOutcome);
  }
  const isTooLong = shipmentIds.length > (provider.most ?? Infinity);
  if (isTooLong || shipmentIds.some((id) => isBad(world, id))) throw refusal(world, shipmentIds);
  const form = made(world, shipmentIds);
  world.forms.push(form);
  for (const id of shipmentIds) world.formOf.set(id, form.id);
  if (fault !== 'lost') return answer(world, form);
  faults.shift();
  throw problem('outcomeUnknown');
}

export function providerOf(world: FormWorld): ReturnType<Ports['formsOf']> {
  const { style, most, byHand } = world.provider;
  return {
    account: 'easypost-7',
    carriers: ['USPS'],
    most,
    ...(byHand === undefined ? {} : { byHand }),
    cutoffTime: '20:00',
    findForm: (parcels, since) => {
      if (style !== 'listed') return Promise.resolve(undefined);
      const numbers = new Set(parcels.map(({ trackingNumber }) => trackingNumber));
      const found = world.forms.find(
        ({ trackingNumbers, madeAt }) => madeAt >= since && trackingNumbers.some((number) => numbers.has(number)),
      );
      return Promise.resolve(found && answer(world, found));
    },
    createForm: (parcels) =>
      createForm(
        world,
        parcels.map(({ shipmentId }) => shipmentId),
      ),
    readForm: async (formId) => answer(world, await known(world, formId)),
  };
}
