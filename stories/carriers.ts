import { storyWords } from '../words/stories';
import { formScanned, moves, delivered, packedSameDay, placed } from './moves';
import type { Stage } from './stage';
import { HOUR_MS, type Story } from './story';

const MINUTE_MS = 60_000;

/** The parcel goes without a form: its carrier has none. */
async function handedOverAndDelivered(stage: Stage, id: string): Promise<void> {
  await stage.advance(HOUR_MS);
  await stage.person(id, 'handed-over');
  await moves(stage, id);
  await delivered(stage, id);
}

/** The parcel goes on the day's form. */
async function scannedAndDelivered(stage: Stage, id: string): Promise<void> {
  await formScanned(stage, id);
  await stage.advance(5 * HOUR_MS);
  await moves(stage, id);
  await delivered(stage, id);
}

export const cheapestOfFour: Story = {
  name: 'cheapest-of-four',
  about: storyWords.cheapestOfFour,
  carriers: ['easypost', 'shipsaving', 'ups', 'usps'],
  play: async (stage) => {
    await stage.control('POST', '/faults', { route: 'ups.rates', kind: 'html502' });
    const { id } = await placed(stage);
    await packedSameDay(stage, id);
    await scannedAndDelivered(stage, id);
    return [id];
  },
};

export const labelChosenByPerson: Story = {
  name: 'label-chosen-by-person',
  about: storyWords.labelChosenByPerson,
  carriers: ['easypost', 'ups'],
  play: async (stage) => {
    const { id } = await placed(stage);
    await stage.advance(10 * MINUTE_MS);
    await stage.person(id, 'choose-label', { account: 'ups' });
    await packedSameDay(stage, id);
    await handedOverAndDelivered(stage, id);
    return [id];
  },
};

type LostAnswer = { name: string; about: string; provider: 'shipsaving' | 'ups' | 'usps'; route: string };

/** Bought while the answer is lost: found again by what each provider keeps for us. */
const lostAnswer = ({ name, about, provider, route }: LostAnswer): Story => ({
  name,
  about,
  carriers: [provider],
  play: async (stage) => {
    await stage.control('POST', '/faults', { route, kind: 'commitThenCut', times: 1 });
    const { id } = await placed(stage);
    await packedSameDay(stage, id);
    await (provider === 'ups' ? handedOverAndDelivered(stage, id) : scannedAndDelivered(stage, id));
    return [id];
  },
});

export const uspsLabelLostAnswer = lostAnswer({
  name: 'usps-label-lost-answer',
  about: storyWords.uspsLabelLostAnswer,
  provider: 'usps',
  route: 'usps.label',
});

export const upsLabelLostAnswer = lostAnswer({
  name: 'ups-label-lost-answer',
  about: storyWords.upsLabelLostAnswer,
  provider: 'ups',
  route: 'ups.ship',
});

export const shipsavingLabelLostAnswer = lostAnswer({
  name: 'shipsaving-label-lost-answer',
  about: storyWords.shipsavingLabelLostAnswer,
  provider: 'shipsaving',
  route: 'shipsaving.buy',
});

export const priceOverCap: Story = {
  name: 'price-over-cap',
  about: storyWords.priceOverCap,
  settings: { labels: { rule: 'cheapest', preferred: [], maxPriceCents: 100, maxDriftPercent: 20, format: 'pdf' } },
  play: async (stage) => {
    const { id } = await placed(stage);
    await stage.advance(2 * HOUR_MS);
    await stage.person(id, 'release');
    await packedSameDay(stage, id);
    await scannedAndDelivered(stage, id);
    return [id];
  },
};

/** A street that the sandbox's carriers do not know. */
const doubtful = {
  name: 'Elizabeth Swan',
  phone_number: '(+1)310-555-0142',
  region_code: 'US',
  postal_code: '90277',
  address_line1: '179 UNKNOWN Dr',
  address_line2: '',
  district_info: [
    { address_level: 'L0', address_level_name: 'Country', address_name: 'United States' },
    { address_level: 'L1', address_level_name: 'State', address_name: 'California' },
    { address_level: 'L3', address_level_name: 'City', address_name: 'Redondo Beach' },
  ],
};

export const addressInDoubt: Story = {
  name: 'address-in-doubt',
  about: storyWords.addressInDoubt,
  settings: { addressCheck: 'on' },
  play: async (stage) => {
    const { id } = await placed(stage, { recipient_address: doubtful });
    await stage.advance(2 * HOUR_MS);
    await stage.person(id, 'release');
    await packedSameDay(stage, id);
    await scannedAndDelivered(stage, id);
    return [id];
  },
};
