'use strict';

// Charts over the last minutes, with a mark at each thing that happened: { at, label, color, dashed }.

const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function drawMarks(marks) {
  return chart => {
    const pen = chart.ctx, { top, height, left, width } = chart.bbox;
    pen.save();
    pen.lineWidth = 1.5 * devicePixelRatio;
    pen.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    pen.textBaseline = 'top';
    pen.textAlign = 'left';
    const rows = [left, left, left];
    for (const mark of marks) {
      const x = chart.valToPos(mark.at, 'x', true);
      if (x < left || x > left + width) continue;
      pen.strokeStyle = pen.fillStyle = color(mark.color);
      pen.setLineDash(!mark.dashed ? [] : [4 * devicePixelRatio, 4 * devicePixelRatio]);
      pen.beginPath();
      pen.moveTo(x, top);
      pen.lineTo(x, top + height);
      pen.stroke();
      const start = Math.min(x + 4 * devicePixelRatio, left + width - pen.measureText(mark.label).width);
      // Labels that would lie over each other help nobody.
      const row = rows.findIndex(end => start >= end);
      if (row < 0) continue;
      pen.fillText(mark.label, start, top + (2 + 13 * row) * devicePixelRatio);
      rows[row] = start + pen.measureText(mark.label).width + 4 * devicePixelRatio;
    }
    pen.restore();
  };
}

function makeChart(element, lines, marks, seconds) {
  const axis = { stroke: color('--soft'), grid: { stroke: color('--grid'), width: 1 }, ticks: { show: false } };
  const options = {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [-seconds, 0] },
      y: { range: (_, least, most) => [0, Math.max(1, (most || 0) * 1.1)] },
    },
    axes: [
      { ...axis, size: 28, space: 68, values: (_, ticks) => ticks.map(t => t === 0 ? 'now' : t % 60 === 0 ? `${-t / 60} min ago` : ''), incrs: [60, 120, 300] },
      { ...axis, size: 56, values: (_, ticks) => ticks.map(t => t.toLocaleString()) },
    ],
    series: [{}, ...lines.map(line => ({ stroke: color(line), width: 2, points: { show: true, size: 3, fill: color(line) } }))],
    hooks: { draw: [drawMarks(marks)] },
  };
  return new uPlot(options, [[], ...lines.map(() => [])], element);
}
