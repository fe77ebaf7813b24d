import type { ProofKind } from '../domain/manifest/manifest';
import { storyWords } from '../words/stories';
import type { ManifestView } from '../workflows/messages-manifest';
import { call, sendFile } from './call';
import { plainPage } from '../paper/plain-page';
import type { Brought, Stage } from './stage';

type Forms = { apiUrl: string; shopId: string } & Pick<Stage, 'settle' | 'now' | 'view' | 'control'>;

const STAMPED: Brought = { files: ['stampedForm'], claims: ['receipt'] };

/** What people do with the form of the day. */
export function formsOf({
  apiUrl,
  shopId,
  view,
  control,
  settle,
  now,
}: Forms): Pick<Stage, 'closeForm' | 'reportScan' | 'clerkScans' | 'makeFormByHand'> {
  const manifestOf = async (orderId: string): Promise<string> => {
    const id = Object.values((await view(orderId)).packages)[0]?.manifest.id;
    if (id === undefined) throw new Error(storyWords.noManifest(orderId));
    return `${apiUrl}/v1/manifests/${shopId}/${id}`;
  };
  const order = async (orderId: string, verb: string, body: unknown): Promise<void> => {
    await call('POST', `${await manifestOf(orderId)}/${verb}`, body);
    await settle();
  };
  const fileOf = async (orderId: string, kind: ProofKind): Promise<{ kind: ProofKind; file: string }> => {
    const kept = await sendFile<{ sha256: string }>(
      `${await manifestOf(orderId)}/evidence`,
      await plainPage(`${orderId} ${kind}`),
    );
    return { kind, file: kept.sha256 };
  };
  return {
    closeForm: (orderId) => order(orderId, 'close', {}),
    reportScan: async (orderId, { files = [], claims = [], scannedAt: saidAt } = STAMPED) => {
      const proofs: { kind: ProofKind; file?: string }[] = claims.map((kind) => ({ kind }));
      for (const kind of files) proofs.push(await fileOf(orderId, kind));
      const scannedAt = new Date(saidAt ?? (await now())).toISOString();
      await order(orderId, 'scanned', { scannedAt, place: 'the counter', proofs });
    },
    clerkScans: async (orderId) => {
      const { forms } = await call<ManifestView>('GET', await manifestOf(orderId));
      for (const { number } of forms) await control('POST', `/forms/${number ?? ''}/scan`, {});
      await settle();
    },
    makeFormByHand: async (orderId) => {
      const trackingNumber = Object.values((await view(orderId)).packages)[0]?.label.trackingNumber;
      const made = (await control('POST', '/seller-center/manifests', { trackingNumbers: [trackingNumber] })) as {
        number: string;
      };
      await order(orderId, 'bring', { number: made.number, trackingNumbers: [trackingNumber] });
    },
  };
}
