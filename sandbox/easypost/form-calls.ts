import { z } from 'zod';
import type { Answer } from '../answer';
import { nowOf } from '../clock';
import { prefixedId } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import { sendEvent } from './events';
import { renderedForm, type ScanForm } from './forms';
import type { EasyPostCall } from './gate';
import { orderOf, type Postage, type Shipment } from './shipments';
import { newFormNumber } from './tracking-number';
import { answer, type EasyPostError, NOT_FOUND, refusal } from './wire';

const Wanted = z.object({ shipments: z.array(z.object({ id: z.string() })).min(1) });
/** The documentation's curl page leaves the wrapper out, the libraries put it on; EasyPost takes both. */
const Wrapped = z.object({ scan_form: z.looseObject({}) });

/**
 * Makes one form of some shipments. It is finished at once, unless a fault holds it back.
 *
 * A shipment on a form can still be refunded while nothing was scanned: EasyPost's pages do not settle it, and the
 * milder reading leaves the label's owner a way out.
 */
export function createForm(world: World, { shopId, body }: EasyPostCall, pendingBy?: string): Answer {
  const wrapped = Wrapped.safeParse(body);
  const wanted = Wanted.safeParse(wrapped.success ? wrapped.data.scan_form : body);
  if (!wanted.success) return refusal(REQUIRED);
  const ids = [...new Set(wanted.data.shipments.map(({ id }) => id))];
  const members = ids.flatMap((id) => memberOf(world.state.shipments.get(shopId, id)) ?? []);
  if (members.length < ids.length) return refusal(invalid(ids.length - members.length, ids.length));
  if (new Set(members.map(originOf)).size > 1) return refusal(MANY_ORIGINS);
  const form = formed(world, shopId, { members, pendingBy });
  return answer(200, renderedForm(world, shopId, form.id));
}

/** Reads a form. */
export function getForm(world: World, { shopId, params }: EasyPostCall): Answer {
  const form = renderedForm(world, shopId, params['id'] ?? '');
  return form === null ? refusal(NOT_FOUND) : answer(200, form);
}

const Listing = z.object({
  page_size: z.coerce.number().int().min(1).max(100).default(20),
  before_id: z.string().optional(),
  after_id: z.string().optional(),
  start_datetime: z
    .string()
    .transform((text) => Date.parse(text))
    .pipe(z.number())
    .default(0),
  end_datetime: z
    .string()
    .transform((text) => Date.parse(text))
    .pipe(z.number())
    .default(Infinity),
});

/** Lists a shop's forms, newest first. */
export function listForms(world: World, { shopId, query }: EasyPostCall): Answer {
  const listing = Listing.safeParse(Object.fromEntries(query));
  if (!listing.success) return refusal(BAD_LISTING);
  const { page_size: size, start_datetime: from, end_datetime: to } = listing.data;
  const between = world.state.forms.of(shopId).filter(({ createdAt }) => createdAt >= from && createdAt <= to);
  const rest = beside(between, listing.data).reverse();
  const scan_forms = rest.slice(0, size).map(({ id }) => renderedForm(world, shopId, id));
  return answer(200, { scan_forms, has_more: rest.length > size });
}

const REQUIRED: EasyPostError = {
  status: 422,
  code: 'SCAN_FORM.SHIPMENTS.REQUIRED',
  message: 'Shipments are required to create a scan form.',
};
const MANY_ORIGINS: EasyPostError = {
  status: 422,
  code: 'SCAN_FORM.CREATE.FAILURE',
  message: 'All shipments of a scan form must have the same from_address.',
};
const BAD_LISTING: EasyPostError = {
  status: 422,
  code: 'PARAMETER.INVALID',
  message: 'A parameter of the list is not valid.',
};

function invalid(count: number, total: number): EasyPostError {
  return {
    status: 422,
    code: 'SCAN_FORM.SHIPMENTS.INVALID',
    message: `${count} of ${total} shipments cannot be put on a scan form.`,
  };
}

type Member = { readonly shipment: Shipment; readonly postage: Postage };

/** A shipment that may stand on a form: a USPS label with a number, not given back and on no other form. */
function memberOf(shipment: Shipment | undefined): Member | undefined {
  if (shipment === undefined || shipment.postage === null || shipment.formId !== undefined) return undefined;
  const { postage } = shipment;
  const isOfTheForm = postage.rate.carrier === 'USPS' && postage.hiddenBy === undefined;
  return isOfTheForm && shipment.refundStatus !== 'submitted' ? { shipment, postage } : undefined;
}

/** What makes two from-addresses one place; the ids and names differ from shipment to shipment. */
function originOf({ shipment }: Member): string {
  const address = shipment.parts['from_address'] as Readonly<Record<string, unknown>>;
  const place = ['street1', 'street2', 'city', 'state', 'zip', 'country'].map((name) => address[name] ?? '');
  return JSON.stringify(place).toUpperCase();
}

type Forming = { readonly members: readonly Member[]; readonly pendingBy: string | undefined };

function formed(world: World, shopId: string, { members, pendingBy }: Forming): ScanForm {
  const at = nowOf(world, shopId);
  const form: ScanForm = {
    id: prefixedId('sf'),
    batchId: prefixedId('batch'),
    number: newFormNumber(),
    trackingCodes: members.map(({ postage }) => postage.trackingCode),
    address: members[0]?.shipment.parts['from_address'],
    createdAt: at,
    updatedAt: at,
    pendingBy,
  };
  world.state.forms.put(shopId, form.id, form);
  for (const { shipment } of members)
    world.state.shipments.put(shopId, shipment.id, { ...shipment, formId: form.id, updatedAt: at });
  const orders = members.flatMap(({ shipment }) => orderOf(shipment) ?? []);
  enter(world, shopId, { kind: 'formCreated', ref: form.id, order: null, shipments: members.length, orders });
  const result = renderedForm(world, shopId, form.id);
  sendEvent(world, shopId, { description: 'scan_form.created', before: {}, result, at, orderId: null });
  return form;
}

type Place = { readonly before_id?: string | undefined; readonly after_id?: string | undefined };

/** The forms, oldest first, on the wanted side of one of them; a form that is not there bounds nothing. */
function beside(forms: readonly ScanForm[], place: Place): ScanForm[] {
  const before = forms.findIndex(({ id }) => id === place.before_id);
  const after = forms.findIndex(({ id }) => id === place.after_id);
  return forms.slice(after + 1, before === -1 ? undefined : before);
}
