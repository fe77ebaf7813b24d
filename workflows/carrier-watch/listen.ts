import { ApplicationFailure, setDefaultSignalHandler, setDefaultUpdateHandler, setHandler } from '@temporalio/workflow';
import { viewOf } from '../../domain/carriers/view';
import { watchRefusals } from '../../words/carriers';
import { REFUSED } from '../messages';
import { carriersNow, carrierWatchState } from '../messages-carriers';
import { tell, type Watch } from './watch';

/** Puts every handler in place. What comes with a signal is not looked at, so that nothing in it can be wrong. */
export function listen(watch: Watch): void {
  setHandler(carrierWatchState, () => viewOf(watch.state));
  setHandler(carriersNow, () => tell(watch, { kind: 'asked', at: Date.now() }));
  setDefaultSignalHandler(() => tell(watch, { kind: 'badMessage', at: Date.now() }));
  setDefaultUpdateHandler((name) =>
    Promise.reject(ApplicationFailure.nonRetryable(watchRefusals.unknownUpdate(name), REFUSED)),
  );
}
