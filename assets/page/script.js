// What the page does more with JavaScript: it stays true, counts down, and keeps its place when
// a form is sent. The server makes all words; this only puts them where the old ones were.
'use strict';
(() => {
  const EVERY_MS = 500;
  const AGAIN_MS = 4000;
  const find = (id, where = document) => where.getElementById(id);
  // How far this device's clock is ahead of the camera's.
  let ahead = 0;
  let seen = Date.now();
  let waiting = false;
  let last = 0;
  let events = null;

  function left(ms) {
    const s = Math.max(0, Math.ceil(ms / 1000));
    const two = (n) => String(n).padStart(2, '0');
    if (s < 60) return `${s} s`;
    if (s < 3600) return `${Math.floor(s / 60)}:${two(s % 60)}`;
    if (s < 86400) return `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
    return null;
  }

  function tick() {
    for (const timer of document.querySelectorAll('[data-until]')) {
      const words = left(Date.parse(timer.dataset.until) - (Date.now() - ahead));
      if (words && words !== timer.textContent) timer.textContent = words;
    }
  }

  function clock(main) {
    ahead = Date.now() - Date.parse(main.dataset.now);
  }

  function connected(is) {
    const notice = find('offline');
    if (is) seen = Date.now();
    notice.hidden = is;
    notice.querySelector('span').textContent = new Date(seen).toLocaleTimeString();
  }

  // Puts the parts of a fresh page in place of those that differ; what is being typed stays.
  function take(page, submitted) {
    const main = find('main', page);
    if (!main) {
      location.assign('/');
      return;
    }
    clock(main);
    document.title = page.title;
    const focused = document.activeElement && document.activeElement.id;
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = find(part.id, page);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
    }
    const [forms, fresh] = [find('forms'), find('forms', page)];
    const sent = submitted && forms.contains(submitted);
    if (sent || forms.dataset.kind !== fresh.dataset.kind) forms.replaceWith(fresh);
    if (submitted) find('answer').innerHTML = find('answer', page).innerHTML;
    const wrong = sent && document.querySelector('[aria-invalid]');
    if (wrong) wrong.focus();
    else if (submitted && sent) find('state').focus();
    else if (focused && !document.activeElement.id && find(focused)) find(focused).focus();
    tick();
  }

  async function ask(address, options) {
    const answer = await fetch(address, options);
    if (new URL(answer.url).pathname === '/login') {
      location.assign('/login');
      return null;
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    connected(true);
    return page;
  }

  async function refresh() {
    waiting = false;
    last = Date.now();
    try {
      const page = await ask('/');
      if (page) take(page);
    } catch {
      connected(false);
    }
  }

  function soon() {
    if (waiting) return;
    waiting = true;
    setTimeout(refresh, Math.max(0, last + EVERY_MS - Date.now()));
  }

  function listen() {
    if (events) events.close();
    events = new EventSource('/api/v1/events');
    events.addEventListener('status', soon);
    events.addEventListener('error', () => {
      connected(false);
      // The browser tries again by itself, unless the service refused.
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(() => { refresh(); listen(); }, AGAIN_MS);
      }
    });
  }

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if ('whole' in form.dataset) return;
    event.preventDefault();
    const button = form.querySelector('button');
    if (button.hasAttribute('aria-busy')) return;
    button.setAttribute('aria-busy', 'true');
    try {
      const body = new URLSearchParams(new FormData(form));
      const page = await ask(form.action, { method: 'POST', body });
      if (page) take(page, form);
    } catch {
      connected(false);
    }
    button.removeAttribute('aria-busy');
  });

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    refresh();
    if (events.readyState === EventSource.CLOSED) listen();
  });

  clock(find('main'));
  setInterval(tick, 200);
  listen();
})();
