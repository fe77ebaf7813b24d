import { nowOf } from './clock';
import { prefixedId } from './ids';
import type { World } from './world';

/** Those who sell labels here. */
type LabelSeller = 'easypost' | 'shipsaving' | 'ups' | 'usps' | 'tiktok';

/** One side effect that the seller's side has had on the outside world. Tests judge by these lines alone. */
export type LedgerLine = {
  readonly kind:
    | 'labelBought'
    | 'labelVoided'
    | 'trackingUploaded'
    | 'orderCancelled'
    | 'formCreated'
    | 'appealFiled'
    | 'cancelApproved'
    | 'cancelRejected'
    | 'trackingCorrected'
    | 'pickupBooked'
    | 'pickupCancelled';
  /** ISO instant on the shop's clock. */
  readonly at: string;
  /**
   * Shipment id of a label from EasyPost, package id of one that TikTok sold, tracking number of any other label and
   * of an upload, cancel id of a cancellation, id of a form, confirmation of a pickup, case number of an appeal.
   */
  readonly ref: string;
  /** `null` for what concerns many orders, or none that is known. */
  readonly order: string | null;
  readonly shop: string;
  /** Whose wire a label, a form or a pickup was ordered on. Absent in a line of an older journal. */
  readonly provider?: LabelSeller;
  readonly priceCents?: number;
  /** Of a form: how many shipments stand on it, and the orders that their references tell. Of an appeal for several orders: all of them. */
  readonly shipments?: number;
  readonly orders?: readonly string[];
};

/** Adds a line. Nothing is ever taken back: a voided label has two lines. */
export function enter(world: World, shopId: string, entry: Omit<LedgerLine, 'at' | 'shop'>): void {
  const line = { ...entry, at: new Date(nowOf(world, shopId)).toISOString(), shop: shopId };
  world.state.ledger.put(shopId, prefixedId('line'), line);
}

/** The lines of a shop, or of one order in it, in the order they were entered. */
export function ledgerOf(world: World, shopId: string, orderId?: string): LedgerLine[] {
  const lines = world.state.ledger.of(shopId);
  return orderId === undefined ? lines : lines.filter((line) => line.order === orderId);
}
