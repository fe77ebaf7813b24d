import type { LabelProvider, ShipmentRequest } from '../../../activities/ports';
import { AdapterError } from '../../../contracts/adapter-error';
import type { Shop } from '../../../contracts/shop';
import { callEasyPost } from './client';
import { mapShipment } from './map';

/** Its own word, not a gateway's page: that one says nothing about the shipment. */
const NOT_FOUND = ['NOT_FOUND', 'SHIPMENT.NOT_FOUND'];
/** Bought by an earlier attempt whose answer was lost. */
const POSTAGE_EXISTS = 'SHIPMENT.POSTAGE.EXISTS';

/** EasyPost as a label provider. The two-step purchase is its safe handle: one shipment can be charged once. */
export function easyPost(shop: Shop): LabelProvider {
  const read = async (id: string) =>
    mapShipment(
      await callEasyPost(shop, { call: 'readShipment', method: 'GET', path: `/shipments/${encodeURIComponent(id)}` }),
    );
  return {
    createShipment: async (request) =>
      mapShipment(
        await callEasyPost(shop, {
          call: 'createShipment',
          method: 'POST',
          path: '/shipments',
          body: { shipment: shipmentBody(request) },
        }),
      ),
    readShipment: async (id) => {
      try {
        return await read(id);
      } catch (error) {
        if (error instanceof AdapterError && NOT_FOUND.includes(error.code)) return undefined;
        throw error;
      }
    },
    buy: async (id, rateId) => {
      try {
        const body = { rate: { id: rateId } };
        return mapShipment(
          await callEasyPost(shop, { call: 'buy', method: 'POST', path: `/shipments/${id}/buy`, body }),
        );
      } catch (error) {
        if (error instanceof AdapterError && error.code === POSTAGE_EXISTS) return read(id);
        throw error;
      }
    },
    refund: async (id) =>
      mapShipment(await callEasyPost(shop, { call: 'refund', method: 'POST', path: `/shipments/${id}/refund` })),
  };
}

const shipmentBody = ({ reference, to, from, parcel }: ShipmentRequest): Record<string, unknown> => ({
  reference,
  to_address: to,
  from_address: from,
  parcel: { length: parcel.lengthIn, width: parcel.widthIn, height: parcel.heightIn, weight: parcel.weightOz },
});
