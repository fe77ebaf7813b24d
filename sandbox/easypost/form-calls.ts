import { z } from 'zod';
import type { Answer } from '../answer';
import { nowOf } from '../clock';
import { badAmong, overMost } from '../form-rules';
import { prefixedId } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import { sendEvent } from './events';
import { renderedForm, type ScanForm } from './forms';
import type { EasyPostCall } from './gate';
import { BAD_LISTING, listed } from './listing';
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
  const barred = barredBy(world, shopId, members);
  if (barred !== undefined) return refusal(barred);
  const form = formed(world, shopId, { members, pendingBy });
  return answer(200, renderedForm(world, shopId, form.id));
}

/** Reads a form. */
export function getForm(world: World, { shopId, params }: EasyPostCall): Answer {
  const form = renderedForm(world, shopId, params['id'] ?? '');
  return form === null ? refusal(NOT_FOUND) : answer(200, form);
}

/** Lists a shop's forms, newest first. */
export function listForms(world: World, { shopId, query }: EasyPostCall): Answer {
  const page = listed(world.state.forms.of(shopId), ({ createdAt }) => createdAt, query);
  if (page === undefined) return refusal(BAD_LISTING);
  const scan_forms = page.rows.map(({ id }) => renderedForm(world, shopId, id));
  return answer(200, { scan_forms, has_more: page.has_more });
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

/** What the shop's own rules have against these shipments. This wire never says which of them it means. */
function barredBy(world: World, shopId: string, members: readonly Member[]): EasyPostError | undefined {
  const codes = members.map(({ postage }) => postage.trackingCode);
  const most = overMost(world, shopId, codes.length);
  const failure = { status: 422, code: 'SCAN_FORM.CREATE.FAILURE' };
  if (most !== undefined) return { ...failure, message: `A scan form takes at most ${most} shipments.` };
  if (badAmong(world, shopId, codes).length === 0) return undefined;
  return { ...failure, message: 'The scan form could not be created: one or more of the parameters were invalid.' };
}

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
  const line = { ref: form.id, order: null, provider: 'easypost', shipments: members.length, orders } as const;
  enter(world, shopId, { ...line, kind: 'formCreated' });
  const result = renderedForm(world, shopId, form.id);
  sendEvent(world, shopId, { description: 'scan_form.created', before: {}, result, at, orderId: null });
  return form;
}
