// The plain pages: set up, sign in, order a song, hear it. Everything is the public API; nothing is inlined.
'use strict';

const $ = (id) => document.getElementById(id);

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

async function call(method, path, body, headers = {}) {
  const response = await fetch('/api/v1/' + path, {
    method,
    headers: { 'X-Requested-With': 'mmx', ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers },
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer.detail || 'The service did not answer.'), { answer, status: response.status });
  return answer;
}

let noticeTimer = 0;
function notice(text) {
  $('notice').textContent = text;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => ($('notice').textContent = ''), 6000);
}

// A form of labelled fields; each fault stands beside its field.
function form(title, fields, button, submit, attributes = {}) {
  const rows = fields.map((field) => {
    const wrong = element('p', { class: 'wrong', id: 'wrong-' + field.name, role: 'alert' });
    const input = element(field.tag || 'input', {
      id: field.name, name: field.name, 'aria-describedby': wrong.id, ...(field.tag ? {} : { type: 'text' }), ...field.attributes,
    }, ...(field.options || []).map((o) => element('option', { value: o.value ?? o }, o.label ?? o)));
    const check = field.attributes?.type === 'checkbox';
    const label = element('label', { for: field.name, class: check ? 'check' : null }, ...(check ? [input, field.label] : [field.label]));
    return { field, input, wrong, node: element('div', {}, label, check ? null : input, wrong) };
  });
  const general = element('p', { class: 'wrong', role: 'alert' });
  const send = element('button', { class: 'main' }, button);
  return element('form', {
    class: 'narrow', ...attributes, novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      general.textContent = '';
      for (const row of rows) row.wrong.textContent = '';
      send.disabled = true;
      try {
        const values = {};
        for (const { field, input } of rows) {
          const value = input.type === 'checkbox' ? input.checked : input.value;
          if (value !== '') values[field.name] = input.type === 'number' ? Number(value) : value;
        }
        await submit(values, event.target);
      } catch (error) {
        let placed = false;
        for (const fault of error.answer?.errors || []) {
          const row = rows.find(({ field }) => field.name === fault.field);
          if (row) { row.wrong.textContent = fault.detail; placed = true; }
        }
        if (!placed) general.textContent = error.message;
      } finally {
        send.disabled = false;
      }
    },
  }, title ? element('h1', {}, title) : null, ...rows.map((row) => row.node), general, send);
}

const email = { name: 'email', label: 'Email address', attributes: { type: 'email', autocomplete: 'username', required: true } };
const name = { name: 'display_name', label: 'Display name', attributes: { autocomplete: 'nickname', required: true } };
const password = (autocomplete, label = 'Password') =>
  ({ name: 'password', label, attributes: { type: 'password', autocomplete, required: true } });

// Links in mails carry their token behind '#', so that no server's log ever sees it.
function linkToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') || '';
  history.replaceState(null, '', location.pathname);
  return token;
}

function show(...nodes) {
  $('page').replaceChildren(...nodes);
  $('page').focus();
}
const says = (title, text, ...more) => show(element('h1', {}, title), element('p', {}, text), ...more);
const goHome = () => location.assign('/');

const pages = {
  '/setup': () => {
    const token = linkToken();
    show(form('Set up this service', [email, name, password('new-password', 'Password (10 characters or more)')], 'Make the administrator',
      async (values) => { await call('POST', 'setup', { token, ...values }); goHome(); }));
  },
  '/login': () => show(
    form('Sign in', [email, password('current-password')], 'Sign in', async (values) => { await call('POST', 'auth/login', values); goHome(); }),
    element('p', {}, element('a', { href: '/register' }, 'Make an account'), ' or ', element('a', { href: '/forgot' }, 'reset a forgotten password'), '.')),
  '/register': async () => {
    const { terms_version } = await call('GET', 'plans');
    show(form('Make an account', [email, name, password('new-password', 'Password (10 characters or more)'),
      { name: 'age_confirmed', label: 'I am at least 13 years old (16 in the EU, the EEA and the UK), and I accept the terms.', attributes: { type: 'checkbox', required: true } }],
    'Make the account', async (values) => {
      await call('POST', 'auth/register', { ...values, terms_version });
      says('Look into your mail', 'If this address can have an account, a link is on its way. It works for 24 hours.');
    }));
  },
  '/verify': async () => {
    await call('POST', 'auth/verify', { token: linkToken() });
    says('Your address is confirmed', 'You can sign in now.', element('a', { class: 'button', href: '/login' }, 'Sign in'));
  },
  '/forgot': () => show(form('Reset a forgotten password', [email], 'Send a link', async (values) => {
    await call('POST', 'auth/forgot', values);
    says('Look into your mail', 'If there is an account with this address, a link is on its way. It works for an hour.');
  })),
  '/reset': () => {
    const token = linkToken();
    show(form('Choose a new password', [password('new-password', 'New password (10 characters or more)')], 'Change the password', async (values) => {
      await call('POST', 'auth/reset', { token, ...values });
      says('The password is changed', 'All sessions were ended; sign in with the new one.', element('a', { class: 'button', href: '/login' }, 'Sign in'));
    }));
  },
  '/confirm-email': async () => {
    await call('POST', 'me/email/confirm', { token: linkToken() });
    says('Your new address is confirmed', 'Mails go there from now on.', element('a', { class: 'button', href: '/' }, 'To your songs'));
  },
  '/': home,
};

const stateWords = { queued: 'waiting', making: 'being made', ready: 'ready', failed: 'could not be made', cancelled: 'cancelled', archived: 'archived: make again to hear it' };
const minutes = (seconds) => seconds == null ? '' : `${Math.floor(Math.round(seconds) / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`;

const genreNames = new Map();

function songRow(song, refresh) {
  const act = (label, method, path, body) => element('button', {
    onclick: async (event) => {
      event.target.disabled = true;
      try { await call(method, `songs/${song.id}${path}`, body); await refresh(); } catch (error) { notice(error.message); event.target.disabled = false; }
    },
  }, label);
  const busy = song.state === 'queued' || song.state === 'making';
  const facts = [genreNames.get(song.genre) || song.genre, song.bpm && `${Math.round(song.bpm)} bpm`, song.key, song.time_signature, minutes(song.duration_seconds)].filter(Boolean).join(' · ');
  return element('li', { 'data-id': song.id, 'data-state': song.state },
    element('span', { class: 'title' }, song.title || song.prompt),
    element('span', { class: 'soft' }, facts || song.prompt),
    busy ? element('progress', { max: 1, value: song.progress ?? 0, 'aria-label': stateWords[song.state] }) : null,
    element('span', { class: 'soft state' }, song.error || (song.stage && busy ? `${stateWords[song.state]}: ${song.stage}` : stateWords[song.state])),
    element('span', { class: 'actions' },
      song.state === 'ready' ? element('button', {
        onclick: () => {
          $('player').hidden = false;
          $('playing').textContent = song.title;
          $('audio').src = `/api/v1/songs/${song.id}/audio`;
          $('audio').play().catch(() => {});
        },
      }, 'Play') : null,
      song.state === 'ready' ? element('a', { class: 'button', href: `/api/v1/songs/${song.id}/download?format=flac`, download: true }, 'FLAC') : null,
      busy ? act('Cancel', 'POST', '/cancel') : null,
      song.state === 'archived' ? act('Make again', 'POST', '/regenerate', {}) : null,
      !busy ? act('Variation', 'POST', '/variation', {}) : null,
      !busy ? act('Delete', 'DELETE', '') : null));
}

async function home() {
  let me;
  try { me = await call('GET', 'me'); } catch (error) {
    if (error.status === 401) return pages['/login']();
    throw error;
  }
  $('nav').replaceChildren(element('span', { id: 'credits' }), element('span', {}, me.display_name),
    element('button', { onclick: async () => { await call('POST', 'auth/logout'); goHome(); } }, 'Sign out'));

  const vocabulary = await call('GET', 'vocabulary');
  for (const genre of vocabulary.genres) genreNames.set(genre.id, genre.name);
  const list = element('ul', { class: 'songs', id: 'songs' });
  const refresh = async () => {
    const [{ songs }, usage] = await Promise.all([call('GET', 'songs?limit=50'), call('GET', 'me/usage')]);
    list.replaceChildren(...songs.map((song) => songRow(song, refresh)));
    $('credits').textContent = `${usage.credits.balance} credits`;
  };
  const order = form('', [
    { name: 'prompt', tag: 'textarea', label: 'What should it sound like?', attributes: { maxlength: 2000, required: true, placeholder: 'warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor' } },
    { name: 'bpm', label: 'Tempo in bpm', attributes: { type: 'number', min: 30, max: 300, placeholder: 'left to the words' } },
    { name: 'key', label: 'Key', attributes: { placeholder: 'left to the words' } },
    { name: 'duration_seconds', label: 'Length in seconds', attributes: { type: 'number', min: 10, max: 600, placeholder: 'left to the words' } },
    { name: 'preset', tag: 'select', label: 'Mastering', options: vocabulary.presets.map((preset) => preset.id ?? preset) },
  ], 'Make the song', async (values, node) => {
    await call('POST', 'songs', values, { 'Idempotency-Key': crypto.randomUUID() });
    node.reset();
    await refresh();
  }, { class: 'order' });
  show(element('h1', {}, 'A new song'), order, element('h2', {}, 'Your songs'), list);
  await refresh();

  const events = new EventSource('/api/v1/events');
  events.addEventListener('progress', (event) => {
    const news = JSON.parse(event.data);
    const row = list.querySelector(`[data-id="${news.id}"]`);
    if (!row) return;
    const bar = row.querySelector('progress');
    if (bar) bar.value = news.progress;
    row.querySelector('.state').textContent = `being made: ${news.stage}`;
  });
  events.addEventListener('song', refresh);
  events.addEventListener('end', () => { events.close(); goHome(); });
}

(async () => {
  try { await (pages[location.pathname] || home)(); } catch (error) { says('That did not work', error.message, element('a', { class: 'button', href: '/' }, 'To the start')); }
})();
