import { type RequestHandler } from 'express';
import { send } from '../answer';
import { nowOf } from '../clock';
import { NOT_POSTAGE, pageOf } from '../pdf';
import { problem } from '../problem';
import type { World } from '../world';
import { sendEvent } from './events';
import { instant } from './wire';

/** A SCAN Form as it is kept. Once made it is final: later labels need another form. */
export type ScanForm = {
  readonly id: string;
  readonly batchId: string;
  /** The barcode's number: one scan of it stands for all parcels. */
  readonly number: string;
  readonly trackingCodes: readonly string[];
  /** Where the parcels come from, as their shipments had it. */
  readonly address: unknown;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The fault that keeps the form from being finished, while there is one. */
  readonly pendingBy?: string | undefined;
};

/** A form as the wire shows it; `null` if there is none. */
export function renderedForm(world: World, shopId: string, formId: string): Record<string, unknown> | null {
  const form = world.state.forms.get(shopId, formId);
  if (form === undefined) return null;
  const isPending = form.pendingBy !== undefined;
  return {
    id: form.id,
    object: 'ScanForm',
    created_at: instant(form.createdAt),
    updated_at: instant(form.updatedAt),
    tracking_codes: form.trackingCodes,
    address: form.address,
    status: isPending ? 'creating' : 'created',
    message: null,
    form_url: isPending ? null : `${world.url}/forms/${shopId}/${form.id}.pdf`,
    form_file_type: null,
    batch_id: form.batchId,
    // EasyPost's own test mode leaves it null; a form that nobody can name would be of no use here.
    confirmation: isPending ? null : form.number,
  };
}

/** Finishes the forms that one fault has held back, or any fault of the shop, and tells of them. */
export function finishForms(world: World, shopId: string, faultId?: string): void {
  for (const form of world.state.forms.of(shopId)) {
    if (form.pendingBy === undefined) continue;
    if (faultId === undefined || faultId === form.pendingBy) finish(world, shopId, form);
  }
}

function finish(world: World, shopId: string, form: ScanForm): void {
  const at = nowOf(world, shopId);
  world.state.forms.put(shopId, form.id, { ...form, pendingBy: undefined, updatedAt: at });
  const result = renderedForm(world, shopId, form.id);
  sendEvent(world, shopId, {
    description: 'scan_form.updated',
    before: { status: 'creating' },
    result,
    at,
    orderId: null,
  });
}

/** Serves the forms, without a key, as the labels are. */
export function formRoute(world: World): RequestHandler<{ shop: string; file: string }> {
  return (req, res) => {
    const form = world.state.forms.get(req.params.shop, req.params.file.replace(/\.pdf$/, ''));
    if (form === undefined || form.pendingBy !== undefined) send(res, problem(404, 'No such form'));
    else send(res, { status: 200, contentType: 'application/pdf', body: formPage(form) });
  };
}

function formPage({ number, trackingCodes }: ScanForm): Buffer {
  return pageOf([NOT_POSTAGE, 'USPS SCAN FORM', number, `${trackingCodes.length} parcels`]);
}
