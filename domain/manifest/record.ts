import type { ManifestAttention, ManifestState } from './state';

const MOST_ATTENTION_LINES = 20;

/** One cause, one line: one that stands already is dated anew. */
export function raise(state: ManifestState, line: ManifestAttention): void {
  const others = state.attention.filter(({ kind, about }) => kind !== line.kind || about !== line.about);
  state.attention = [...others, line].slice(-MOST_ATTENTION_LINES);
}
