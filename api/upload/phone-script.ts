/**
 * What runs on the phone: no framework, so that it is there at once on a bad signal. One file goes at a time. A file or a report that
 * got no answer goes again, with a pause that grows: the server keeps a file once, whatever it is sent. What is kept stands in the
 * phone's own store as well, so that a page that was closed goes on where it was.
 */
export const PHONE_SCRIPT = `
'use strict';
(() => {
  const $ = (id) => document.getElementById(id);
  const page = JSON.parse($('page').dataset.page);
  const words = page.words;
  const base = location.pathname.replace(/\\/+$/, '');
  const PAUSES = [1, 2, 4, 8, 15, 30];
  const QUIET_MS = 40000;
  const PROVING = ['stampedForm', 'stampedReceipt', 'signature', 'proofOfPickup'];
  let items = [];
  let sending = null;
  let wake = null;

  const remember = () => {
    const kept = items.filter((one) => one.sha256).map(({ kind, name, sha256 }) => ({ kind, name, sha256 }));
    try { localStorage.setItem(base, JSON.stringify(kept)); } catch { /* a private window keeps nothing */ }
  };
  const pause = (tries) => new Promise((resolve) => {
    const timer = setTimeout(resolve, PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000);
    wake = () => { clearTimeout(timer); resolve(); };
  });
  addEventListener('online', () => wake && wake());

  const line = (item) => {
    const li = document.createElement('li');
    li.className = 'file';
    const [name, state, bar, remove] = ['span', 'small', 'progress', 'button'].map((tag) => document.createElement(tag));
    name.textContent = item.name;
    bar.max = 1;
    remove.type = 'button';
    remove.textContent = words.remove;
    remove.onclick = () => {
      items = items.filter((one) => one !== item);
      if (item.stop) item.stop();
      li.remove();
      remember();
    };
    li.append(name, state, remove, bar);
    $('list-' + item.kind).append(li);
    item.show = (text, share, tone) => {
      state.textContent = text;
      state.className = tone || '';
      bar.hidden = share === null;
      bar.value = share || 0;
    };
  };

  const post = (path, body, { onProgress, onStop } = {}) => new Promise((resolve) => {
    const call = new XMLHttpRequest();
    let timer;
    const heard = () => { clearTimeout(timer); timer = setTimeout(() => call.abort(), QUIET_MS); };
    const end = () => {
      clearTimeout(timer);
      let answer = {};
      try { answer = JSON.parse(call.responseText); } catch { /* a proxy's page */ }
      resolve({ status: call.status, answer });
    };
    call.onloadend = end;
    call.upload.onprogress = (event) => { heard(); if (onProgress) onProgress(event.loaded / (event.total || 1)); };
    if (onStop) onStop(() => call.abort());
    call.open('POST', base + path);
    call.setRequestHeader('Content-Type', path === '/report' ? 'application/json' : 'application/octet-stream');
    heard();
    call.send(body);
  });
  // Nothing was heard, or it may go another time; a page of a hotel's network is no answer of ours either.
  const isTransient = ({ status, answer }) =>
    status === 0 || status === 408 || status === 429 || status >= 500 || (status < 300 && !answer.sha256 && !answer.accepted);

  const send = async (item) => {
    for (let tries = 0; items.includes(item); tries += 1) {
      item.show(words.sending, 0);
      const options = { onProgress: (share) => item.show(words.sending, share), onStop: (stop) => { item.stop = stop; } };
      const heard = await post('/files', item.file, options);
      if (!items.includes(item)) return;
      if (isTransient(heard)) {
        item.show(words.again, 0, 'bad');
        await pause(tries);
        continue;
      }
      if (heard.answer.sha256) {
        item.sha256 = heard.answer.sha256;
        item.show(words.kept, null, 'good');
        remember();
      } else {
        item.isRefused = true;
        item.show(heard.answer.detail || String(heard.status), null, 'bad');
      }
      return;
    }
  };
  const work = async () => {
    if (sending) return;
    for (;;) {
      sending = items.find((one) => !one.sha256 && !one.isRefused);
      if (!sending) return;
      await send(sending);
      sending = null;
    }
  };

  for (const input of document.querySelectorAll('input[type=file]')) {
    input.onchange = () => {
      for (const file of input.files) {
        const item = { kind: input.dataset.kind, name: file.name, file };
        items.push(item);
        line(item);
        item.show(words.waiting, 0);
      }
      input.value = '';
      work();
    };
  }
  try {
    for (const { kind, name, sha256 } of JSON.parse(localStorage.getItem(base) || '[]')) {
      const item = { kind, name, sha256 };
      items.push(item);
      line(item);
      item.show(words.kept, null, 'good');
    }
  } catch { /* nothing was kept */ }

  const local = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  $('when').value = local(page.now);

  const say = (text, tone) => { $('said').textContent = text; $('said').className = tone || ''; $('said').scrollIntoView({ block: 'nearest' }); };
  const refusal = () => {
    const kept = items.filter((one) => one.sha256);
    if (items.some((one) => !one.sha256 && !one.isRefused)) return words.stillSending;
    if (kept.length === 0) return words.noFiles;
    if (!$('when').value) return words.noTime;
    return '';
  };
  // Some browsers within apps show no questions: the second press is the answer.
  let isWarned = false;
  const report = async () => {
    const no = refusal();
    if (no) return say(no, 'bad');
    const kept = items.filter((one) => one.sha256);
    if (!kept.some(({ kind }) => PROVING.includes(kind)) && !isWarned) {
      isWarned = true;
      return say(words.weak, 'bad');
    }
    // Untouched, it is the shop's now to the second; typed, it is the phone's own time.
    const isTouched = $('when').value !== local(page.now);
    const proofs = kept.map(({ kind, sha256 }) => ({ kind, file: sha256 }));
    const told = { scannedAt: new Date(isTouched ? $('when').value : page.now).toISOString(), proofs };
    if ($('place').value.trim()) told.place = $('place').value.trim();
    if ($('form') && $('form').value) told.form = $('form').value;
    const body = JSON.stringify(told);
    $('done').disabled = true;
    for (let tries = 0; ; tries += 1) {
      say(words.sending);
      const heard = await post('/report', body);
      if (isTransient(heard)) {
        say(words.again, 'bad');
        await pause(tries);
        continue;
      }
      if (heard.answer.accepted) {
        try { localStorage.removeItem(base); } catch { /* as above */ }
        $('work').remove();
        return say(heard.answer.evidence === 'weak' ? words.incomplete : words.complete, 'good');
      }
      $('done').disabled = false;
      return say(heard.answer.detail || heard.answer.title || String(heard.status), 'bad');
    }
  };
  $('done').onclick = () => report().catch(() => {
    $('done').disabled = false;
    say(words.failed, 'bad');
  });
})();
`;
