export { orderLifecycle } from './order-lifecycle/workflow';
export { orderLookup } from './order-lookup';
