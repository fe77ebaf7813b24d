import { z } from 'zod';
import type { Answer } from '../answer';
import { nowOf } from '../clock';
import { newFormNumber } from '../easypost/tracking-number';
import { badAmong, overMost } from '../form-rules';
import { digits } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import type { ShipSavingCall } from './gate';
import { orderOf, type SavingLabel } from './labels';
import type { SavingCarrier } from './services';
import { answer, INVALID, NOT_FOUND, refusal, type ShipSavingError } from './wire';

/** A form as it is kept: USPS's is there at once, DHL eCommerce's is asked for by its id. */
export type SavingForm = {
  readonly id: string;
  readonly carrier: SavingCarrier;
  /** The barcode's number; this wire tells it on the paper alone. */
  readonly number: string;
  readonly trackingCodes: readonly string[];
  readonly createdAt: number;
};

const Wanted = z.object({ tracking_codes: z.array(z.string()).min(1) });

/** Makes one USPS SCAN Form of some labels and answers where it lies. */
export function createScanForm(world: World, call: ShipSavingCall): Answer {
  const made = makeForm(world, call, 'USPS');
  return 'status' in made ? refusal(made) : answer({ url: urlOf(world, call.shopId, made) });
}

/** Makes a form of DHL eCommerce labels and answers the number to ask for it by. */
export function createDhlForm(world: World, call: ShipSavingCall): Answer {
  const made = makeForm(world, call, 'DHL');
  return 'status' in made ? refusal(made) : answer({ request: Number(made.id) });
}

/** Where a DHL eCommerce form lies. */
export function getDhlForm(world: World, { shopId, query }: ShipSavingCall): Answer {
  const form = world.state.savingForms.get(shopId, query.get('request_id') ?? '');
  return form?.carrier === 'DHL' ? answer({ url: urlOf(world, shopId, form) }) : refusal(NOT_FOUND);
}

const NOT_OURS: ShipSavingError = { status: 400, message: 'Invalid tracking code format or shipment not found.' };
const NOT_FIT: ShipSavingError = { status: 400, message: 'Some shipments are voided or already on a SCAN Form.' };
const MANY_ORIGINS: ShipSavingError = { status: 400, message: 'All shipments must leave from one address.' };

function makeForm(
  world: World,
  { shopId, body }: ShipSavingCall,
  carrier: SavingCarrier,
): SavingForm | ShipSavingError {
  const wanted = Wanted.safeParse(body);
  if (!wanted.success) return INVALID;
  const codes = [...new Set(wanted.data.tracking_codes)];
  const labels = codes.flatMap((code) => world.state.savingLabels.get(shopId, code) ?? []);
  const isOurs = labels.length === codes.length && labels.every(({ rate }) => rate.service.carrier === carrier);
  if (!isOurs) return NOT_OURS;
  if (labels.some(({ isVoided, formId }) => isVoided || formId !== undefined)) return NOT_FIT;
  if (new Set(labels.map(originOf)).size > 1) return MANY_ORIGINS;
  const most = overMost(world, shopId, codes.length);
  if (most !== undefined) return { status: 400, message: `A SCAN Form takes at most ${most} shipments.` };
  // There is one sentence an error on this wire, and no place in it for the parcels that it is about.
  if (badAmong(world, shopId, codes).length > 0) return NOT_FIT;
  return keepForm(world, shopId, { labels, carrier });
}

type Making = { readonly labels: readonly SavingLabel[]; readonly carrier: SavingCarrier };

function keepForm(world: World, shopId: string, { labels, carrier }: Making): SavingForm {
  const form: SavingForm = {
    id: digits(8),
    carrier,
    number: newFormNumber(),
    trackingCodes: labels.map(({ trackingCode }) => trackingCode),
    createdAt: nowOf(world, shopId),
  };
  world.state.savingForms.put(shopId, form.id, form);
  for (const label of labels) world.state.savingLabels.put(shopId, label.trackingCode, { ...label, formId: form.id });
  const orders = labels.flatMap((label) => orderOf(label) ?? []);
  const line = { ref: form.id, order: null, provider: 'shipsaving', shipments: labels.length, orders } as const;
  enter(world, shopId, { ...line, kind: 'formCreated' });
  return form;
}

function originOf({ request }: SavingLabel): string {
  const { street, street2, city, state, zip, country } = request.from;
  return JSON.stringify([street, street2 ?? '', city, state, zip, country]).toUpperCase();
}

function urlOf(world: World, shopId: string, { id, createdAt }: SavingForm): string {
  return `${world.url}/shipsaving/forms/${shopId}/${new Date(createdAt).toISOString().slice(0, 10)}/${id}.pdf`;
}
