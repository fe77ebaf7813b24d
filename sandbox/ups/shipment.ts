import { imageOf, type LabelImage } from '../label-image';
import type { World } from '../world';

/** One activity on a parcel. */
export type UpsScan = {
  readonly type: string;
  readonly code: string;
  readonly statusCode: string;
  readonly text: string;
  readonly at: number;
};

/** A shipment as it is kept, under its identification number: the tracking number of its first parcel. */
export type UpsShipment = {
  readonly id: string;
  readonly trackingNumbers: readonly string[];
  readonly references: readonly string[];
  readonly serviceCode: string;
  readonly boughtAt: number;
  /** What the account pays, and what the list says. */
  readonly priceCents: number;
  readonly publishedCents: number;
  readonly pounds: number;
  readonly isNegotiated: boolean;
  /** `GIF`, `ZPL`, `PDF` or `PNG`. */
  readonly format: string;
  readonly isVoided: boolean;
  readonly scans: readonly UpsScan[];
};

/** A shipment by the number of any of its parcels. */
export function findShipment(world: World, shopId: string, number: string): UpsShipment | undefined {
  const byId = world.state.upsShipments.get(shopId, number);
  return byId ?? world.state.upsShipments.of(shopId).find((one) => one.trackingNumbers.includes(number));
}

/** Keeps a shipment as it is now. */
export function keepShipment(world: World, shopId: string, shipment: UpsShipment): void {
  world.state.upsShipments.put(shopId, shipment.id, shipment);
}

/** Whether UPS has had a parcel in hand. A manifest is only the seller's word. */
export function hasMoved({ scans }: UpsShipment): boolean {
  return scans.some(({ type }) => !type.startsWith('M'));
}

/** The label of one parcel. */
export function labelOf(shipment: UpsShipment, trackingNumber: string, format = shipment.format): LabelImage {
  return imageOf(format, [`UPS ${shipment.serviceCode}`, trackingNumber]);
}
