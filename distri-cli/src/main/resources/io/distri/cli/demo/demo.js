'use strict';

const $ = id => document.getElementById(id);
const number = new Intl.NumberFormat();
const SECONDS = 180;
const snapshots = [];
const marks = [];
let charts = [];

function buildCharts() {
  charts.forEach(chart => chart.destroy());
  charts = [
    makeChart($('throughput'), ['--seal'], marks, SECONDS),
    makeChart($('p99'), ['--seal', '--db'], marks, SECONDS),
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

// What is done at each button of a card: the action that applies of the two, if any.
const BUTTONS = [['KILL', 'REVIVE'], ['PAUSE', 'RESUME'], ['SLOW', 'NORMAL'], ['CUT', 'HEAL']];

// How an action is called on its button, to screen readers before the node's address, and afterwards.
const ACTIONS = {
  KILL: ['Kill −9', 'Kill', 'killed', '--bad'],
  REVIVE: ['Revive', 'Revive', 'revived', '--good'],
  PAUSE: ['Pause', 'Pause', 'paused', '--warn'],
  RESUME: ['Resume', 'Resume', 'resumed', '--good'],
  SLOW: ['16× slower', 'Slow down', '16× slower', '--warn'],
  NORMAL: ['Full speed', 'Give full speed to', 'full speed', '--good'],
  CUT: ['Cut off', 'Cut off', 'cut off', '--warn'],
  HEAL: ['Heal', 'Heal the network of', 'healed', '--good'],
};

function nodeCard(node, index) {
  const card = document.createElement('li');
  card.className = 'card';
  card.innerHTML = '<a target="_blank" rel="noopener"></a><span class="state"></span>'
    + '<label class="share">share of calls <meter min="0" max="1"></meter><output></output></label>'
    + '<span class="seen"></span><div class="actions" role="group"></div>';
  const link = card.querySelector('a'), actions = card.querySelector('.actions');
  link.href = 'http://' + node.address + '/';
  link.textContent = node.address;
  actions.setAttribute('aria-label', 'Node ' + node.address);
  for (const _ of BUTTONS) {
    const button = document.createElement('button');
    button.type = 'button';
    button.addEventListener('click', () => button.ariaDisabled !== 'true' && press(`nodes/${index}/${button.dataset.action.toLowerCase()}`));
    actions.append(button);
  }
  return card;
}

async function press(path) {
  try {
    await fetch(path, { method: 'POST', signal: AbortSignal.timeout(15000) });
  } catch {
    $('happened').textContent = 'The demo did not answer.';
  }
}

const STATES = { UP: 'up', STARTING: 'starting', PAUSED: 'paused', KILLED: 'killed' };

function showState(node, state) {
  const ails = node.state === 'UP' ? [node.slow && '16× slower', node.cutOff && 'cut off'].filter(Boolean) : [];
  state.textContent = [STATES[node.state], ...ails].join(', ');
  state.className = `state ${node.state} ${ails.length ? 'ails' : ''}`;
}

function showButton(button, pair, node) {
  const action = pair.find(one => node.actions.includes(one));
  button.setAttribute('aria-disabled', !action);
  const shown = action || pair[0];
  if (button.dataset.action === shown) return;
  button.dataset.action = button.className = shown;
  button.textContent = ACTIONS[shown][0];
  button.setAttribute('aria-label', `${ACTIONS[shown][1]} node ${node.address}`);
}

function showNodes(nodes) {
  const list = $('nodes');
  if (!list.childElementCount) list.append(...nodes.map(nodeCard));
  nodes.forEach((node, index) => {
    const card = list.children[index];
    showState(node, card.querySelector('.state'));
    card.querySelector('.seen').textContent = 'others see it ' + (node.seen ? node.seen.toLowerCase() : '–');
    card.querySelectorAll('button').forEach((button, i) => showButton(button, BUTTONS[i], node));
    const part = share(index);
    card.querySelector('meter').value = part;
    card.querySelector('output').textContent = Math.round(part * 100) + ' %';
  });
}

const RULES = { SHORTEST_DELAY: 'shortest delay', TWO_CHOICES: 'two choices', ROUND_ROBIN: 'round robin' };

function showRule(s) {
  const before = snapshots.length > 1 ? snapshots[snapshots.length - 2].rule : s.rule;
  if (before !== s.rule) {
    mark(s.at, RULES[s.rule], '--seal');
    happened(`Calls go by ${RULES[s.rule]}`, s.at);
  }
  document.querySelector(`#policy [value=${s.rule}]`).checked = true;
}

function happened(what, when) {
  $('happened').textContent = `${what} at ${new Date(when).toLocaleTimeString()}.`;
}

function mark(when, label, color) {
  marks.push({ when, at: 0, label, color, dashed: color === '--good' });
}

function showCounters(s) {
  for (const name of ['done', 'failed', 'acknowledged', 'verified', 'lost']) $(name).textContent = number.format(s[name]);
  for (const name of ['failed', 'lost']) $(name).parentElement.classList.toggle('some', s[name] > 0);
  $('rate').textContent = number.format(Math.round(s.perSecond));
  $('seal').textContent = number.format(Math.round(s.sealP99Ms));
  $('db').textContent = number.format(Math.round(s.dbP99Ms));
}

function take(s) {
  snapshots.push(s);
  if (snapshots.length > SECONDS) snapshots.shift();
  for (const event of s.events) {
    const [, , done, color] = ACTIONS[event.action];
    mark(event.at, done, color);
    happened(`${event.address}: ${done}`, event.at);
  }
  showRule(s);
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

$('policy').addEventListener('change', event => press('policy/' + event.target.value.toLowerCase().replace('_', '-')));
buildCharts();
listen();
showOriginal();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', buildCharts);
new ResizeObserver(() => charts.forEach((chart, i) => {
  const element = $(i ? 'p99' : 'throughput');
  chart.setSize({ width: element.clientWidth, height: element.clientHeight });
})).observe($('throughput'));
