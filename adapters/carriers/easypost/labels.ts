import type { LabelFile, LabelProvider, ShipmentRequest } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import type { LabelFormat } from '../../../contracts/shop';
import { fetchFile } from '../../http';
import { callEasyPost, type EasyPostAt } from './client';
import { mapShipment } from './map';
import type { Shipment } from './wire';

const FILE_DEADLINE_MS = 20_000;

/** Its own word, not a gateway's page: that one says nothing about the shipment. */
const NOT_FOUND = ['NOT_FOUND', 'SHIPMENT.NOT_FOUND'];
/** Bought by an earlier attempt whose answer was lost. */
const POSTAGE_EXISTS = 'SHIPMENT.POSTAGE.EXISTS';

/** EasyPost as a label provider. The two-step purchase is its safe handle: one shipment can be charged once. */
export function easyPostLabels(at: EasyPostAt): LabelProvider {
  const read = async (id: string) =>
    mapShipment(
      await callEasyPost(at, { call: 'readShipment', method: 'GET', path: `/shipments/${encodeURIComponent(id)}` }),
    );
  return {
    createShipment: async (request) =>
      mapShipment(
        await callEasyPost(at, {
          call: 'createShipment',
          method: 'POST',
          path: '/shipments',
          isFree: true,
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
    buy: async ({ shipmentId: id, rateId }) => {
      try {
        const body = { rate: { id: rateId } };
        return mapShipment(await callEasyPost(at, { call: 'buy', method: 'POST', path: `/shipments/${id}/buy`, body }));
      } catch (error) {
        if (error instanceof AdapterError && error.code === POSTAGE_EXISTS) return read(id);
        throw error;
      }
    },
    refund: async (id) =>
      mapShipment(await callEasyPost(at, { call: 'refund', method: 'POST', path: `/shipments/${id}/refund` })),
    document: ({ shipmentId, format }) => documentOf(at, shipmentId, format),
  };
}

/**
 * The label as a file. EasyPost turns it into the format that is asked for, however it was bought, and answers with the file's
 * address, which holds for a while only.
 * @throws AdapterError `retryLater` while there is none in that format.
 */
async function documentOf(at: EasyPostAt, shipmentId: string, format: LabelFormat): Promise<LabelFile> {
  const path = `/shipments/${encodeURIComponent(shipmentId)}/label?file_format=${format.toUpperCase()}`;
  const { postage_label: label } = await callEasyPost(at, { call: 'convertLabel', method: 'GET', path });
  const url = label ? urlOf(label, format) : undefined;
  if (!url) throw new AdapterError('retryLater', { provider: 'EasyPost', call: 'convertLabel', code: 'no file yet' });
  const file = { provider: 'EasyPost', call: 'labelFile', url, deadlineMs: FILE_DEADLINE_MS };
  return { format, bytes: await fetchFile(file) };
}

/** `label_url` is the label in the format that it was made in. */
function urlOf(label: NonNullable<Shipment['postage_label']>, format: LabelFormat): string | null | undefined {
  const { label_url: made, label_file_type: type, label_pdf_url: pdf, label_zpl_url: zpl } = label;
  const own = type === MADE_IN[format] ? made : undefined;
  return { pdf: pdf ?? own, zpl: zpl ?? own, png: own }[format];
}

const MADE_IN: Readonly<Record<LabelFormat, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  zpl: 'application/zpl',
};

const shipmentBody = ({ reference, to, from, parcel, mailingDate }: ShipmentRequest): Record<string, unknown> => ({
  reference,
  to_address: to,
  from_address: from,
  parcel: { length: parcel.lengthIn, width: parcel.widthIn, height: parcel.heightIn, weight: parcel.weightOz },
  // What is bought after the day's cut-off carries the next mailing date, or it fits no form. At noon UTC it is that day in every state.
  ...(mailingDate === undefined ? {} : { options: { label_date: `${mailingDate}T12:00:00Z` } }),
});
