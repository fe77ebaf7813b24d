import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AlertNews } from '../domain/alerts/alert';
import type { Acknowledged, Acknowledging, CarriedDesk } from '../domain/alerts/desk';
import type { AlertListView, AlertState, AlertView } from '../domain/alerts/view';

/** The alerts and tasks of one shop. */
export const ALERT_DESK = 'alertDesk';
export const alertDeskWorkflowId = (shopId: string): string => `alerts:${shopId}`;

export type AlertDeskInput = {
  shopId: string;
  /** What a run that became too long hands to the next. */
  carried?: CarriedDesk;
};

export const alertsRaised = defineSignal<[AlertNews]>('alertsRaised');

/** Which alerts are asked for; all of them where nothing is said. */
export type AlertListInput = { state: AlertState | 'all' };
export const alertList = defineQuery<AlertListView, [AlertListInput?]>('alertList');

export type { AlertListView, AlertView };

export type AcknowledgeInput = Acknowledging;
/** `reason` says why an order was refused, or why it changed nothing. */
export type AcknowledgeVerdict = Omit<Acknowledged, 'alert'> & { alert?: AlertView };
export const acknowledgeAlert = defineUpdate<AcknowledgeVerdict, [AcknowledgeInput]>('acknowledgeAlert');
