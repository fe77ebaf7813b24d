/** Remembers the newest ids, so that a repeat is known without asking anybody. */
export type Seen = { has: (id: string) => boolean; add: (id: string) => void };

/**
 * Bounded, in this process only: a repeat that comes after a restart, or to another process, is harmless by the workflow.
 *
 * @param most How many ids are kept; the oldest go first.
 */
export function seenIds(most: number): Seen {
  // A Set keeps the order in which ids came.
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add: (id) => {
      ids.add(id);
      if (ids.size <= most) return;
      const [oldest] = ids;
      if (oldest !== undefined) ids.delete(oldest);
    },
  };
}
