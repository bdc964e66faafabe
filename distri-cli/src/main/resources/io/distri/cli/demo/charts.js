'use strict';

// Charts over the last three minutes, with a mark where a node was killed or revived.
const SECONDS = 180;

const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function drawMarks(marks) {
  return chart => {
    const pen = chart.ctx, { top, height, left, width } = chart.bbox;
    pen.save();
    pen.lineWidth = 1.5 * devicePixelRatio;
    pen.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    pen.textBaseline = 'top';
    let labelled = left;
    for (const mark of marks) {
      const x = chart.valToPos(mark.at, 'x', true);
      if (x < left || x > left + width) continue;
      pen.strokeStyle = pen.fillStyle = color(mark.kill ? '--bad' : '--good');
      pen.setLineDash(mark.kill ? [] : [4 * devicePixelRatio, 4 * devicePixelRatio]);
      pen.beginPath();
      pen.moveTo(x, top);
      pen.lineTo(x, top + height);
      pen.stroke();
      const text = mark.kill ? 'killed' : 'revived';
      const start = Math.min(x + 4 * devicePixelRatio, left + width - pen.measureText(text).width);
      // Labels that would lie over each other help nobody.
      if (start >= labelled) {
        pen.fillText(text, start, top + 2);
        labelled = start + pen.measureText(text).width + 4 * devicePixelRatio;
      }
    }
    pen.restore();
  };
}

function makeChart(element, lines, marks) {
  const axis = { stroke: color('--soft'), grid: { stroke: color('--grid'), width: 1 }, ticks: { show: false } };
  const options = {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [-SECONDS, 0] },
      y: { range: (_, least, most) => [0, Math.max(1, (most || 0) * 1.1)] },
    },
    axes: [
      { ...axis, size: 28, values: (_, ticks) => ticks.map(t => t === 0 ? 'now' : t % 60 === 0 ? `${-t / 60} min ago` : ''), incrs: [30, 60] },
      { ...axis, size: 56, values: (_, ticks) => ticks.map(t => t.toLocaleString()) },
    ],
    series: [{}, ...lines.map(line => ({ stroke: color(line), width: 2, points: { show: false } }))],
    hooks: { draw: [drawMarks(marks)] },
  };
  return new uPlot(options, [[], ...lines.map(() => [])], element);
}
