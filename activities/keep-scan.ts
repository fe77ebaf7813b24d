import type { ScanReport } from '../domain/manifest/event';
import type { ManifestKey } from '../domain/manifest/manifest';
import { putScan } from './manifest-documents';
import type { Ports } from './ports';

type Input = ManifestKey & { scan: ScanReport & { reportedAt: number; formId: string } };

/** Keeps what a person said of the form's scan: an appeal's evidence. The first report stands. */
export async function keepScan(ports: Ports, { scan, ...key }: Input): Promise<{ kind: 'done' }> {
  await putScan(ports, key, scan);
  return { kind: 'done' };
}
