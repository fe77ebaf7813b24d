import { tiktokHandForms } from './hand-forms';

describe('a manifest in Seller Center', () => {
  const forms = tiktokHandForms({ id: '7' });

  it('says until when, how many and where', () => {
    expect(forms).toMatchObject({ account: 'tiktok-7', carriers: ['USPS'], cutoffTime: '20:00', most: 7_000 });
    expect(forms.byHand?.url).toMatch(/^https:\/\/seller-us\.tiktok\.com\//);
  });

  it('is never asked for: there is no call', async () => {
    const mailing = { from: {}, date: '2026-11-24' };
    for (const call of [forms.findForm([], 0), forms.createForm([], mailing), forms.readForm('1')])
      await expect(call).rejects.toMatchObject({ outcome: 'bug' });
  });
});
