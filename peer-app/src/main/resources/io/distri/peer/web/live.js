// Keeps the page up to date: at every event it is fetched anew, and the parts that differ are put in place, but for
// those in which somebody has typed or chosen something. Without this script the page works the same and is as new as its last load.
(() => {
  const parts = ['cluster', 'findings', 'inbox', 'available', 'gallery', 'shared', 'upload', 'images'];
  const typing = part => part.contains(document.activeElement) && document.activeElement.matches('input');
  const changed = input => input.type === 'file' ? input.files.length > 0
    : input.type === 'checkbox' ? input.checked !== input.defaultChecked : input.value !== input.defaultValue;
  const edited = part => typing(part) || [...part.querySelectorAll('input')].some(changed);
  const PAUSE = 2000;
  let busy = false, behind = false, left = false;

  function waiting(root) { return root.querySelectorAll('#inbox li').length; }

  async function renew() {
    const answer = await fetch('/' + location.search.replace(/[?&]note=\w+/, ''));
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const before = waiting(document), now = waiting(fresh);
    left = false;
    for (const id of parts) {
      const old = document.getElementById(id), neu = fresh.getElementById(id);
      if (!old || !neu || old.outerHTML === neu.outerHTML) continue;
      if (edited(old)) { left = true; continue; }
      const focused = old.contains(document.activeElement) ? [...old.querySelectorAll('button, a')].indexOf(document.activeElement) : -1;
      old.replaceWith(neu);
      if (focused >= 0) neu.querySelectorAll('button, a')[focused]?.focus();
    }
    const nav = document.querySelector('header nav'), freshNav = fresh.querySelector('header nav');
    if (nav && freshNav && !nav.contains(document.activeElement)) nav.replaceWith(freshNav);
    if (now > before) document.getElementById('news').textContent = 'There is a new request.';
    if (now === 0) document.getElementById('news').textContent = '';
  }

  // What came while the page was fetched may be missing in it: it is fetched once more, however often that happens.
  async function refresh() {
    behind = true;
    if (busy) return;
    busy = true;
    try {
      while (behind) {
        behind = false;
        await renew();
      }
    } catch {
      setTimeout(refresh, PAUSE);
    } finally {
      busy = false;
    }
  }

  // What happened before the stream was there, or while it was broken, is not told.
  function listen() {
    const events = new EventSource('/events');
    events.addEventListener('open', refresh);
    events.addEventListener('change', refresh);
    events.addEventListener('error', () => { if (events.readyState === EventSource.CLOSED) setTimeout(listen, PAUSE); });
  }

  document.addEventListener('focusout', () => { if (left) setTimeout(refresh, 50); });
  listen();
})();
