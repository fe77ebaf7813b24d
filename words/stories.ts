/** What people read about the stories. */
export const storyWords = {
  sellerOnTime: 'A standard order: held an hour, labelled, packed, handed over, moving, delivered.',
  buyerCancelsAfterLabel: 'The buyer cancels when the label is bought; it is voided and nothing is uploaded.',
  begins: (name: string, shop: string): string => `Playing ${name} in shop ${shop}.`,
  unknown: (name: string, known: string[]): string =>
    `There is no story called ${name}; choose one of ${known.join(', ')}.`,
  notOver: (name: string, order: string, phase: string): string =>
    `Story ${name} did not come to its end: order ${order} is in phase ${phase}.`,
};
