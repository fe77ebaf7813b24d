import { ApplicationFailure, setDefaultSignalHandler, setDefaultUpdateHandler, setHandler } from '@temporalio/workflow';
import { viewOf } from '../../domain/sweep/view';
import { sweepRefusals } from '../../words/sweep';
import { REFUSED } from '../messages';
import { sweepNow, sweepState } from '../messages-sweep';
import { tell, type Sweep } from './sweep';

/** Puts every handler in place. What comes with a signal is not looked at, so that nothing in it can be wrong. */
export function listen(sweep: Sweep): void {
  setHandler(sweepState, () => viewOf(sweep.state));
  setHandler(sweepNow, () => tell(sweep, { kind: 'asked', at: Date.now() }));
  setDefaultSignalHandler(() => tell(sweep, { kind: 'badMessage', at: Date.now() }));
  setDefaultUpdateHandler((name) =>
    Promise.reject(ApplicationFailure.nonRetryable(sweepRefusals.unknownUpdate(name), REFUSED)),
  );
}
