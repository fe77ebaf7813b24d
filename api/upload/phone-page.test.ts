import { phoneWords } from '../../words/guide';
import type { ManifestView } from '../../workflows/messages-manifest';
import { phonePage, phoneTurn } from './phone-page';

type View = Pick<ManifestView, 'forms' | 'phase' | 'evidence'>;

const form = { formId: 'sf_1', number: '9475', members: 1 } as ManifestView['forms'][number];
const open: View = { phase: 'open', forms: [], evidence: null };
const formed: View = { phase: 'formed', forms: [form], evidence: null };
const done: View = { phase: 'scanned', forms: [form], evidence: 'complete' };

describe('the page on the phone', () => {
  const page = (view: View | undefined, language: 'en' | 'zh' = 'en'): string =>
    phonePage({ language, now: 0, date: '2026-11-23', view });

  it('says that the form is not made yet, and takes photos but no report', () => {
    for (const language of ['en', 'zh'] as const) {
      expect(page(open, language)).toContain(phoneWords[language].notYet('2026-11-23'));
      expect(page(open, language)).toContain('id="done" disabled');
    }
    expect(page(open)).toContain('data-kind="stampedForm"');
  });

  it('offers nothing where nothing more is needed', () => {
    expect(page(done)).toContain(phoneWords.en.noMore('2026-11-23'));
    expect(page(done)).not.toMatch(/id="done"|<script>|type="file"/);
  });

  it.each<[string, View | undefined, string]>([
    ['without an answer of its manifest', undefined, 'report'],
    ['with a form', formed, 'report'],
    ['with weak evidence', { ...done, evidence: 'weak' }, 'report'],
    ['without a parcel', { ...open, phase: 'empty' }, 'noMore'],
  ])('%s knows its turn', (_when, view, turn) => {
    expect(phoneTurn(view)).toBe(turn);
  });

  it('can send its report where there is a form', () => {
    expect(page(formed)).toContain('id="done">');
    expect(page(formed)).toContain('Form 9475: 1 parcel<');
  });

  it('asks by words on the page: a browser within an app may show no question', () => {
    expect(page(formed)).not.toContain('confirm(');
  });
});
