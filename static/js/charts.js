// Figures: Plotly data in a JSON block (data-figure) or at an address (data-figure-url), drawn in the page's own colours
// and font. What a figure sets itself is left as it is.
(function () {
  "use strict";
  const { say } = window.luoshi;
  const PAPER_WIDTH = 660; // px of an A4 page between its margins
  const PAPER_HALF = 300; // px within one of two columns there
  const NARROW = 420; // px of a plot on a telephone
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue("--" + name).trim();
  const english = document.documentElement.lang === "en";
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  Plotly.setPlotConfig({
    locale: english ? "en-US" : "zh-CN",
    displaylogo: false,
    modeBarButtonsToRemove: ["sendChartToCloud", "select2d", "lasso2d", "autoScale2d"],
    responsive: false,
  });

  /** `own` over `base`, object by object. */
  function merged(base, own) {
    const result = { ...base };
    for (const [key, value] of Object.entries(own || {})) {
      const both = value && base[key] && [value, base[key]].every((one) => typeof one === "object" && !Array.isArray(one));
      result[key] = both ? merged(base[key], value) : value;
    }
    return result;
  }

  function axis() {
    return {
      gridcolor: "#e8ecf2",
      linecolor: "#c6ceda",
      zerolinecolor: "#c6ceda",
      automargin: true,
      fixedrange: true,
      autotickangles: [0, -45],
      title: { standoff: 12 },
      tickfont: { color: colour("ink") },
    };
  }

  function layout(own) {
    const base = {
      font: { family: getComputedStyle(document.body).fontFamily, size: 13, color: colour("ink") },
      colorway: [colour("blue"), "#5d6b82", colour("green"), colour("amber-bar"), colour("purple"), colour("red"), "#0b7285", "#7a5c2e"],
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      margin: { l: 8, r: 16, t: 12, b: 8, pad: 4 },
      hoverlabel: { font: { family: getComputedStyle(document.body).fontFamily, size: 13 } },
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom" },
      bargap: 0.28,
      autosize: true,
    };
    const axes = Object.keys(own || {}).filter((key) => /^[xy]axis\d*$/.test(key));
    for (const name of new Set(["xaxis", "yaxis", ...axes])) base[name] = axis();
    return merged(base, own);
  }

  /** On a telephone names beside bars stand in lines of a few characters, so that the bars keep their room. */
  function inLines(name) {
    const letters = name.match(/&\w+;|./gu) || [];
    const each = Math.ceil(letters.length / Math.ceil(letters.length / 10)); // lines of one length, up to ten
    return letters.map((letter, place) => (place && place % each === 0 ? "<br>" + letter : letter)).join("");
  }

  /** What stands behind a bar (70% ■ 逾期 2) is as long as ever there: the axis goes on for it, and names its ends alone. */
  function longer({ range, tickvals }) {
    const ends = tickvals ? { tickvals: [tickvals[0], tickvals[tickvals.length - 1]] } : {};
    return { range: [range[0], range[1] * 1.6], ...ends };
  }

  function narrow({ data, layout: shape }, plot) {
    const names = shape.yaxis && shape.yaxis.ticktext;
    if (plot.clientWidth >= NARROW || !names) return {};
    const spoken = data.some((trace) => trace.textposition === "outside");
    const xaxis = spoken && shape.xaxis.range ? longer(shape.xaxis) : {};
    return { xaxis, yaxis: { ticktext: names.map(inLines) } };
  }

  function traces(data) {
    return data.map((trace) => (trace.type === "bar" ? { textangle: 0, cliponaxis: false, ...trace } : trace));
  }

  async function figureOf(plot) {
    if (plot.dataset.figure) return JSON.parse(document.getElementById(plot.dataset.figure).textContent);
    const answer = await fetch(plot.dataset.figureUrl, { headers: { Accept: "application/json", "X-Requested-With": "fetch" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function follow(event) {
    const point = event.points[0];
    const target = Array.isArray(point.customdata) ? point.customdata[0] : point.customdata;
    if (typeof target === "string" && /^\/(?!\/)/.test(target)) location.assign(target);
  }

  async function draw(plot) {
    const state = document.createElement("p");
    state.className = "chart-state";
    state.textContent = say("loading");
    plot.append(state);
    try {
      const figure = await figureOf(plot);
      state.remove();
      const shape = merged(layout(figure.layout), narrow(figure, plot));
      if (calm) shape.transition = { duration: 0 };
      await Plotly.newPlot(plot, traces(figure.data), shape);
      plot.on("plotly_click", follow);
      let width = plot.clientWidth;
      new ResizeObserver(() => {
        if (!plot.clientWidth || plot.clientWidth === width || plot.dataset.printing) return;
        width = plot.clientWidth;
        Plotly.Plots.resize(plot);
      }).observe(plot);
    } catch (failed) {
      state.textContent = say("chartFailed");
      plot.replaceChildren(state);
      plot.closest("[data-chart]").querySelector("details").open = true;
    }
  }

  const plots = [...document.querySelectorAll("[data-figure], [data-figure-url]")];
  plots.forEach(draw);

  const drawn = () => plots.filter((plot) => plot.classList.contains("js-plotly-plot"));
  window.addEventListener("beforeprint", () => {
    for (const plot of drawn()) {
      plot.dataset.printing = "yes";
      const width = plot.closest(".dashboard-charts > :not(.dashboard-wide)") ? PAPER_HALF : PAPER_WIDTH;
      Plotly.relayout(plot, { autosize: false, width: Math.min(width, plot.clientWidth), height: plot.clientHeight });
    }
  });
  window.addEventListener("afterprint", () => {
    for (const plot of drawn()) {
      delete plot.dataset.printing;
      Plotly.relayout(plot, { autosize: true, width: null, height: null });
    }
  });
})();
