// The little that the pages need beside htmx: the session's token, charts, uploads, and questions before what cannot be undone.
"use strict";

(() => {
  const token = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

  document.addEventListener("htmx:configRequest", event => {
    event.detail.headers["X-CSRF-Token"] = token();
  });

  document.addEventListener("htmx:sendError", () => notice(document.body.dataset.offline, "bad"));

  function notice(text, tone) {
    const box = document.createElement("div");
    box.className = "alert " + (tone ?? "");
    box.append(text);
    document.getElementById("notices")?.append(box);
    setTimeout(() => box.remove(), 8000);
  }

  // charts

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function drawn(series, index) {
    const stroke = colour(series.tone ? "--" + series.tone : "--chart-" + (1 + index % 4));
    switch (series.look) {
      case "DASHED": return {stroke, width: 1.5, dash: [6, 4], points: {show: false}};
      case "POINTS": return {stroke, width: 0, paths: () => null, points: {show: true, size: 6, fill: stroke}};
      case "BARS": case "STACK": return {stroke, fill: stroke, width: 0, paths: uPlot.paths.bars({size: [0.9, 60], align: 1}), points: {show: false}};
      case "LEFT_BARS": case "RIGHT_BARS": return {stroke, fill: stroke, width: 0, paths: uPlot.paths.bars({size: [0.42, 40], align: series.look === "LEFT_BARS" ? -1 : 1}), points: {show: false}};
      case "BAND_TOP": case "BAND_BOTTOM": return {stroke: colour("--chart-band"), width: 1, points: {show: false}};
      default: return {stroke, width: 2, points: {show: false}};
    }
  }

  function marks(chart) {
    return {
      hooks: {
        draw: [plot => {
          const context = plot.ctx;
          context.save();
          context.font = 12 * devicePixelRatio + "px system-ui, sans-serif";
          chart.marks.forEach((mark, i) => {
            const x = Math.round(plot.valToPos(mark.x, "x", true));
            context.strokeStyle = context.fillStyle = colour("--text");
            context.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
            context.beginPath();
            context.moveTo(x, plot.bbox.top);
            context.lineTo(x, plot.bbox.top + plot.bbox.height);
            context.stroke();
            const width = context.measureText(mark.label).width + 8;
            const next = chart.marks[i + 1] ? plot.valToPos(chart.marks[i + 1].x, "x", true) : Infinity;
            const right = x + width > Math.min(next, plot.bbox.left + plot.bbox.width) && x - width > plot.bbox.left;
            context.textAlign = right ? "right" : "left";
            context.fillText(mark.label, x + (right ? -6 : 6), plot.bbox.top + (14 + 16 * i) * devicePixelRatio);
          });
          context.restore();
        }],
      },
    };
  }

  function draw(box) {
    const chart = JSON.parse(box.dataset.chart);
    if (chart.x.length === 0) {
      return;
    }
    const language = document.documentElement.lang;
    const number = new Intl.NumberFormat(language, {maximumFractionDigits: 2});
    const height = chart.close ? new Intl.NumberFormat(language, {maximumSignificantDigits: 4}) : number;
    const day = new Intl.DateTimeFormat(language, {timeZone: "UTC", month: "short", day: "numeric"});
    const place = x => chart.days ? day.format(x * 1000) : chart.labels.length ? chart.labels[x] ?? "" : number.format(x);
    const wholeDay = new Intl.DateTimeFormat(language, {timeZone: "UTC", dateStyle: "medium"});
    const bands = [];
    let lines = 0;
    const series = [{label: chart.xLabel || "\u00a0", value: (_, x) => x === null ? "–" : chart.days ? wholeDay.format(x * 1000) : place(x)}];
    chart.series.forEach((each, i) => {
      const band = each.look.startsWith("BAND");
      series.push({label: each.name, value: (_, y, __, at) => y === null || at === null ? "–" : height.format(each.values[at]), ...drawn(each, band ? 0 : lines++)});
      if (each.look === "BAND_TOP") {
        bands.push({series: [i + 1, i + 2], fill: colour("--chart-band")});
      }
    });
    const axis = {stroke: colour("--soft"), grid: {stroke: colour("--chart-grid"), width: 1}, ticks: {stroke: colour("--chart-grid"), width: 1}};
    const bars = chart.series.some(each => each.look.endsWith("BARS") || each.look === "STACK");
    const aside = chart.series.some(each => each.look === "LEFT_BARS");
    // The tallest bar of a stack is drawn first, so that the others stand before it.
    let below = chart.x.map(() => 0);
    const heights = chart.series.map(each => each.look !== "STACK" ? each.values : (below = below.map((sum, i) => each.values[i] === null ? null : sum + each.values[i])));
    if (chart.series.every(each => each.look === "STACK")) {
      heights.reverse();
      series.splice(1, chart.series.length, ...series.slice(1).reverse());
    }
    box.replaceChildren();
    const plot = new uPlot({
      width: Math.max(240, box.clientWidth), height: 280, ms: 1,
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
      scales: {x: {time: chart.days, range: chart.x.length === 1 ? (_, low) => chart.days ? [low - 86400, low + 86400] : [low - 1, low + 1] : aside ? (_, low, high) => [low - 0.6, high + 0.6] : undefined},
               y: {range: (_, low, high) => chart.close && high > low ? [low - (high - low) * 0.06, high + (high - low) * 0.06] : [bars || low >= 0 ? 0 : low, high <= 0 ? 1 : high * 1.06]}},
      axes: [{...axis, space: chart.days ? 75 : 50, label: chart.days ? undefined : chart.xLabel, values: (_, at) => at.map((x, i) => i > 0 && place(x) === place(at[i - 1]) ? "" : place(x))},
             {...axis, label: chart.yLabel, size: 70, values: (_, at) => at.map(y => height.format(y))}],
      series, bands, plugins: [marks(chart)], cursor: {drag: {x: true, y: false}},
    }, [chart.x, ...heights], box);
    new ResizeObserver(() => {
      const width = Math.max(240, box.clientWidth);
      if (width !== plot.width) {
        plot.setSize({width, height: 280});
      }
    }).observe(box);
  }

  // uploads: the file itself is the body, with real progress

  function upload(form, submitter) {
    const file = form.querySelector('input[type="file"]').files[0];
    const target = document.querySelector(form.dataset.target);
    if (!file) {
      return;
    }
    if (file.size > Number(form.dataset.most ?? Infinity)) {
      notice(form.dataset.tooLarge, "bad");
      return;
    }
    const query = new URLSearchParams(new FormData(form));
    [...query.keys()].filter(name => name === "_csrf" || name === "file").forEach(name => query.delete(name));
    query.set("fileName", file.name);
    const request = new XMLHttpRequest();
    const bar = form.querySelector("progress");
    request.upload.onprogress = event => {
      if (bar && event.lengthComputable) {
        bar.hidden = false;
        bar.value = event.loaded / event.total;
      }
    };
    const button = submitter ?? form.querySelector("button:not([type=button])");
    const done = () => {
      button.disabled = false;
      if (bar) {
        bar.hidden = true;
      }
    };
    request.onload = () => {
      done();
      if (request.getResponseHeader("HX-Redirect")) {
        location.assign(request.getResponseHeader("HX-Redirect"));
        return;
      }
      if (request.responseURL !== address.href) {
        location.assign(request.responseURL);
        return;
      }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      target.replaceChildren(...answer.body.childNodes);
      htmx.process(target);
      begin(target);
    };
    request.onerror = () => {
      done();
      notice(form.dataset.failed, "bad");
    };
    const address = new URL((button.hasAttribute("formaction") ? button.formAction : form.action) + "?" + query);
    request.open("POST", address);
    request.setRequestHeader("X-CSRF-Token", token());
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("Content-Type", file.name.endsWith(".jar") ? "application/java-archive" : "application/octet-stream");
    button.disabled = true;
    request.send(file);
  }

  // plugins that come and go: the navigation follows; a contributed page that has gone says so. Only pages in sight hold a connection.

  let changes = null;

  async function refresh() {
    const response = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const replace = id => {
      const part = fresh.getElementById(id);
      if (part) {
        document.getElementById(id).replaceWith(part);
        htmx.process(part);
      }
    };
    replace("navigation");
    if (document.querySelector("main .contributed-page")) {
      if (response.ok) {
        notice(document.body.dataset.changed);
      } else {
        replace("main");
      }
    }
  }

  function follow() {
    const address = document.body.dataset.changes;
    if (document.visibilityState === "visible" && address && !changes) {
      changes = new EventSource(address);
      changes.addEventListener("changed", () => refresh().catch(() => notice(document.body.dataset.offline, "bad")));
    } else if (document.visibilityState !== "visible" && changes) {
      changes.close();
      changes = null;
    }
  }

  document.addEventListener("visibilitychange", follow);
  document.addEventListener("DOMContentLoaded", follow);

  // what is on a page, at first and after each swap

  function begin(root) {
    root.querySelectorAll("[data-chart]").forEach(draw);
    root.querySelectorAll("[data-module]").forEach(element => import(element.dataset.module)
        .catch(() => element.replaceChildren(element.dataset.failed)));
    root.querySelectorAll("[data-row]").forEach(choices);
    root.querySelectorAll(".log").forEach(log => log.scrollTop = log.scrollHeight);
  }

  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:afterSettle", event => begin(event.detail.elt));

  document.addEventListener("submit", event => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (form.dataset.upload !== undefined) {
      event.preventDefault();
      event.stopImmediatePropagation();
      upload(form, event.submitter);
    }
  }, true);

  // of a form's row only the fields that go with what was chosen in it

  function choices(row) {
    for (const field of row.querySelectorAll("[data-when]")) {
      const [name, values] = field.dataset.when.split("=");
      field.hidden = !values.split(",").includes(row.querySelector(`[data-choice="${name}"]`).value);
    }
  }

  document.addEventListener("change", event => {
    const row = event.target.dataset.choice && event.target.closest("[data-row]");
    if (row) {
      choices(row);
    }
    const form = event.target.form;
    if (event.target.type === "file" && form?.dataset.atOnce !== undefined) {
      document.querySelector(form.dataset.target).replaceChildren();
      upload(form);
    }
  });

  document.addEventListener("click", event => {
    const toggle = event.target.closest("[data-toggle]");
    if (toggle) {
      document.getElementById(toggle.dataset.toggle).classList.toggle("open");
    }
    if (event.target.closest("[data-print]")) {
      print();
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
    }
    const reset = event.target.closest("[data-reset]");
    if (reset) {
      const field = document.getElementById(reset.dataset.reset);
      field.type === "checkbox" ? field.checked = reset.dataset.value === "true" : field.value = reset.dataset.value;
      field.focus();
    }
    const remove = event.target.closest("[data-remove]");
    if (remove) {
      remove.closest(remove.dataset.remove).remove();
    }
    const open = document.querySelector(".switcher[open]");
    if (open && !open.contains(event.target)) {
      open.open = false;
    }
  });

  document.addEventListener("input", event => {
    const list = event.target.dataset.filter;
    if (list) {
      const wanted = event.target.value.toLowerCase();
      for (const item of document.getElementById(list).children) {
        item.hidden = !item.textContent.toLowerCase().includes(wanted);
      }
    }
  });

  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, event => {
      const zone = event.target.closest?.(".drop");
      if (zone) {
        event.preventDefault();
        zone.classList.toggle("over", kind === "dragover");
        if (kind === "drop") {
          const field = zone.querySelector('input[type="file"]');
          field.files = event.dataTransfer.files;
          field.dispatchEvent(new Event("change", {bubbles: true}));
        }
      }
    });
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.querySelectorAll("[data-chart]").forEach(draw));
})();
