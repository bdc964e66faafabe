'use strict';

const $ = id => document.getElementById(id);
const number = new Intl.NumberFormat();
const snapshots = [];
const marks = [];
let charts = [];

function buildCharts() {
  charts.forEach(chart => chart.destroy());
  charts = [
    makeChart($('throughput'), ['--seal'], marks),
    makeChart($('p99'), ['--seal', '--db'], marks),
  ];
  drawCharts();
}

function drawCharts() {
  const now = snapshots.length ? snapshots[snapshots.length - 1].at : Date.now();
  const ago = at => (at - now) / 1000;
  marks.forEach(mark => { mark.at = ago(mark.when); });
  const x = snapshots.map(s => ago(s.at));
  charts[0].setData([x, snapshots.map(s => s.perSecond)]);
  charts[1].setData([x, snapshots.map(s => s.sealP99Ms || null), snapshots.map(s => s.dbP99Ms || null)]);
}

// The share of the last ten seconds: that of one second jumps about.
function share(index) {
  const last = snapshots.slice(-10).map(s => s.nodes[index].share);
  return last.reduce((sum, value) => sum + value, 0) / last.length;
}

function nodeCard(node, index) {
  const card = document.createElement('li');
  card.innerHTML = '<div><a target="_blank" rel="noopener"></a> <span class="state"></span></div><button type="button"></button>'
    + '<label class="share">share of calls <meter min="0" max="1"></meter><output></output></label>';
  const link = card.querySelector('a');
  link.href = 'http://' + node.address + '/';
  link.textContent = node.address;
  card.querySelector('button').addEventListener('click', event => press(event.currentTarget, index));
  return card;
}

async function press(button, index) {
  button.disabled = true;
  try {
    await fetch(`nodes/${index}/${button.dataset.action}`, { method: 'POST', signal: AbortSignal.timeout(15000) });
  } catch {
    $('happened').textContent = 'The demo did not answer.';
  }
  button.disabled = false;
}

const STATES = { UP: 'up', STARTING: 'starting', KILLED: 'killed' };

function showNodes(nodes) {
  const list = $('nodes');
  if (!list.childElementCount) list.append(...nodes.map(nodeCard));
  nodes.forEach((node, index) => {
    const card = list.children[index], state = card.querySelector('.state'), button = card.querySelector('button');
    state.textContent = STATES[node.state];
    state.className = 'state ' + node.state;
    const action = node.state === 'KILLED' ? 'revive' : 'kill';
    if (button.dataset.action !== action) {
      button.dataset.action = button.className = action;
      button.textContent = action === 'kill' ? 'Kill −9' : 'Revive';
      button.setAttribute('aria-label', `${action === 'kill' ? 'Kill' : 'Revive'} node ${node.address}`);
    }
    const part = share(index);
    card.querySelector('meter').value = part;
    card.querySelector('output').textContent = Math.round(part * 100) + ' %';
  });
}

function showCounters(s) {
  for (const name of ['done', 'failed', 'acknowledged', 'verified', 'lost']) $(name).textContent = number.format(s[name]);
  for (const name of ['failed', 'lost']) $(name).parentElement.classList.toggle('some', s[name] > 0);
  $('rate').textContent = number.format(Math.round(s.perSecond));
  $('seal').textContent = s.sealP99Ms.toFixed(1);
  $('db').textContent = s.dbP99Ms.toFixed(1);
}

function take(s) {
  snapshots.push(s);
  if (snapshots.length > SECONDS) snapshots.shift();
  for (const event of s.events) {
    marks.push({ when: event.at, at: 0, kill: event.action === 'KILL' });
    $('happened').textContent = `${event.address} was ${event.action === 'KILL' ? 'killed' : 'started again'} at ${new Date(event.at).toLocaleTimeString()}.`;
  }
  while (marks.length && marks[0].when < s.at - SECONDS * 1000) marks.shift();
  showCounters(s);
  showNodes(s.nodes);
}

// A page that comes late gets minutes at once: they are drawn once.
let drawing = false;
function drawSoon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => { drawing = false; drawCharts(); });
}

function listen() {
  const events = new EventSource('events');
  events.onopen = () => { snapshots.length = marks.length = 0; $('connection').textContent = ''; };
  events.onmessage = message => { take(JSON.parse(message.data)); drawSoon(); };
  events.onerror = () => { $('connection').textContent = 'The demo has ended, or can\'t be reached.'; };
}

async function showOriginal() {
  const rows = await (await fetch('original.json')).json();
  $('original').replaceChildren(...rows.map(row => {
    const tr = document.createElement('tr');
    tr.append(...[row.clients, row.tasks, row.failed].map(value => {
      const td = document.createElement('td');
      td.textContent = number.format(value);
      return td;
    }));
    return tr;
  }));
}

buildCharts();
listen();
showOriginal();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', buildCharts);
new ResizeObserver(() => charts.forEach((chart, i) => {
  const element = $(i ? 'p99' : 'throughput');
  chart.setSize({ width: element.clientWidth, height: element.clientHeight });
})).observe($('throughput'));
