import { ApplicationFailure, setDefaultSignalHandler, setDefaultUpdateHandler, setHandler } from '@temporalio/workflow';
import { viewOf } from '../../domain/batch/view';
import { batchRefusals } from '../../words/batch';
import { REFUSED } from '../messages';
import { batchProgress, batchState } from '../messages-batch';
import { tell, type Batch } from './batch';
import { readProgress } from './guards';

/** Puts every handler in place. */
export function listen(batch: Batch): void {
  setHandler(batchState, () => viewOf(batch.state));
  setHandler(batchProgress, (message: unknown) => {
    const counts = readProgress(message);
    const at = Date.now();
    tell(batch, counts === undefined ? { kind: 'badMessage', at } : { kind: 'progressed', at, counts });
  });
  setDefaultSignalHandler(() => tell(batch, { kind: 'badMessage', at: Date.now() }));
  setDefaultUpdateHandler((name) =>
    Promise.reject(ApplicationFailure.nonRetryable(batchRefusals.unknownUpdate(name), REFUSED)),
  );
}
