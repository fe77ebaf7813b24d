export { alertDesk } from './alert-desk/workflow';
export { appealCase } from './appeal-case/workflow';
export { manifestDay } from './manifest-day/workflow';
export { orderLifecycle } from './order-lifecycle/workflow';
export { orderLookup } from './order-lookup';
