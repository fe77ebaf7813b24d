import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  sleep,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { AccountActivities } from '../../activities/account-activities';
import {
  CONNECT_WITHIN_MS,
  isOver,
  stepConnect,
  type ConnectCommand,
  type ConnectEvent,
} from '../../domain/account/connect';
import { connectPageOf } from '../../domain/account/connect-view';
import { connectSummaries } from '../../words/connect';
import type { ConnectInput, ConnectResult } from '../messages-connect';
import { begin, listen, type Connecting } from './listen';

/** A step that the platform's silence hinders is repeated for as long as its code and its state live. */
const OPTIONS: ActivityOptions = {
  startToCloseTimeout: '2 min',
  scheduleToCloseTimeout: CONNECT_WITHIN_MS,
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '30 s' },
};

/** Connects the shops that one owner consents to and chooses. Its state is used once, and ends after half an hour. */
export async function shopConnect({ state }: ConnectInput): Promise<ConnectResult> {
  const running = begin(state);
  listen(running);
  // Somebody who cancels it in Temporal means it: nothing is lost, and what it left in the vault is removed.
  CancellationScope.current().cancelRequested.catch(() =>
    running.inbox.push({ kind: 'woke', at: Date.now() + CONNECT_WITHIN_MS }),
  );
  return CancellationScope.nonCancellable(() => live(running));
}

async function live(running: Connecting): Promise<ConnectResult> {
  const expiry = armExpiry(running);
  void open(running).then((event) => running.inbox.push(event));
  while (!isOver(running.connect) || running.inbox.length > 0) {
    await condition(() => running.inbox.length > 0);
    for (const event of running.inbox.splice(0)) takeIn(running, event);
    setCurrentDetails(connectPageOf(running.connect));
  }
  expiry.cancel();
  await activitiesFor(connectSummaries.forgetConnect).forgetConnect({ state: running.connect.state });
  await condition(allHandlersFinished);
  const connected = running.connect.results.filter(({ kind }) => kind === 'connected').map(({ id }) => id);
  return { status: running.connect.status, connected };
}

const activitiesFor = (summary: string): AccountActivities =>
  proxyActivities<AccountActivities>({ ...OPTIONS, summary });

async function open({ connect: { state } }: Connecting): Promise<ConnectEvent> {
  const opened = await activitiesFor(connectSummaries.openConsent).openConsent({ state });
  const consentUrl = opened.kind === 'opened' ? opened.consentUrl : undefined;
  return { kind: 'opened', at: Date.now(), consentUrl };
}

/** One event at a time, each answered before the next. */
function takeIn(running: Connecting, event: ConnectEvent): void {
  const { connect, start, objection } = stepConnect(running.connect, event);
  running.connect = connect;
  if (event.kind === 'chosen') running.waiting.shift()?.(objection);
  if (start === undefined) return;
  void carryOut(connect.state, start)
    .catch((): ConnectEvent => ({ kind: 'failed', at: Date.now() }))
    .then((answer) => running.inbox.push(answer));
}

async function carryOut(state: string, command: ConnectCommand): Promise<ConnectEvent> {
  if (command.kind === 'exchangeCode') {
    const answer = await activitiesFor(connectSummaries.exchangeCode).exchangeCode({ state });
    return { kind: 'consented', at: Date.now(), answer };
  }
  const { shopIds, mode, at } = command;
  const input = { state, shopIds, at, ...(mode === undefined ? {} : { mode }) };
  const { shops } = await activitiesFor(connectSummaries.configureShops(shopIds.length)).configureShops(input);
  return { kind: 'configured', at: Date.now(), shops };
}

function armExpiry(running: Connecting): CancellationScope {
  const scope = new CancellationScope({ cancellable: true });
  void scope
    .run(async () => {
      // What is being set up when the time is over is finished first: it looks again a little later.
      for (let ms = CONNECT_WITHIN_MS; !isOver(running.connect); ms = 60_000) {
        await sleep(ms, { summary: connectSummaries.expire });
        running.inbox.push({ kind: 'woke', at: Date.now() });
        await condition(() => running.inbox.length === 0);
      }
    })
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
  return scope;
}
