import type { ManifestKey } from '../domain/manifest/manifest';
import { hasEvent } from '../domain/manifest/papers';
import { readMark, trackingMarkKey } from '../domain/tracking/mark';
import { inTurns } from './form-io';
import { readForms } from './manifest-documents';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** `forms`: of these of its forms alone, by their ids. */
type Input = ManifestKey & Pick<About, 'shopId' | 'at'> & { forms?: readonly string[] };

type SilentAnswer = { kind: 'silent'; count: number };

/** Counts the parcels of a manifest's forms of which their carrier has told nothing since it took the form; the API names each. */
export async function lookForSilent(ports: Ports, { shopId, forms: wanted, ...key }: Input): Promise<SilentAnswer> {
  const forms = (await readForms(ports, key)).filter(({ formId }) => wanted?.includes(formId) !== false);
  const numbers = new Set(forms.flatMap(({ members }) => members.map(({ trackingNumber }) => trackingNumber)));
  const heard = await inTurns([...numbers], async (number) =>
    hasEvent(readMark(await ports.documents.get(trackingMarkKey(shopId, number)))),
  );
  return { kind: 'silent', count: heard.filter((one) => !one).length };
}
