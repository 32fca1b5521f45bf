/* Draws the plots of a run from the JSON in #data. Colors: Okabe and Ito, distinguishable with color blindness. */
(function () {
  'use strict';
  var BLUE = '#0072B2', RED = '#D55E00', GREEN = '#009E73', PINK = '#CC79A7', AMBER = '#E69F00', SKY = '#56B4E9';
  var INK = '#1b1f24', SOFT = '#57606a', LINE = '#d5dae0', GRID = '#eceff2';
  var PALETTE = [BLUE, RED, GREEN, PINK, AMBER, SKY, '#8c6d31', '#000000'];
  var FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  var LOG_LAMBDA = 'log₁₀ λ  (λ: sum convention)';
  var escape = echarts.format.encodeHTML;

  function number(value, digits) {
    if (value === null || value === undefined || !isFinite(value)) { return ''; }
    if (value === 0) { return '0'; }
    var size = Math.abs(value);
    return size >= 1e6 || size < 1e-4
      ? value.toExponential((digits || 4) - 1)
      : String(+value.toPrecision(digits || 4));
  }

  function tick(value) {
    var size = Math.abs(value);
    return size >= 1e5 || (size < 1e-3 && size > 0)
      ? (+value.toPrecision(3)).toExponential().replace('e+', 'e')
      : number(value, 4);
  }

  function shorten(text, length) {
    var letters = Array.from(text);
    return letters.length > length ? letters.slice(0, length - 1).join('') + '…' : text;
  }

  function points(x, y) {
    return x.map(function (value, i) { return [value, y[i]]; });
  }

  function log10(values) { return values.map(function (value) { return Math.log10(value); }); }

  function base(option) {
    option.animation = false;
    option.textStyle = { fontFamily: FONT, color: INK };
    return option;
  }

  function xAxis(name, more) {
    return Object.assign({
      type: 'value', name: name, nameLocation: 'middle', nameGap: 28, scale: true,
      nameTextStyle: { color: INK, fontSize: 13 }, axisLabel: { color: SOFT, formatter: tick, hideOverlap: true, showMinLabel: false, showMaxLabel: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: SOFT } },
      axisTick: { show: true, lineStyle: { color: SOFT } }, splitLine: { show: false }
    }, more);
  }

  function yAxis(name, more) {
    return Object.assign({
      type: 'value', name: name, nameLocation: 'middle', nameGap: 62, scale: true,
      nameTextStyle: { color: INK, fontSize: 13 }, axisLabel: { color: SOFT, formatter: tick },
      axisLine: { show: true, onZero: false, lineStyle: { color: SOFT } },
      axisTick: { show: true, lineStyle: { color: SOFT } }, splitLine: { lineStyle: { color: GRID } }
    }, more);
  }

  function span(x) {
    var low = Math.min.apply(null, x), high = Math.max.apply(null, x);
    var room = 0.02 * (high - low || 1);
    return { min: low - room, max: high + room };
  }

  function between(x, y, at) { // linear interpolation
    for (var i = 1; i < x.length; i++) {
      if (at <= x[i]) {
        return y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1]);
      }
    }
    return y[y.length - 1];
  }

  function dfAxis(x, df) { // above the plot: the degrees of freedom at the same lambdas
    return xAxis('degrees of freedom', Object.assign(span(x), {
      position: 'top', nameGap: 24, axisTick: { show: true },
      axisLabel: { color: SOFT, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: function (at) {
        var value = between(x, df, at);
        return value < 0.01 ? '<0.01' : number(value, 3);
      } }
    }));
  }

  function legend(names, more) {
    return Object.assign({ data: names, top: 0, type: 'scroll', itemWidth: 24, textStyle: { color: INK, fontSize: 12 },
      formatter: function (name) { return shorten(name, 28); } }, more);
  }

  function vertical(at, text, color, dash, row, left) {
    return { xAxis: at, lineStyle: { color: color, type: dash, width: 1.5 },
      label: { show: text !== '', formatter: text, color: color, position: 'insideEnd', rotate: 0,
        fontSize: 12, fontWeight: 'bold', align: left ? 'right' : 'left', verticalAlign: 'top', offset: [left ? -5 : 5, 2 + 16 * (row || 0)],
        backgroundColor: 'rgba(255, 255, 255, 0.85)', padding: [1, 3] } };
  }

  /** The lines of the minimum, one standard error, and the choice; one line where they coincide. */
  function marks(path, x) {
    var names = {};
    function add(index, name) {
      if (index !== null) { names[index] = (names[index] || []).concat(name); }
    }
    add(path.min, 'min');
    add(path.oneSe, '1 SE');
    add(path.selected, 'chosen');
    return Object.keys(names).map(function (index, row) {
      var chosen = names[index].indexOf('chosen') >= 0;
      return vertical(x[index], names[index].join(' = '), chosen ? RED : SOFT, chosen ? 'solid' : 'dashed', row);
    });
  }

  function lineMarks(data) { return { silent: true, symbol: 'none', animation: false, data: data }; }

  function plain(lines) { // the same lines without their words
    return lines.map(function (line) { return Object.assign({}, line, { label: { show: false } }); });
  }

  function band(x, value, se) { // a polygon of one standard error to either side
    return {
      name: '± 1 standard error', type: 'custom', clip: true, silent: true, z: 1, itemStyle: { color: SKY, opacity: 0.35 },
      data: [[x[0], value[0]]],
      renderItem: function (params, api) {
        var upper = [], lower = [];
        x.forEach(function (at, i) {
          if (value[i] !== null && se[i] !== null) {
            upper.push(api.coord([at, value[i] + se[i]]));
            lower.unshift(api.coord([at, value[i] - se[i]]));
          }
        });
        return { type: 'polygon', shape: { points: upper.concat(lower) }, style: { fill: SKY, opacity: 0.35 } };
      }
    };
  }

  function finite(values) { return values.filter(function (value) { return value !== null && isFinite(value); }); }

  /** 0 at the best value, 1 at the worst, square-rooted to bring out the minimum. */
  function scaled(curve) {
    var good = finite(curve.value).map(function (value) { return curve.sign * value; });
    var low = Math.min.apply(null, good), range = Math.max.apply(null, good) - low;
    return curve.value.map(function (value) {
      return value === null ? null : range > 0 ? Math.sqrt((curve.sign * value - low) / range) : 0;
    });
  }

  function atBest(curve, x) {
    var best = -1;
    curve.value.forEach(function (value, i) {
      if (value !== null && (best < 0 || curve.sign * value < curve.sign * curve.value[best])) { best = i; }
    });
    return [{ coord: [x[best], 0], symbol: 'circle', symbolSize: 9 }];
  }

  /** An axis with room for all values; logarithmic where the largest would flatten the smallest. */
  function errorAxis(name, values) {
    var good = finite(values), low = Math.min.apply(null, good), high = Math.max.apply(null, good);
    var log = low > 0 && high > 10 * low, room = 0.06 * (high - low || Math.abs(high) || 1);
    return yAxis(name + (log ? ' (log)' : ''), Object.assign(
      { axisLabel: { color: SOFT, formatter: tick, showMinLabel: false, showMaxLabel: false } },
      log ? { type: 'log', min: low * 0.8, max: high * 1.25, minorTick: { show: true, splitNumber: 9 } }
        : { min: low >= 0 ? Math.max(0, low - room) : low - room, max: high + room }));
  }

  var SCORE = { cv_mse: 'Cross-validated MSE', gcv: 'GCV score', loo_mse: 'Leave-one-out MSE' };

  function selection(target) {
    var path = target.path, x = log10(path.lambda), lines = marks(path, x), series = [], names = [SCORE[path.score]];
    var criteria = path.criteria;
    if (path.se) {
      series.push(band(x, path.value, path.se));
      names.push('± 1 standard error');
    }
    series.push({ name: SCORE[path.score], type: 'line', showSymbol: path.lambda.length < 25, symbolSize: 5, z: 3,
      lineStyle: { width: 2.5, color: BLUE }, itemStyle: { color: BLUE }, data: points(x, path.value), markLine: lineMarks(lines) });
    if (path.meanPredictor !== null && path.score === 'cv_mse') {
      names.push('Mean predictor');
      series.push({ name: 'Mean predictor', type: 'line', showSymbol: false, lineStyle: { color: SOFT, type: 'dotted', width: 2 },
        itemStyle: { color: SOFT }, data: [[x[0], path.meanPredictor], [x[x.length - 1], path.meanPredictor]] });
    }
    criteria.forEach(function (curve, i) {
      var color = curve.name === 'Cross-validation' ? BLUE : PALETTE[1 + i % (PALETTE.length - 1)];
      series.push({ name: curve.name, type: 'line', xAxisIndex: 2, yAxisIndex: 1, showSymbol: false, z: curve.name === 'Cross-validation' ? 4 : 2,
        lineStyle: { width: 2, color: color, type: ['solid', 'dashed', 'dotted'][i % 3] }, itemStyle: { color: color },
        data: points(x, scaled(curve)), markPoint: { silent: true, itemStyle: { color: color }, label: { show: false }, data: atBest(curve, x) },
        markLine: i === 0 ? lineMarks(plain(lines)) : undefined });
    });
    return base({
      grid: [{ left: 84, right: 24, top: 84, height: 300 }, { left: 84, right: 24, top: 456, height: 170 }],
      legend: [legend(names), legend(criteria.map(function (c) { return c.name; }), { top: 424 })],
      xAxis: [xAxis('', span(x)),
        dfAxis(x, path.df), xAxis(LOG_LAMBDA, Object.assign(span(x), { gridIndex: 1 }))],
      yAxis: [errorAxis(path.score === 'cv_mse' ? 'MSE on held-out folds' : SCORE[path.score], shown(path)),
        yAxis('Share of its range', { gridIndex: 1, min: 0, max: 1, interval: 0.25,
          axisLabel: { color: SOFT, formatter: function (v) { return Math.round(v * v * 100) + ' %'; } } })],
      tooltip: { trigger: 'axis', axisPointer: { type: 'line' }, formatter: function (items) {
        return lambdaTip(path, x, items[0].axisValue);
      } },
      axisPointer: { link: [{ xAxisIndex: [0, 2] }] },
      series: series
    });
  }

  function shown(path) { // all that the upper plot has to hold
    function shifted(sign) {
      return path.value.map(function (value, i) { return value === null || path.se[i] === null ? null : value + sign * path.se[i]; });
    }
    return path.value.concat(path.meanPredictor === null ? [] : path.meanPredictor, path.se ? shifted(-1).concat(shifted(1)) : []);
  }

  function lambdaTip(path, x, at) {
    var near = 0;
    x.forEach(function (value, i) { if (Math.abs(value - at) < Math.abs(x[near] - at)) { near = i; } });
    var lines = ['λ = ' + number(path.lambda[near], 5), 'df = ' + number(path.df[near])];
    lines.push(escape(SCORE[path.score]) + ' = ' + number(path.value[near], 5) + (path.se ? ' ± ' + number(path.se[near], 3) : ''));
    path.criteria.forEach(function (curve) {
      if (curve.name !== 'Cross-validation') {
        lines.push(escape(curve.name) + ' = ' + number(curve.value[near] * curve.sign, 5));
      }
    });
    return lines.join('<br>');
  }

  var NAMED_FOLDS = 13;  // more names than lines can be told apart

  function folds(target) {
    var path = target.path, x = log10(path.lambda), lines = marks(path, x);
    var series = path.folds.map(function (values, f) {
      var color = PALETTE[f % PALETTE.length];
      return { name: 'Fold ' + path.foldNames[f], type: 'line', showSymbol: false, lineStyle: { width: 1.2, color: color, opacity: 0.85 }, itemStyle: { color: color },
        data: points(x, values), markPoint: { silent: true, itemStyle: { color: color }, label: { show: false },
          data: atBest({ value: values, sign: 1 }, x).map(function (best) {
            return { coord: [best.coord[0], Math.min.apply(null, finite(values))], symbol: 'circle', symbolSize: 8 };
          }) } };
    });
    series.push({ name: 'Mean of the folds', type: 'line', showSymbol: false, z: 5, lineStyle: { width: 2.5, color: INK }, itemStyle: { color: INK },
      data: points(x, path.value), markLine: lineMarks(lines) });
    return base({
      grid: { left: 84, right: 24, top: 84, bottom: 56 },
      legend: legend((series.length > NAMED_FOLDS ? series.slice(-1) : series).map(function (s) { return s.name; })),
      xAxis: [xAxis(LOG_LAMBDA, span(x)), dfAxis(x, path.df)], yAxis: errorAxis('MSE of the fold', [].concat.apply([], path.folds)),
      tooltip: { trigger: 'axis', order: 'valueDesc', valueFormatter: function (v) { return number(v, 5); } },
      series: series
    });
  }

  var LABELLED = 8;

  var PATH_HEIGHT = 420, PATH_TOP = 24, PATH_BOTTOM = 56;

  /** How far to move the labels at the ends of the lines, so that none covers another. */
  function labelShifts(ends, range) {
    var pixels = (PATH_HEIGHT - PATH_TOP - PATH_BOTTOM) / (range.max - range.min), gap = 15, shifts = [], last = -Infinity;
    var order = ends.map(function (end, j) { return j; }).sort(function (a, b) { return ends[b] - ends[a]; });
    order.forEach(function (j) {
      var at = (range.max - ends[j]) * pixels;
      last = Math.max(at, last + gap);
      shifts[j] = last - at;
    });
    var limit = (range.max - range.min) * pixels + 20; // push back up what fell below the plot
    order.reverse().forEach(function (j) {
      var at = (range.max - ends[j]) * pixels, place = Math.min(at + shifts[j], limit);
      shifts[j] = place - at;
      limit = place - gap;
    });
    return shifts;
  }

  function paths(target, x, chosenAt, name, labels) {
    var path = target.coefficientPath;
    var order = path.feature.map(function (feature, j) { return j; }); // largest first
    var range = span([0].concat(finite([].concat.apply([], path.value))));
    var shifts = labelShifts(path.value.slice(0, LABELLED).map(function (values) { return values[values.length - 1]; }), range);
    var series = order.map(function (j) {
      var named = j < LABELLED, color = named ? PALETTE[j] : '#9aa3ad';
      return { name: path.feature[j], type: 'line', showSymbol: false, z: named ? 4 : 2, triggerLineEvent: true,
        lineStyle: { width: named ? 2 : 1, color: color, opacity: named ? 1 : 0.7 }, itemStyle: { color: color },
        endLabel: { show: labels && named, color: color, distance: 6, offset: [0, shifts[j] || 0],
          formatter: function () { return shorten(path.feature[j], 18); } }, data: points(x, path.value[j]) };
    });
    if (series.length > 0) {
      series[0].markLine = lineMarks([vertical(chosenAt, 'chosen', RED, 'dashed', 0, chosenAt > (span(x).min + span(x).max) / 2),
        { yAxis: 0, lineStyle: { color: SOFT, type: 'solid', width: 1 }, label: { show: false } }]);
    }
    return base({
      grid: { left: 78, right: labels ? 150 : 20, top: PATH_TOP, bottom: PATH_BOTTOM },
      xAxis: xAxis(name, span(x)), yAxis: yAxis('Standardized coefficient', Object.assign({ nameGap: 56,
        axisLabel: { color: SOFT, formatter: tick, showMinLabel: false, showMaxLabel: false } }, range)),
      tooltip: { trigger: 'item', formatter: function (item) {
        return escape(item.seriesName) + (item.value ? '<br>' + number(item.value[1], 5) : '');
      } },
      series: series
    });
  }

  /** The points with lambda above 0, which a logarithmic axis can show. */
  function positive(path) {
    var keep = path.lambda.map(function (value, i) { return i; }).filter(function (i) { return path.lambda[i] > 0; })
      .sort(function (a, b) { return path.lambda[a] - path.lambda[b]; });
    function pick(values) { return keep.map(function (i) { return values[i]; }); }
    return { feature: path.feature, lambda: pick(path.lambda), df: pick(path.df), value: path.value.map(pick) };
  }

  function coefficientsByLambda(target) {
    var shown = Object.assign({}, target, { coefficientPath: positive(target.coefficientPath) });
    return paths(shown, log10(shown.coefficientPath.lambda), Math.log10(target.chosen.lambda), LOG_LAMBDA, false);
  }

  function coefficientsByDf(target) {
    var shown = Object.assign({}, target, { coefficientPath: positive(target.coefficientPath) });
    shown.coefficientPath.df.reverse();
    shown.coefficientPath.value.forEach(function (values) { values.reverse(); });
    var option = paths(shown, shown.coefficientPath.df, target.chosen.df, 'Degrees of freedom of the slopes', true);
    option.xAxis.min = 0;
    return option;
  }

  function intervals(target) {
    var data = target.intervals, count = data.feature.length, known = finite(data.half).length > 0;
    var widest = Math.max.apply(null, data.feature.map(function (name) { return shorten(name, 26).length; }));
    var series = [{ name: 'Coefficient', type: 'scatter', symbolSize: 8, itemStyle: { color: BLUE }, z: 3,
      data: data.value.map(function (value, j) { return [value, j]; }),
      markLine: lineMarks([{ xAxis: 0, lineStyle: { color: SOFT, type: 'solid', width: 1 }, label: { show: false } }]) }];
    if (known) {
      series.unshift({ name: '95 % credible interval', type: 'custom', silent: true, clip: true, z: 2, encode: { x: [0, 1], y: 2 },
        itemStyle: { color: BLUE },
        data: data.value.map(function (value, j) { return [value - data.half[j], value + data.half[j], j]; }),
        renderItem: function (params, api) {
          var low = api.coord([api.value(0), api.value(2)]), high = api.coord([api.value(1), api.value(2)]);
          var style = { stroke: BLUE, lineWidth: 1.6, fill: null };
          function line(x1, y1, x2, y2) { return { type: 'line', shape: { x1: x1, y1: y1, x2: x2, y2: y2 }, style: style }; }
          return { type: 'group', children: [line(low[0], low[1], high[0], high[1]),
            line(low[0], low[1] - 4, low[0], low[1] + 4), line(high[0], high[1] - 4, high[0], high[1] + 4)] };
        } });
    }
    return base({
      grid: { left: Math.max(60, 24 + 7 * widest), right: 24, top: 12, bottom: 48 },
      xAxis: xAxis('Standardized coefficient (change of the target per standard deviation of the feature)',
        { scale: false, splitLine: { show: true, lineStyle: { color: GRID } } }),
      yAxis: { type: 'category', inverse: true, data: data.feature, axisTick: { show: false }, axisLine: { show: false },
        splitLine: { show: count <= 60, lineStyle: { color: GRID } },
        axisLabel: { color: INK, interval: 0, formatter: function (name) { return shorten(name, 26); } } },
      tooltip: { trigger: 'item', formatter: function (item) {
        var j = item.dataIndex, half = data.half[j];
        return escape(data.feature[j]) + '<br>' + number(data.value[j], 5) + (half === null ? '' : ' ± ' + number(half, 3));
      } },
      series: series
    });
  }

  function spectrum(target) {
    var data = target.spectrum, lambda = target.chosen.lambda;
    var factor = data.eigenvalue.map(function (e) { return e > 0 ? e / (e + lambda) : 0; });
    var eigenvalues = points(data.number, data.eigenvalue.map(function (e) { return e > 0 ? e : null; }));
    var axis = { min: 0, max: data.number[data.number.length - 1] + 1, minInterval: 1 };
    var few = data.number.length <= 60;
    return base({
      grid: [{ left: 84, right: 24, top: 20, height: 200 }, { left: 84, right: 24, top: 250, height: 130 }],
      xAxis: [xAxis('', axis), xAxis('Principal direction (largest first)', Object.assign({ gridIndex: 1 }, axis))],
      yAxis: [yAxis('Eigenvalue e (log)', { type: 'log' }),
        yAxis('Left: e / (e + λ)', { gridIndex: 1, min: 0, max: 1, interval: 0.5 })],
      tooltip: { trigger: 'axis', valueFormatter: function (v) { return number(v, 5); } },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      series: [
        { name: 'Eigenvalue', type: few ? 'scatter' : 'line', symbolSize: 7, showSymbol: false, itemStyle: { color: BLUE },
          lineStyle: { color: BLUE, width: 2 }, data: eigenvalues,
          markLine: lambda > 0 ? lineMarks([{ yAxis: lambda, lineStyle: { color: RED, type: 'dashed', width: 1.5 },
            label: { formatter: 'e = λ', color: RED, position: 'insideStartTop' } }]) : undefined },
        { name: 'Shrinkage factor', type: few ? 'bar' : 'line', xAxisIndex: 1, yAxisIndex: 1, barWidth: few ? Math.max(3, Math.min(24, 500 / data.number.length)) : undefined,
          showSymbol: false, areaStyle: { color: SKY, opacity: 0.4 }, itemStyle: { color: SKY }, lineStyle: { color: BLUE }, data: points(data.number, factor) }
      ]
    });
  }

  /** Few points large and solid, many small and faint. */
  function dots(data) {
    return { type: 'scatter', symbolSize: data.length > 300 ? 5 : 7, itemStyle: { color: BLUE, opacity: data.length > 300 ? 0.4 : 0.65 }, data: data };
  }

  var HALF = { left: 78, right: 20, top: 30, bottom: 56 };

  function errorName(data) { return data.heldOut ? 'Held-out error' : 'Error on training rows'; }

  function zeroLine() { return { yAxis: 0, lineStyle: { color: SOFT, type: 'solid', width: 1 }, label: { show: false } }; }

  function tip(lines) { return { trigger: 'item', formatter: function (item) { return item.value ? lines(item.value).join('<br>') : ''; } }; }

  /** The mean error of rows with neighboring predictions, 40 or more at a time; it should stay at 0. */
  function trend(x, y) {
    var order = x.map(function (value, i) { return i; }).sort(function (a, b) { return x[a] - x[b]; });
    var groups = Math.min(16, Math.floor(x.length / 40)), result = [];
    for (var g = 0; g < groups; g++) {
      var some = order.slice(Math.floor(g * x.length / groups), Math.floor((g + 1) * x.length / groups));
      result.push([mean(some.map(function (i) { return x[i]; })), mean(some.map(function (i) { return y[i]; }))]);
    }
    return result;
  }

  function mean(values) { return values.reduce(function (sum, value) { return sum + value; }, 0) / values.length; }

  function residuals(target) {
    var data = target.residuals, line = trend(data.predicted, data.error);
    var cloud = Object.assign(dots(points(data.predicted, data.error)), { name: 'A row', markLine: lineMarks([zeroLine()]) });
    return base({
      grid: HALF, legend: line.length > 2 ? legend(['Mean of neighbors']) : undefined,
      xAxis: xAxis('Prediction', span(data.predicted)), yAxis: yAxis(errorName(data), { nameGap: 56 }),
      tooltip: tip(function (value) { return ['predicted ' + number(value[0], 5), 'error ' + number(value[1], 5)]; }),
      series: [cloud].concat(line.length > 2 ? { name: 'Mean of neighbors', type: 'line', showSymbol: false, z: 4,
        lineStyle: { color: RED, width: 2 }, itemStyle: { color: RED }, data: line } : [])
    });
  }

  function normal(target) {
    var data = target.residuals, n = data.sorted.length, ends = span(data.normal), series = [dots(points(data.normal, data.sorted))];
    var low = Math.floor(0.25 * (n - 1)), high = Math.ceil(0.75 * (n - 1));
    var slope = (data.sorted[high] - data.sorted[low]) / (data.normal[high] - data.normal[low]);
    if (isFinite(slope)) { // the line through the quartiles
      series.push({ name: 'Normal', type: 'line', silent: true, showSymbol: false, z: 1, lineStyle: { color: RED, width: 1.5, type: 'dashed' },
        data: [ends.min, ends.max].map(function (at) { return [at, data.sorted[low] + slope * (at - data.normal[low])]; }) });
    }
    return base({
      grid: HALF, xAxis: xAxis('Quantile of the standard normal', ends), yAxis: yAxis(errorName(data) + ', sorted', { nameGap: 56 }),
      tooltip: tip(function (value) { return ['error ' + number(value[1], 5), 'normal quantile ' + number(value[0], 3)]; }), series: series
    });
  }

  function leverage(target) {
    var data = target.residuals;
    return base({
      grid: HALF, xAxis: xAxis('Leverage', { min: 0, scale: false }), yAxis: yAxis(errorName(data), { nameGap: 56 }),
      tooltip: tip(function (value) { return ['leverage ' + number(value[0], 4), 'error ' + number(value[1], 5)]; }),
      series: [Object.assign(dots(points(data.leverage, data.error)), { markLine: lineMarks([zeroLine()]) })]
    });
  }

  function unique(values) {
    return values.filter(function (value, i) { return values.indexOf(value) === i; }).sort(function (a, b) { return a - b; });
  }

  /** How far an error may be above the best of all, and how the surface says so. */
  var EXCESS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, Infinity];
  var SHADES = ['#fde725', '#a0da39', '#4ac16d', '#1fa187', '#277f8e', '#365c8d', '#46327e', '#440154'];

  function shade(excess) {
    var i = 0;
    while (excess > EXCESS[i]) { i++; }
    return SHADES[i];
  }

  /** The cells of a surface as rectangles in log10 lambda: from half way to one neighbor to half way to the other. */
  function rectangles(surface, widths, best) {
    var result = [];
    widths.forEach(function (width, row) {
      var cells = surface.cells.filter(function (cell) { return cell[0] === width && cell[2] !== null; })
        .sort(function (a, b) { return a[1] - b[1]; });
      cells.forEach(function (cell, i) {
        var at = Math.log10(cell[1]), step = cells.length > 1 ? Math.log10(cells[i > 0 ? i : 1][1] / cells[i > 0 ? i - 1 : 0][1]) : 1;
        var low = i > 0 ? (at + Math.log10(cells[i - 1][1])) / 2 : at - step / 2;
        var high = i + 1 < cells.length ? (at + Math.log10(cells[i + 1][1])) / 2 : at + step / 2;
        result.push({ value: [low, high, row], raw: cell, color: shade(cell[2] / best - 1) });
      });
    });
    return result;
  }

  function surfaces(target) {
    var all = [], x = [];
    target.surfaces.forEach(function (surface) {
      surface.cells.forEach(function (cell) {
        if (cell[2] !== null) { all.push(cell[2]); x.push(Math.log10(cell[1])); }
      });
    });
    var best = Math.min.apply(null, all), range = span(x);
    var option = base({ title: [], grid: [], xAxis: [], yAxis: [], series: [],
      visualMap: { type: 'piecewise', orient: 'horizontal', left: 'center', top: 0, itemWidth: 18, itemGap: 8, selectedMode: false, seriesIndex: [], dimension: 2,
        textStyle: { color: INK, fontSize: 12 }, pieces: SHADES.map(function (color, i) {
          return { value: i, color: color, label: i === SHADES.length - 1 ? 'more' : (i === 0 ? 'error within ' : '') + 100 * EXCESS[i] + ' %' + (i === 0 ? ' of the best' : '') };
        }) },
      tooltip: { trigger: 'item', formatter: function (item) {
        var cell = item.data.raw;
        return 'width ' + cell[0] + '<br>λ = ' + number(cell[1], 5) + '<br>error ' + number(cell[2], 5)
          + '<br>' + number(100 * (cell[2] / best - 1), 3) + ' % above the best';
      } } });
    target.surfaces.forEach(function (surface, i) {
      var top = 84 + i * 250, widths = unique(surface.cells.map(function (cell) { return cell[0]; }));
      option.title.push({ text: surface.title, left: 84, top: top - 26, textStyle: { fontSize: 13, color: INK } });
      option.grid.push({ left: 84, right: 24, top: top, height: 160 });
      option.xAxis.push(xAxis(LOG_LAMBDA, Object.assign({ gridIndex: i }, range)));
      option.yAxis.push({ type: 'category', gridIndex: i, name: 'Features (width)', nameLocation: 'middle', nameGap: 56, nameTextStyle: { color: INK, fontSize: 13 },
        data: widths.map(String), axisLabel: { color: SOFT }, axisTick: { show: false } });
      option.series.push({ type: 'custom', xAxisIndex: i, yAxisIndex: i, clip: true, encode: { x: [0, 1], y: 2 },
        data: rectangles(surface, widths, best), renderItem: function (params, api) {
          var cell = option.series[i].data[params.dataIndex], size = api.size([0, 1])[1];
          var low = api.coord([api.value(0), api.value(2)]), high = api.coord([api.value(1), api.value(2)]);
          var chosen = cell.raw[3] === 1;
          return { type: 'rect', z2: chosen ? 2 : 1, shape: { x: low[0], y: low[1] - size / 2 + 1, width: Math.max(1, high[0] - low[0]), height: size - 2 },
            style: { fill: cell.color, stroke: chosen ? RED : cell.color, lineWidth: chosen ? 3 : 0.5 } };
        } });
    });
    return option;
  }

  /** The axis of logarithms, labeled by the numbers themselves. */
  function logAxis(range) {
    return Object.assign({ axisLabel: { color: SOFT, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: function (value) {
      return tick(+Math.pow(10, value).toPrecision(3));
    } } }, range);
  }

  /** Observed and foretold errors against the number of rows, both as logarithms: a linear axis has labels within one decade, too. */
  function forecast(target) {
    var plot = target.forecast, rows = [], errors = [plot.floor];
    plot.observed.concat(plot.foretold, plot.sameLambda).forEach(function (point) {
      rows.push(point[0]);
      errors.push(point[1], point[2] > 0 ? point[2] : null, point[3]);
    });
    var x = span(log10(rows)), shown = log10(finite(errors).filter(function (error) { return error > 0; })), y = span(shown);
    function at(point, end) { return [Math.log10(point[0]), point[end] > 0 ? Math.log10(point[end]) : y.min]; }
    function places(points) { return points.map(function (point) { return { value: at(point, 1), raw: point }; }); }
    function line(name, points, color, style) {
      return { name: name, type: 'line', showSymbol: style === 'solid', symbolSize: 5, z: 3, lineStyle: { width: 2.2, color: color, type: style },
        itemStyle: { color: color }, data: points };
    }
    var names = ['Observed', 'Foretold', '90 % band'];
    var series = [{ name: '90 % band', type: 'custom', clip: true, silent: true, z: 1, itemStyle: { color: SKY, opacity: 0.35 },
      data: [at(plot.foretold[0], 1)],
      renderItem: function (params, api) {
        var upper = plot.foretold.map(function (point) { return api.coord(at(point, 3)); });
        var lower = plot.foretold.map(function (point) { return api.coord(at(point, 2)); }).reverse();
        return { type: 'polygon', shape: { points: upper.concat(lower) }, style: { fill: SKY, opacity: 0.35 } };
      } },
    line('Foretold', places(plot.foretold), BLUE, 'solid'),
    { name: 'Observed', type: 'scatter', symbolSize: 8, z: 4, itemStyle: { color: INK }, data: places(plot.observed) },
    { name: 'One standard error', type: 'custom', clip: true, silent: true, z: 2, itemStyle: { color: INK }, data: places(plot.observed),
      renderItem: function (params, api) {
        var top = api.coord(at(plot.observed[params.dataIndex], 3)), bottom = api.coord(at(plot.observed[params.dataIndex], 2));
        return { type: 'line', shape: { x1: top[0], y1: top[1], x2: bottom[0], y2: bottom[1] }, style: { stroke: INK, lineWidth: 1.5 } };
      } }];
    if (plot.floor > 0) {
      names.push('Floor of these features');
      series.push(line('Floor of these features', [[x.min, Math.log10(plot.floor)], [x.max, Math.log10(plot.floor)]], SOFT, 'dotted'));
    }
    if (plot.sameLambda.length) {
      names.push('Same λ');
      series.push(line('Same λ', places(plot.sameLambda), RED, 'dashed'));
    }
    return base({
      grid: { left: 84, right: 24, top: 48, bottom: 56 }, legend: legend(names),
      xAxis: xAxis('Rows (log)', logAxis(x)), yAxis: yAxis('MSE on new rows (log)', logAxis(y)),
      tooltip: { trigger: 'item', formatter: function (item) {
        var raw = item.data.raw;
        return raw ? escape(item.seriesName) + '<br>' + number(raw[0], 6) + ' rows<br>MSE ' + number(raw[1], 5) : escape(item.seriesName);
      } },
      series: series
    });
  }

  /** An axis of logarithms with a label at every power of 2. */
  function doubling(values) {
    var step = Math.log10(2), range = span(log10(values));
    return Object.assign(logAxis({ interval: step }), { min: Math.floor(range.min / step) * step, max: range.max });
  }

  /** Measured errors (points, bars of two standard errors to either side) on the lines of their theory, both axes logarithmic. */
  function experiment(target) {
    var sizes = [], errors = [], names = [], series = [];
    target.curves.forEach(function (curve, c) {
      var color = [RED, BLUE][c % 2], name = 'λ = ' + number(curve.lambda, 3);
      function at(point, error) { return [Math.log10(point[0]), error > 0 ? Math.log10(error) : null]; }
      function line(title, index, style) {
        var data = curve.points.map(function (point) { return at(point, point[index]); });
        if (curve.lambda === 0) { // there is no finite error at the threshold
          data = data.concat([[Math.log10(target.threshold), null]]).sort(function (a, b) { return a[0] - b[0]; });
        }
        names.push(title);
        series.push({ name: title, type: 'line', showSymbol: false, z: 2, lineStyle: { width: 2, color: color, type: style },
          itemStyle: { color: color }, data: data });
      }
      line(name + ', theory', 3, 'solid');
      if (curve.points.some(function (point) { return point[4] !== null; })) { line(name + ', foretold', 4, 'dashed'); }
      names.push(name + ', measured');
      series.push({ name: name + ', measured', type: 'scatter', symbolSize: 7, z: 4, itemStyle: { color: color },
        data: curve.points.map(function (point) { return { value: at(point, point[1]), raw: point }; }) });
      series.push({ name: name + ', error bars', type: 'custom', clip: true, silent: true, z: 3, itemStyle: { color: color },
        data: curve.points.map(function (point) { return at(point, point[1]); }),
        renderItem: function (params, api) {
          var point = curve.points[params.dataIndex], low = Math.max(point[1] - 2 * point[2], point[1] / 10);
          var top = api.coord(at(point, point[1] + 2 * point[2])), bottom = api.coord(at(point, low));
          return { type: 'line', shape: { x1: top[0], y1: top[1], x2: bottom[0], y2: bottom[1] }, style: { stroke: color, lineWidth: 1.5 } };
        } });
      curve.points.forEach(function (point) {
        sizes.push(point[0]);
        errors.push(point[1], point[3], point[4], point[1] + 2 * point[2]);
      });
    });
    series[0].markLine = lineMarks([vertical(Math.log10(target.threshold), target.threshold + ' ' + target.sizeName, SOFT, 'dashed')]);
    return base({
      grid: { left: 84, right: 24, top: 48, bottom: 56 }, legend: legend(names),
      xAxis: xAxis(target.sizeName + ' (log)', doubling(sizes)), yAxis: yAxis('MSE on new rows (log)', doubling(finite(errors))),
      tooltip: { trigger: 'item', formatter: function (item) {
        var raw = item.data.raw;
        return raw ? escape(item.seriesName) + '<br>' + raw[0] + ' ' + escape(target.sizeName) + '<br>MSE ' + number(raw[1], 4) + ' ± ' + number(raw[2], 2)
          + '<br>theory ' + number(raw[3], 4) : escape(item.seriesName);
      } },
      series: series
    });
  }

  var PLOTS = { experiment: experiment, forecast: forecast, selection: selection, folds: folds, coefficientsByLambda: coefficientsByLambda, coefficientsByDf: coefficientsByDf,
    residuals: residuals, normal: normal, leverage: leverage, intervals: intervals, spectrum: spectrum, surfaces: surfaces };

  function height(plot, target) {
    switch (plot) {
      case 'selection': return 680;
      case 'intervals': return 76 + 22 * Math.max(3, target.intervals.feature.length);
      case 'residuals': case 'normal': case 'leverage': return 340;
      case 'spectrum': return 440;
      case 'surfaces': return 70 + 250 * target.surfaces.length;
      default: return PATH_HEIGHT;
    }
  }

  var targets = JSON.parse(document.getElementById('data').textContent);
  document.documentElement.classList.add('drawn');
  var charts = Array.from(document.querySelectorAll('.chart')).map(function (place) {
    var target = targets[+place.dataset.target];
    place.style.height = height(place.dataset.plot, target) + 'px';
    var chart = echarts.init(place, null, { renderer: 'svg' });
    chart.setOption(PLOTS[place.dataset.plot](target));
    return chart;
  });
  function resize() { charts.forEach(function (chart) { chart.resize(); }); }
  window.addEventListener('resize', resize);
  window.addEventListener('beforeprint', resize);
}());
