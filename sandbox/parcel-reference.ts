/**
 * The order that a parcel's reference names: it ends in `order:package:attempt`, with the shop before it where the
 * carrier leaves room for it. `null` where it names none.
 */
export function orderOfReference(reference: string | null | undefined): string | null {
  return reference?.split(':').at(-3) ?? null;
}
