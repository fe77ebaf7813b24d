import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Answer } from '../answer';
import type { World } from '../world';
import type { EasyPostCall } from './gate';
import { BAD_LISTING, listed } from './listing';
import { refundShipment } from './purchase';
import type { Shipment } from './shipments';
import { answer, instant, NOT_FOUND, refusal } from './wire';

const Wanted = z.object({ refund: z.object({ carrier: z.string(), tracking_codes: z.array(z.string()).min(1) }) });

/** Asks for the postage of several numbers of one carrier back. The first that is refused ends it. */
export function createRefunds(world: World, call: EasyPostCall): Answer {
  const wanted = Wanted.safeParse(call.body);
  if (!wanted.success)
    return refusal({ status: 422, code: 'PARAMETER.REQUIRED', message: 'Missing required parameter.' });
  const { carrier, tracking_codes: codes } = wanted.data.refund;
  const ofCarrier = world.state.shipments.of(call.shopId).filter(({ postage }) => postage?.rate.carrier === carrier);
  const shipments = codes.map((code) => ofCarrier.find(({ postage }) => postage?.trackingCode === code));
  if (shipments.includes(undefined)) return refusal(NOT_FOUND);
  const ids = shipments.flatMap((shipment) => shipment?.id ?? []);
  for (const id of ids) {
    const answered = refundShipment(world, { ...call, params: { id } });
    if (answered.status !== 200) return answered;
  }
  return answer(
    200,
    ids.flatMap((id) => refundOf(world.state.shipments.get(call.shopId, id)) ?? []),
  );
}

/** Lists what was asked back, newest first. */
export function listRefunds(world: World, { shopId, query }: EasyPostCall): Answer {
  const refunds = world.state.shipments.of(shopId).flatMap((shipment) => refundOf(shipment) ?? []);
  const page = listed(refunds, ({ created_at: at }) => Date.parse(at), query);
  return page === undefined ? refusal(BAD_LISTING) : answer(200, { refunds: page.rows, has_more: page.has_more });
}

type Refund = { readonly id: string; readonly created_at: string } & Readonly<Record<string, unknown>>;

/** A refund is what its shipment says; its id follows from the shipment's. */
function refundOf(shipment: Shipment | undefined): Refund | undefined {
  if (!shipment?.postage || shipment.refundStatus === null) return undefined;
  const at = instant(shipment.updatedAt);
  return {
    id: `rfnd_${createHash('sha256').update(shipment.id).digest('hex').slice(0, 32)}`,
    object: 'Refund',
    created_at: at,
    updated_at: at,
    tracking_code: shipment.postage.trackingCode,
    confirmation_number: null,
    status: shipment.refundStatus,
    carrier: shipment.postage.rate.carrier,
    shipment_id: shipment.id,
    mode: 'test',
  };
}
