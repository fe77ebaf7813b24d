/** Every sentence of the way to the counter and back: the guide, the hand-over sheet, and the page on the phone. */

type ProofName = 'stampedForm' | 'stampedReceipt' | 'receipt' | 'signature' | 'proofOfPickup' | 'photo';

/** What a person does with a form, in order. The first three are done before the counter is left. */
const stepsEn = [
  'Print the form and the hand-over sheet.',
  'Take the form and all its parcels to the post office counter, or give both to the driver. Leave none behind and add none: one that is missing makes the form void.',
  'Have the form’s barcode scanned: it stands for all parcels on it.',
  'Ask for the printed receipt.',
  'Have the form or the receipt stamped with the date, or signed.',
  'Photograph the stamped form and the receipt before you leave, and send them here.',
];

const stepsZh = [
  '打印表单和交接单。',
  '把表单和表单上的全部包裹带到邮局柜台，或交给司机。不要漏带，也不要多带：少一件，表单就作废。',
  '请工作人员扫描表单上的条码：它代表表单上的全部包裹。',
  '索取打印的收据。',
  '请工作人员在表单或收据上盖日期章，或签字。',
  '离开前拍下盖章的表单和收据，在此上传。',
];

const proofsEn: Record<ProofName, string> = {
  stampedForm: 'Form with its stamp',
  stampedReceipt: 'Receipt with its stamp',
  receipt: 'Receipt',
  signature: 'Signature of the clerk or driver',
  proofOfPickup: 'Proof of pickup',
  photo: 'Other photo',
};

const proofsZh: Record<ProofName, string> = {
  stampedForm: '盖章的表单',
  stampedReceipt: '盖章的收据',
  receipt: '收据',
  signature: '工作人员或司机的签字',
  proofOfPickup: '揽收证明',
  photo: '其他照片',
};

const phoneEn = {
  title: 'Proof of hand-over',
  other: '中文',
  form: (name: string, count: number): string => `Form ${name}: ${count} ${count === 1 ? 'parcel' : 'parcels'}`,
  steps: 'What to do',
  allForms: 'All forms',
  whichForm: 'Which form',
  take: 'Take photo',
  choose: 'Choose file',
  when: 'When was the form scanned?',
  place: 'Where (post office or driver’s company)',
  done: 'Done: send the report',
  waiting: 'waiting',
  sending: 'sending',
  again: 'no signal, trying again',
  kept: 'kept',
  remove: 'Remove',
  noFiles: 'Add at least one photo first.',
  stillSending: 'Wait until every photo is kept.',
  weak: 'None of these proves that the carrier had the parcels: a stamped form, a stamped receipt, a signature or a proof of pickup does. Press again to send it anyway; this page serves for one report.',
  noTime: 'Say when the form was scanned.',
  complete: 'Thank you. The report is kept, and the evidence is complete.',
  incomplete:
    'Thank you. The report is kept, but it proves little: fetch a stamp, a signature or the proof of pickup, and ask for a new link to send it.',
  notYet: (date: string): string =>
    `The form of ${date} is not made yet. Your photos are kept; open this page again when the form is made.`,
  noMore: (date: string): string =>
    `Nothing more is needed for ${date}: its evidence is complete, or it had no parcels.`,
  failed: 'Something went wrong on this page. Open it again; what is kept stays kept.',
  noScript: 'This page needs JavaScript: switch it on, or give the photos to whoever gave you this page.',
};

const phoneZh: typeof phoneEn = {
  title: '交接凭证',
  other: 'English',
  form: (name, count) => `表单 ${name}：${count} 件包裹`,
  steps: '操作步骤',
  allForms: '全部表单',
  whichForm: '哪一张表单',
  take: '拍照',
  choose: '选择文件',
  when: '表单何时被扫描？',
  place: '地点（邮局或司机所属公司）',
  done: '完成：提交报告',
  waiting: '等待中',
  sending: '上传中',
  again: '信号不好，正在重试',
  kept: '已保存',
  remove: '移除',
  noFiles: '请先添加至少一张照片。',
  stillSending: '请等所有照片保存完毕。',
  weak: '这些都不能证明承运商收到了包裹：需要盖章的表单、盖章的收据、签字或揽收证明。如仍要提交，请再按一次；本页只能提交一次。',
  noTime: '请填写表单被扫描的时间。',
  complete: '谢谢。报告已保存，凭证齐全。',
  incomplete: '谢谢。报告已保存，但证明力不足：请补办盖章、签字或揽收证明，并索取新的链接来上传。',
  notYet: (date) => `${date} 的表单尚未生成。您的照片已保存；表单生成后请再次打开本页。`,
  noMore: (date) => `${date} 无需再提交：凭证已齐全，或没有包裹。`,
  failed: '本页出错。请重新打开；已保存的内容不会丢失。',
  noScript: '本页需要 JavaScript：请打开它，或把照片交给给您此页的人。',
};

export const guideSteps = { en: stepsEn, zh: stepsZh };
export const proofNames = { en: proofsEn, zh: proofsZh };
export const phoneWords = { en: phoneEn, zh: phoneZh };

/** The page that a link leads to which serves no more. */
export const linkOver = {
  unknown: { en: 'This link is not known. Ask for a new one.', zh: '此链接无效，请索取新的链接。' },
  expired: { en: 'This link is older than 72 hours. Ask for a new one.', zh: '此链接已超过 72 小时，请索取新的链接。' },
  used: {
    en: 'This link was used: its report is kept. Ask for a new one to send more.',
    zh: '此链接已使用，报告已保存。如需补充，请索取新的链接。',
  },
};

/** What a manifest’s evidence still lacks. */
const missingEn: Record<string, string> = {
  formFile: 'The form itself: its PDF, or a photo of it with its stamp',
  proof: 'A stamped form, a stamped receipt, a signature or a proof of pickup',
  proofFile: 'A photo of the stamp, the signature or the proof of pickup that was reported',
};
const missingZh: Record<string, string> = {
  formFile: '表单本身：PDF 或盖章后的照片',
  proof: '盖章的表单、盖章的收据、签字或揽收证明',
  proofFile: '已报告的盖章、签字或揽收证明的照片',
};

const phasesEn: Record<string, string> = {
  open: 'Open: parcels still join',
  closing: 'The form is being made',
  formed: 'Made, not yet scanned',
  scanned: 'Scanned',
  empty: 'No parcels, no form',
  failed: 'The form was refused',
};
const phasesZh: Record<string, string> = {
  open: '开放中：包裹仍可加入',
  closing: '正在生成表单',
  formed: '已生成，尚未扫描',
  scanned: '已扫描',
  empty: '没有包裹，无表单',
  failed: '表单被拒绝',
};

type Both = { en: string; zh: string };
const both = (en: string, zh: string): Both => ({ en, zh });

/** The guide's own page: English with Chinese beside it. */
export const guidePageWords = {
  title: (date: string): Both => both(`Hand over the parcels of ${date}`, `交接 ${date} 的包裹`),
  shipFrom: (name: string): Both => both(`Ship-from ${name}`, `发货仓 ${name}`),
  account: (name: string): Both => both(`Carrier account ${name}`, `承运商账户 ${name}`),
  phase: (phase: string): Both => both(phasesEn[phase] ?? phase, phasesZh[phase] ?? phase),
  parcels: (count: number): Both => both(count === 1 ? '1 parcel' : `${count} parcels`, `${count} 件包裹`),
  now: both('Now', '现在要做'),
  nothingNow: both('Nothing to do.', '无需操作。'),
  steps: both('At the counter, step by step', '柜台操作步骤'),
  forms: both('Forms', '表单'),
  noForms: both('No form is made yet.', '尚未生成表单。'),
  columns: [both('Form', '表单'), both('Parcels', '包裹'), both('Scanned', '扫描时间'), both('Evidence', '凭证')],
  notScanned: both('not yet', '尚未'),
  evidence: (worth: string | null): Both => {
    if (worth === 'complete') return both('complete', '齐全');
    return worth === null ? both('none yet', '暂无') : both('weak', '不足');
  },
  proofs: both('Proofs that are here', '已有凭证'),
  noProofs: both('None yet.', '暂无。'),
  unphotographed: both('without a photo', '没有照片'),
  toFetch: both('Still to be fetched', '仍需补齐'),
  missing: (name: string): Both => both(missingEn[name] ?? name, missingZh[name] ?? name),
  papers: both('Papers', '文件'),
  sheet: both('Hand-over sheet with the parcel list (PDF)', '交接单（含包裹清单，PDF）'),
  formFile: (name: string): Both => both(`Form ${name} (PDF)`, `表单 ${name}（PDF）`),
  byHand: both('Make the form in Seller Center', '在卖家中心生成表单'),
  phone: both('Send photos from a phone', '用手机上传照片'),
  showLink: both('Show a one-time link', '显示一次性链接'),
  scanMe: (until: string): Both =>
    both(
      `Scan it with the phone’s camera. It serves for one report, until ${until}.`,
      `用手机相机扫描。仅限提交一次，有效至 ${until}。`,
    ),
};

/** The printed hand-over sheet. The standard fonts of PDF have no Chinese letters: it is English only. */
export const sheetWords = {
  title: 'Hand-over sheet',
  about: (date: string, shipFrom: string): string => `${date}   ship-from ${shipFrom}`,
  form: (name: string, count: number): string => `Form ${name}: ${count} ${count === 1 ? 'parcel' : 'parcels'}`,
  noForm: (count: number): string => `No form yet: ${count} ${count === 1 ? 'parcel' : 'parcels'}`,
  total: (count: number): string => `${count} ${count === 1 ? 'parcel' : 'parcels'} in all`,
  scanMe: 'Send photos from a phone:',
  scanUntil: (until: string): string => `one report, until ${until}`,
  stamp: 'Stamp or signature of the carrier',
  time: 'Date and time of the scan',
  counted: 'Parcels counted',
  page: (number: number, of: number): string => `Page ${number} of ${of}`,
};
