'use strict';

const $ = id => document.getElementById(id);
const number = new Intl.NumberFormat();
const SECONDS = 300, CLASSES = ['encrypt', 'db', 'user'], NAMES = { encrypt: 'Encrypt', db: 'DB', user: 'own services' };
const REASONS = {
  429: 'busy (429)', 503: 'not serving, or not acknowledged in time (503)', 504: 'deadline passed (504)', 404: 'no such service or collection (404)',
  400: 'malformed (400)', 409: 'in conflict (409)', 413: 'too large (413)', 408: 'sent too slowly (408)', 415: 'no image (415)', 422: 'no recipient (422)', 500: 'failed (500)', 507: 'no room on the disk, or in the DB (507)',
};
// A node says something every other second; after this it is silent.
const SILENT_MS = 7000;
let samples = [], marks = [], charts = [];

function buildCharts() {
  charts.forEach(chart => chart.destroy());
  const three = ['--seal', '--db', '--user'];
  charts = [
    makeChart($('throughput'), three, marks, SECONDS),
    makeChart($('latency'), three, marks, SECONDS),
    makeChart($('load'), ['--seal', '--bad'], marks, SECONDS),
  ];
  drawCharts();
}

function drawCharts() {
  if (!samples.length || !charts.length) return;
  const now = samples[samples.length - 1].at, ago = at => (at - now) / 1000;
  marks.forEach(mark => { mark.at = ago(mark.when); });
  const x = samples.map(s => ago(s.at));
  const work = (key, part) => samples.map(s => s.work[key] ? s.work[key][part] : 0);
  charts[0].setData([x, ...CLASSES.map(key => work(key, 'perSecond'))]);
  charts[1].setData([x, ...CLASSES.map(key => work(key, 'meanMs').map(ms => ms || null))]);
  charts[2].setData([x, samples.map(s => s.inFlight), samples.map(s => s.refusedPerSecond)]);
}

function rows(body, list, none) {
  const lines = list.length ? list : [[none]];
  $(body).replaceChildren(...lines.map(cells => {
    const tr = document.createElement('tr');
    tr.append(...cells.map(value => {
      const td = document.createElement('td');
      td.textContent = Array.isArray(value) ? value[0] : value;
      if (Array.isArray(value)) td.className = value[1];
      return td;
    }));
    return tr;
  }));
}

const tenth = value => value.toLocaleString(undefined, { maximumFractionDigits: 1 });

// The wait for a permit of a class, by a load report: "encrypt=(12.5 2 64 3.1)" are backlog and permits first.
function wait(load, key) {
  const found = load.match(new RegExp(`(?:^|, )${key}=\\(([\\d.]+) (\\d+)`));
  return found ? tenth(found[1] / found[2]) : '–';
}

function showNow(now) {
  const self = now.nodes[0], newest = Math.max(...now.nodes.map(node => node.dbVersion));
  $('address').textContent = self.address;
  $('id').textContent = self.id;
  document.title = `${self.address} · Distri node`;
  $('state').textContent = self.state.toLowerCase();
  $('state').className = self.state;
  for (const key of ['completed', 'received', 'failed', 'faults']) $(key).textContent = number.format(now.calls[key]);
  const sum = part => now.collections.reduce((total, collection) => total + collection[part], 0);
  for (const part of ['documents', 'conflicted']) $(part).textContent = number.format(sum(part));
  for (const key of ['failed', 'conflicted']) $(key).parentElement.classList.toggle('some', $(key).textContent !== '0');
  rows('lanes', CLASSES.filter(key => now.lanes[key]).map(key => {
    const lane = now.lanes[key], held = Math.round(lane.backlogMs / lane.serviceMs);
    return [NAMES[key], `${Math.min(held, lane.permits)} of ${lane.permits}`, `${Math.max(0, held - lane.permits)} of ${lane.queueBound}`, `${tenth(lane.serviceMs)} ms`];
  }));
  rows('refused', Object.entries(now.refused).filter(([, count]) => count).map(([reason, count]) => [REASONS[reason] || reason, number.format(count)]), 'none');
  rows('nodes', now.nodes.map(node => [
    node.address, [node.state.toLowerCase(), node.state], (node.load.match(/rif=(\d+)/) || [0, '–'])[1],
    ...CLASSES.map(key => wait(node.load, key)), number.format(node.dbVersion),
    newest === node.dbVersion ? 'in step' : number.format(newest - node.dbVersion) + ' writes', node.id.slice(0, 12) + '…']));
  rows('collections', now.collections.map(c => [c.name, ...[c.documents, c.conflicted, c.tombstones].map(n => number.format(n))]), 'none');
  const percent = 100 * now.room.used / now.room.max;
  $('room').textContent = `They take ${tenth(now.room.used / 2 ** 20)} of the ${tenth(now.room.max / 2 ** 20)} MiB that the DB may take: ${tenth(percent)} %.`;
  $('room').className = percent > 80 ? 'bad' : 'quiet';
  showEvents(now.events);
}

function showEvents(events) {
  marks.splice(0, marks.length, ...events.map(event => (
    { when: event.at, at: 0, label: event.what, color: event.good ? '--good' : '--bad', dashed: event.good })));
  $('events').replaceChildren(...events.slice().reverse().map(event => {
    const li = document.createElement('li'), time = document.createElement('time'), what = document.createElement('span');
    time.dateTime = new Date(event.at).toISOString();
    time.textContent = new Date(event.at).toLocaleTimeString();
    what.className = event.good ? 'good' : 'bad';
    what.textContent = event.what;
    li.append(time, event.address + ' ', what);
    return li;
  }));
  if (!events.length) $('events').textContent = 'Nothing since this node started.';
}

function showNewest() {
  const last = samples[samples.length - 1];
  if (!last) return;
  $('inFlight').textContent = number.format(last.inFlight);
  for (const key of CLASSES) {
    const rate = last.work[key] || { perSecond: 0, meanMs: 0 };
    $(key + 'Rate').textContent = tenth(rate.perSecond);
    $(key + 'Ms').textContent = tenth(rate.meanMs);
  }
}

// A node that came back has forgotten what this page still knows.
function take(news) {
  const known = samples.length ? samples[samples.length - 1].at : 0;
  samples = [...samples, ...news.samples.filter(s => s.at > known)].filter(s => s.at > news.now.at - SECONDS * 1000);
  heard('');
  if ($('content').hidden) {
    $('content').hidden = false;
    buildCharts();
  }
  showNow(news.now);
  showNewest();
  drawCharts();
}

let silence;
function heard(problem) {
  clearTimeout(silence);
  if (!problem) silence = setTimeout(() => heard('This node does not answer; what is below is its last word.'), SILENT_MS);
  $('connection').textContent = problem;
  $('content').classList.toggle('stale', Boolean(problem));
}

// EventSource can't send a token in a header, and in an address it would stand in logs.
async function listen() {
  const token = sessionStorage.getItem('token');
  const response = await fetch('dashboard', { headers: token ? { Authorization: 'Bearer ' + token } : {} });
  if (response.status === 401 || response.status === 403) return false;
  if (!response.ok) throw new Error((await response.json()).detail);
  $('access').hidden = true;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = '', part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      take(JSON.parse(text.slice('data: '.length, end)));
      text = text.slice(end + 2);
    }
  }
  return true;
}

async function listenOnAndOn() {
  try {
    if (!await listen()) {
      askForToken();
      return;
    }
    heard('This node has ended its last word; what is below may be old.');
  } catch (error) {
    heard(error instanceof TypeError || !error.message ? 'This node does not answer; what is below is its last word.' : error.message);
  }
  setTimeout(listenOnAndOn, 1000);
}

function askForToken() {
  heard(sessionStorage.getItem('token') ? 'The token is not known here.' : '');
  clearTimeout(silence);
  $('access').hidden = false;
  $('token').focus();
}

$('access').addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem('token', $('token').value);
  $('token').value = '';
  listenOnAndOn();
});
listenOnAndOn();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => $('content').hidden || buildCharts());
new ResizeObserver(() => charts.forEach((chart, i) => {
  const element = $(['throughput', 'latency', 'load'][i]);
  chart.setSize({ width: element.clientWidth, height: element.clientHeight });
})).observe($('content'));
