import { engineWords } from '../words/engine';
import { PlainFailure } from './plain-failure';

/** Something that runs and has to be stopped. */
interface Part {
  readonly name: string;
  /** Settles when it ended, asked or not. Left out for what cannot end by itself. */
  readonly gone?: Promise<void>;
  readonly logFile?: string;
  stop(): Promise<void>;
  kill(): void;
}

/** The parts that run, in the order in which they were started. */
export interface Parts {
  /** Settles with a sentence when a part ends without being asked. */
  readonly broken: Promise<string>;
  add(part: Part): void;
  /** Throws when a stop was asked for meanwhile: the start must not go on behind its back. */
  goOn(): void;
  /** Stops the last one first. Asking twice waits for the same stop. */
  stop(): Promise<void>;
  kill(): void;
}

export function createParts(): Parts {
  const running: Part[] = [];
  let stopped: Promise<void> | undefined;
  let tellBroken: (sentence: string) => void;
  const broken = new Promise<string>((resolve) => (tellBroken = resolve));

  const watch = async ({ name, gone, logFile }: Part): Promise<void> => {
    await gone;
    if (stopped === undefined) tellBroken(engineWords.partEnded(name, logFile ?? ''));
  };
  const stopAll = async (): Promise<void> => {
    for (let part = running.pop(); part !== undefined; part = running.pop()) await part.stop();
  };
  return {
    broken,
    add: (part): void => {
      running.push(part);
      if (part.gone !== undefined) void watch(part);
      // It was on its way when the stop was asked for.
      if (stopped !== undefined) stopped = stopped.then(stopAll);
    },
    goOn: (): void => {
      if (stopped !== undefined) throw new PlainFailure(engineWords.stoppedWhileStarting());
    },
    stop: () => (stopped ??= stopAll()),
    kill: (): void => {
      stopped ??= Promise.resolve();
      for (const part of running) part.kill();
    },
  };
}
