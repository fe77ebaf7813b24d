import { decideCase } from './appeals/cases';
import { finishForms } from './easypost/forms';
import { showNumbers } from './easypost/late-numbers';
import { endFault } from './faults';
import type { Planned } from './schedule';
import { TIMEOUT_REASON } from './tiktok/auto-cancel';
import { cancelOrder, moveOrder } from './tiktok/orders';
import { scanOrder } from './tiktok/tracking-scans';
import { sendPlanned } from './webhooks';
import type { World } from './world';

/** Does what was planned, as of its own instant: the shop's clock may have ticked a little further. */
export function performPlanned(world: World, shopId: string, { what, at }: Planned): void {
  switch (what.kind) {
    case 'holdEnds':
      moveOrder(world, shopId, { orderId: what.orderId, status: 'AWAITING_SHIPMENT', at });
      return;
    case 'carrierScans':
      scanOrder(world, shopId, { orderId: what.orderId, scan: what.scan });
      return;
    case 'statusMoves':
      moveOrder(world, shopId, { orderId: what.orderId, status: what.status, at });
      return;
    case 'autoCancels':
      cancelOrder(world, shopId, { orderId: what.orderId, by: 'SYSTEM', reason: TIMEOUT_REASON, at });
      return;
    case 'appealDecided':
      decideCase(world, shopId, { ...what, at });
      return;
    case 'webhookDue':
      sendPlanned(world, shopId, what.noticeId);
      return;
    case 'faultEnds':
      endFault(world, shopId, what.faultId);
      showNumbers(world, shopId, what.faultId);
      finishForms(world, shopId, what.faultId);
  }
}
