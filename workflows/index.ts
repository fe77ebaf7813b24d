export { alertDesk } from './alert-desk/workflow';
export { appealCase } from './appeal-case/workflow';
export { manifestDay } from './manifest-day/workflow';
export { orderLifecycle } from './order-lifecycle/workflow';
export { orderLookup } from './order-lookup';
export { shopAccount } from './shop-account/workflow';
export { shopConnect } from './shop-connect/workflow';
export { shopSweep } from './shop-sweep/workflow';
