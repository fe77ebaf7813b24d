import type { AllPorts } from '../../activities';
import type { FormProvider, NeighbourMessage } from '../../activities/ports';
import type { ManifestNotice } from '../../domain/manifest/manifest';
import { manifestChanged } from '../../workflows/messages';

/** Where the making of a form is cut off, in the order in which it gets there. */
export const POINTS = [
  'closed',
  'listed',
  'beforeCall',
  'unanswered',
  'beforeKept',
  'beforeTelling',
  'amidTelling',
  'halfMade',
] as const;
export type Point = (typeof POINTS)[number];

/** What stands still, and where: an account of one shop has one manifest here. `tellings`: how many of its members hear of it first. */
export type Doom = { account: string; point: Point; tellings: number };

/** Never again heard of, as a process that was killed. */
const STILL = new Promise<never>(() => undefined);

/**
 * Ports in which the work for some accounts stands still for ever at one step; `reached` is told once for each. Nothing is thrown: what
 * stands still cleans up nothing, as what is killed does not. `unanswered` is left to the provider.
 */
export function standingStill(ports: AllPorts, dooms: readonly Doom[], reached: (account: string) => void): AllPorts {
  const fates = new Map(dooms.map((doom) => [doom.account, fateOf(doom, reached)]));
  return {
    ...ports,
    documents: {
      ...ports.documents,
      putIfAbsent: async (key, text) => {
        const isFirst = await ports.documents.putIfAbsent(key, text);
        await fates.get(accountInKey(key))?.written(key);
        return isFirst;
      },
    },
    neighbours: {
      ...ports.neighbours,
      signal: async (message) => {
        await fates.get(accountInMessage(message))?.telling();
        return ports.neighbours.signal(message);
      },
    },
    formsOf: (shop, account) => {
      const forms = ports.formsOf(shop, account);
      return { ...forms, createForm: fates.get(account)?.calling(forms) ?? forms.createForm };
    },
  };
}

const accountInKey = (key: string): string => (key.startsWith('manifests/') ? (key.split('/')[1] ?? '') : '');

function accountInMessage({ signal, payload }: Pick<NeighbourMessage, 'signal' | 'payload'>): string {
  if (signal.name !== manifestChanged.name) return '';
  return (payload as ManifestNotice).manifest.split(':')[1] ?? '';
}

type Fate = {
  written: (key: string) => Promise<void>;
  telling: () => Promise<void>;
  calling: (forms: FormProvider) => FormProvider['createForm'];
};

function fateOf({ account, point, tellings }: Doom, reached: (account: string) => void): Fate {
  const stop = (): Promise<never> => {
    reached(account);
    return STILL;
  };
  let told = 0;
  let wasRefused = false;
  return {
    written: async (key) => {
      if ((point === 'closed' || point === 'listed') && key.endsWith(`/${point}`)) await stop();
    },
    telling: async () => {
      const isAmid = point === 'amidTelling' && told >= tellings;
      if (point === 'beforeTelling' || isAmid) await stop();
      told += 1;
    },
    calling: (forms) => async (parcels, mailing) => {
      if (point === 'beforeCall') await stop();
      const form = await forms.createForm(parcels, mailing).catch((error: unknown) => {
        wasRefused = true;
        throw error;
      });
      if (point === 'beforeKept' || (point === 'halfMade' && wasRefused)) await stop();
      return form;
    },
  };
}
