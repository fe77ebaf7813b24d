import { buyLabel } from './buy-label';
import { cancelOnPlatform } from './cancel-on-platform';
import { loadOrder } from './load-order';
import type { Ports } from './ports';
import { prepareLabel } from './prepare-label';
import { saveDossier } from './save-dossier';
import { shopOf } from './shop-of';
import { uploadTracking } from './upload-tracking';
import { voidLabel } from './void-label';

type Of<Step> = Step extends (ports: Ports, input: infer Input) => infer Output ? (input: Input) => Output : never;

export type Activities = {
  loadOrder: Of<typeof loadOrder>;
  prepareLabel: Of<typeof prepareLabel>;
  buyLabel: Of<typeof buyLabel>;
  voidLabel: Of<typeof voidLabel>;
  uploadTracking: Of<typeof uploadTracking>;
  cancelOnPlatform: Of<typeof cancelOnPlatform>;
  saveDossier: Of<typeof saveDossier>;
  isOrderKnown: (input: { shopId: string; orderId: string }) => Promise<boolean>;
};

/** Every step that acts outside, bound to what it acts through. */
export const createActivities = (ports: Ports): Activities => ({
  loadOrder: (input) => loadOrder(ports, input),
  prepareLabel: (input) => prepareLabel(ports, input),
  buyLabel: (input) => buyLabel(ports, input),
  voidLabel: (input) => voidLabel(ports, input),
  uploadTracking: (input) => uploadTracking(ports, input),
  cancelOnPlatform: (input) => cancelOnPlatform(ports, input),
  saveDossier: (input) => saveDossier(ports, input),
  isOrderKnown: async (input) => {
    const { platform } = await shopOf(ports, input);
    return (await platform.readOrder(input.orderId)) !== undefined;
  },
});
