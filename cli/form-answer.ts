import { z } from 'zod';

/** What the command line needs of the API's answers about forms. */

const Form = z.object({
  formId: z.string(),
  number: z.string().nullable(),
  members: z.number(),
  sha256: z.string(),
});

const Manifest = {
  date: z.string(),
  phase: z.string(),
  closesAt: z.string(),
  forms: z.array(Form),
  byHand: z.object({ url: z.string() }).nullable(),
  toDo: z.array(z.string()),
};

const ManifestOfDay = z.object({
  ...Manifest,
  manifest: z.string(),
  shipFrom: z.string(),
  minutesLeft: z.number().nullable(),
  evidence: z.string().nullable(),
  counts: z.object({ onForm: z.number(), notPacked: z.number(), leftOff: z.number(), loaded: z.number() }),
});
export type ManifestOfDay = z.infer<typeof ManifestOfDay>;

const Orphan = z.object({
  orderId: z.string(),
  trackingNumber: z.string(),
  why: z.string(),
  reason: z.string().optional(),
});

export const FormDay = z.object({
  shopId: z.string(),
  today: z.string(),
  places: z.array(z.object({ manifests: z.array(ManifestOfDay) })),
  orphans: z.array(Orphan),
});
export type FormDay = z.infer<typeof FormDay>;

export const ManifestList = z.object({
  data: z.array(z.object({ manifest: z.string(), phase: z.string().optional() })),
});

export const OneManifest = z.object({ ...Manifest, leftOff: z.number(), late: z.number() });
export type OneManifest = z.infer<typeof OneManifest>;

export const ParcelPage = z.object({
  data: z.array(
    z.object({
      orderId: z.string(),
      package: z.string(),
      trackingNumber: z.string().nullable(),
      state: z.string(),
      form: z.string().nullable(),
      reason: z.string().nullable(),
      loadedAt: z.string().nullable(),
      carrier: z.object({ meaning: z.string() }).nullable(),
      silentSince: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type ListedParcel = z.infer<typeof ParcelPage>['data'][number];

export const LoadAnswers = z.object({
  answers: z.array(z.object({ trackingNumber: z.string(), answer: z.string(), sentence: z.string() })),
});
export type LoadAnswer = z.infer<typeof LoadAnswers>['answers'][number];

export const Reported = z.object({ evidence: z.string().optional(), toFetch: z.string().optional() });

export const KeptFile = z.object({ sha256: z.string() });

export const UploadLink = z.object({ url: z.string(), expiresAt: z.string(), note: z.string().optional() });
