import type { Answer } from '../answer';
import type { Fault, FaultKind } from '../faults';
import type { World } from '../world';
import { createForm } from './form-calls';
import type { EasyPostCall } from './gate';
import { buyShipment, refundShipment } from './purchase';
import { noRates } from './rates';
import { createShipment } from './shipments';
import { easypostFault } from './wire';

type Twist = (world: World, call: EasyPostCall, fault: Fault) => Answer;

/** The faults that are no error on the wire: the call is answered as if all were well. */
const TWISTS: Partial<Record<FaultKind, Twist>> = {
  numberLater: (world, call, { id }) => buyShipment(world, call, id),
  refundRejected: (world, call) => refundShipment(world, call, 'rejected'),
  formPending: (world, call, { id }) => createForm(world, call, id),
  noRates: (world, call) => createShipment(world, call, noRates),
};

/** What EasyPost does under a fault. */
export function easypostInstead(world: World, call: EasyPostCall, fault: Fault): Answer {
  return TWISTS[fault.kind]?.(world, call, fault) ?? easypostFault(fault);
}
