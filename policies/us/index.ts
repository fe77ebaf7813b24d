import type { PolicySet } from '../../domain/time/policy';
import { seed } from './seed';

/** Every rule set by the name that a shop's configuration gives it. */
export const policySets: Record<string, PolicySet | undefined> = { [seed.id]: seed };
