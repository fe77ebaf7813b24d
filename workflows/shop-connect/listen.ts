import {
  ApplicationFailure,
  condition,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from '@temporalio/workflow';
import { newConnect, type ConnectEvent, type ConnectObjection, type ConnectState } from '../../domain/account/connect';
import { connectViewOf } from '../../domain/account/connect-view';
import { connectRefusals } from '../../words/connect';
import { REFUSED } from '../messages';
import {
  chooseShops,
  codeCame,
  connectState,
  openConnect,
  type ChooseShopsInput,
  type ChooseVerdict,
} from '../messages-connect';
import { readChoice } from './guards';

/** A connection while it runs. */
export type Connecting = {
  connect: ConnectState;
  inbox: ConnectEvent[];
  /** Callers who wait for the verdict on their choice, in the order in which the choices came. */
  waiting: ((objection: ConnectObjection | undefined) => void)[];
};

export const begin = (state: string): Connecting => ({
  connect: newConnect(state, Date.now()),
  inbox: [],
  waiting: [],
});

/** Puts every handler in place. A handler only puts an event into the inbox. */
export function listen(running: Connecting): void {
  setHandler(connectState, () => connectViewOf(running.connect));
  setHandler(codeCame, () => void running.inbox.push({ kind: 'codeCame', at: Date.now() }));
  setHandler(openConnect, async () => {
    await condition(() => running.connect.consentUrl !== undefined || running.connect.failure !== undefined);
    return { consentUrl: running.connect.consentUrl ?? null };
  });
  setHandler(chooseShops, (input) => choose(running, input), {
    validator: (message: unknown) => {
      const read = readChoice(message);
      if (typeof read === 'string') throw refusalOf(connectRefusals.malformed(read));
    },
  });
  // Nobody but us knows its state; what makes no sense is not worth an entry anywhere.
  setDefaultSignalHandler(() => undefined);
  setDefaultUpdateHandler((name) => Promise.reject(refusalOf(connectRefusals.unknownOrder(name))));
}

const refusalOf = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, REFUSED);

async function choose(running: Connecting, input: ChooseShopsInput): Promise<ChooseVerdict> {
  const { shopIds, mode, actor, bodyHash, key } = input;
  const objection = await new Promise<ConnectObjection | undefined>((resolve) => {
    running.waiting.push(resolve);
    const choice = { shopIds: [...new Set(shopIds)], actor, ...(mode === undefined ? {} : { mode }) };
    running.inbox.push({ kind: 'chosen', at: Date.now(), choice });
  });
  if (objection !== undefined && key === undefined) throw refusalOf(connectRefusals[objection]);
  return {
    accepted: objection === undefined,
    ...(objection === undefined ? {} : { reason: connectRefusals[objection] }),
    ...(bodyHash === undefined ? {} : { bodyHash }),
  };
}
