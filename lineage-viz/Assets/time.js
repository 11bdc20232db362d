// Two space-time diagrams side by side, with the same rounds at the same heights. What both runs have in common is
// dimmed; what only one has is not. Rounds on end in which nothing differs are folded into a strip.

const TIME = { line: 14, char: 6.35, band: 16, least: 70, names: 34, most: 7 };

/** Two compared runs, as diagrams. */
class TimePair extends RunPair {
  // Layout

  measure(width) {
    const { nodes, eot, properties } = this.here.shared;
    this.numbers = eot > 9 ? 46 : 30;
    this.left = this.numbers + 10 + properties.length * TIME.band;
    this.column = Math.max(TIME.least, Math.floor((width - this.left - 6) / nodes.length));
    this.width = Math.max(this.left + this.column * nodes.length + 6, Math.min(width, 4000));
    this.letters = Math.floor((this.column - 18) / TIME.char);
    this.x = nodes.map((_, node) => this.left + 8 + node * this.column);
    [this.top, this.bottom] = [[], []];
    let y = TIME.names;
    for (const strip of this.strips()) {
      const lines = strip.folds ? 1 : Math.max(1, ...this.sides.flatMap((side) => nodes.map((_, node) => Math.min(TIME.most + 1, side.lines.get(`${node} ${strip.first}`)?.length ?? 0))));
      for (let round = strip.first; round <= strip.last; round += 1) [this.top[round], this.bottom[round]] = [y, y + lines * TIME.line + 4];
      strip.top = y;
      y = this.bottom[strip.first];
      const sent = strip.folds || strip.last === eot ? [] : this.sides.flatMap((side) => side.list.filter((entry) => entry.sent === strip.first));
      y += strip.folds ? 4 : sent.length ? Math.min(22 + 5 * Math.max(...sent.map(({ from, to }) => Math.abs(from - to))), 48) : 6;
      strip.end = y;
    }
    this.top[eot + 1] = y;
    this.height = y + 2;
  }

  // Drawing

  draw(side, label) {
    const { here } = this;
    const { nodes, eot, properties } = here.shared;
    const drawing = svg("svg", { class: "st pair-side", width: this.width, height: this.height, viewBox: `0 0 ${this.width} ${this.height}`, role: "img", "aria-label": label });
    const strips = this.strips();
    strips.forEach((strip, place) => drawing.append(this.background(side, strip, this.top[strip.last + 1] ?? this.height, place)));
    for (const [members, first, last] of side.run.cuts) {
      for (const node of members) drawing.append(svg("rect", { class: "cut", x: this.x[node] - 10, y: this.top[first], width: this.column, height: (this.top[last + 1] ?? this.height) - this.top[first] }));
    }
    drawing.append(...nodes.map((_, node) => svg("path", { class: "line", d: `M${this.x[node]} 26V${this.height}` })));
    for (const span of side.run.spans) drawing.append(...this.trouble(span));
    const folded = new Set(strips.filter(({ folds }) => folds).flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i)));
    for (const arrow of this.arrows(side)) if (!folded.has(arrow.sent)) drawing.append(...this.arrow(arrow, folded));
    for (const strip of strips) {
      drawing.append(...this.margin(side, strip));
      if (strip.folds) drawing.append(this.fold(strip));
      else nodes.forEach((_, node) => drawing.append(...this.cell(side, node, strip.first)));
    }
    nodes.forEach((name, node) => drawing.append(this.name(name, node)));
    properties.forEach(([name], number) => drawing.append(svg("text", { class: "property", x: this.bandX(number), y: 20 },
      properties.length > 1 ? String.fromCharCode(65 + number % 26) : cut(name, 5), svg("title", {}, name))));
    return drawing;
  }

  background(side, { first, last, folds }, end, place) {
    const again = side.run.loop && side.run.loop <= first ? "∞ " : "";
    return svg("g", { class: folds ? "round folded" : "round", "data-round": first, "data-last": last, "data-folds": folds },
      svg("rect", { class: place % 2 ? "page" : "band", x: 0, y: this.top[first] - 2, width: this.width, height: Math.max(0, end - this.top[first]) }),
      svg("text", { class: "number", x: this.numbers, y: this.top[first] + 11 }, again + (first === last ? first : `${first}–${last}`)));
  }

  bandX(number) { return this.numbers + 12 + number * TIME.band; }

  /** How the properties stand, beside the number of the round. */
  margin(side, { first, last }) {
    const rank = ["none", "kept", "open", "broken"];
    return bands(this.here, side.run).map((states, number) => {
      let state = states[last];
      for (let round = first; round < last; round += 1) if (rank.indexOf(states[round]) > rank.indexOf(state)) state = states[round];
      return standMark(state, this.bandX(number), this.top[first] + 7, `${this.here.shared.properties[number][0]}: ${STANDS[state]}`);
    }).filter(Boolean);
  }

  fold({ first, last }) {
    const isQuiet = Array.from({ length: last - first + 1 }, (_, i) => this.signatures[first + i]).every((entry) => entry.isQuiet);
    const text = isQuiet ? `rounds ${first}–${last}: the same in both` : `rounds ${first}–${last}: the same again`;
    const room = Math.floor((this.width - this.left - 20) / TIME.char);
    return svg("g", { class: "round folded", "data-round": first, "data-last": last, "data-folds": true },
      svg("rect", { class: "fold", x: this.left - 2, y: this.top[first], width: this.width - this.left - 4, height: this.bottom[first] - this.top[first], rx: 4 }),
      svg("text", { x: this.left + 8, y: this.top[first] + 12 }, cut(`▸ ${text}`, room)));
  }

  name(name, node) {
    const shown = cut(name, Math.max(1, Math.floor((this.column - 16) / 6.8)));
    return svg("g", {}, svg("rect", { class: `n${node % 10}`, x: this.x[node] - 8, y: 6, rx: 5, height: 20, width: Math.max(18, shown.length * 6.8 + 12) }),
      svg("text", { class: "name", x: this.x[node] - 2, y: 20 }, shown, shown === name ? null : svg("title", {}, name)));
  }

  trouble([node, first, last, kind]) {
    const [x, y, end] = [this.x[node], this.top[first], this.top[last + 1] ?? this.height];
    const isForGood = kind === "dead" || kind === "unheard";
    return [kind === "down" || kind === "paused" ? svg("rect", { class: kind, x: x - 8, y, width: 16, height: end - y }) : null,
      kind === "down" ? svg("path", { class: "hatch", d: hatch(x - 8, y, 16, end) }) : null,
      kind === "paused" ? svg("path", { class: "pause", d: `M${x - 4} ${end - 15}v10m8 -10v10` }) : null,
      svg("path", { class: isForGood ? "line dead" : "line off", d: `M${x} ${y}V${end}` })].filter(Boolean);
  }

  standing(side, node, round) {
    return side.run.spans.find(([other, first, last]) => other === node && first <= round && round <= last)?.[3] ?? "";
  }

  cell(side, node, round) {
    const lines = side.lines.get(`${node} ${round}`) ?? [];
    const standing = this.standing(side, node, round);
    const kind = { dead: "dead bar", unheard: "dead faint bar", down: "off bar", paused: "off bar", off: "off bar" }[standing] ?? "bar";
    const [x, top] = [this.x[node], this.top[round]];
    const parts = [svg("rect", { class: `${kind} n${node % 10}`, x: x - 4, y: top, width: 8, rx: 4, height: this.bottom[round] - top })];
    const shown = lines.length > TIME.most + 1 ? [...lines.slice(0, TIME.most), { kind: "same", text: `and ${lines.length - TIME.most} more`, rest: lines.slice(TIME.most) }] : lines;
    shown.forEach(({ kind: kindOfLine, text, end = "", rest }, number) => {
      const short = this.shortened(text, end);
      const full = rest ? rest.map((line) => line.text + line.end).join("\n") : short === text + end ? null : text + end;
      const isFaint = standing === "unheard" && /decision|lost/.test(kindOfLine);
      parts.push(svg("text", { class: isFaint ? `${kindOfLine} faint` : kindOfLine, x: x + 8, y: top + 11 + number * TIME.line }, short, full === null ? null : svg("title", {}, full)));
    });
    return parts;
  }

  /** `text` and `end` in the room of a column; the end, which names the receivers, is cut last. */
  shortened(text, end) {
    const letters = Math.max(4, this.letters);
    if (text.length + end.length <= letters) return text + end;
    return end.length + 6 <= letters ? cut(text, letters - end.length - 1) + end : cut(text + end, letters - 1);
  }

  /** The arrows of one side, one for each link, round and kind. */
  arrows(side) {
    const arrows = new Map();
    for (const { from, to, sent, kind, arrivals, lost } of side.list) {
      const key = `${from} ${to} ${sent} ${kind}`;
      const arrow = arrows.get(key) ?? { from, to, sent, kind, lost, arrivals: new Set() };
      arrows.set(key, arrow);
      arrivals.forEach((round) => arrow.arrivals.add(round));
    }
    // On one link in one round, what stands out covers what does not.
    const rank = ["same", "ghost", "sent", "new", "lost"];
    return [...arrows.values()].sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind));
  }

  arrow({ from, to, sent, kind, lost, arrivals }) {
    if (sent === this.here.shared.eot) return [];
    const [x0, y0] = [this.x[from], this.bottom[sent]];
    const parts = [];
    for (const end of arrivals.size ? arrivals : [sent + 1]) {
      let [x1, y1] = [this.x[to], this.top[Math.min(end, this.here.shared.eot + 1)] - 1];
      if (y1 <= y0) y1 = y0 + 6;
      const title = svg("title", {}, `${this.here.shared.nodes[from]} → ${this.here.shared.nodes[to]}, sent in round ${sent}${{ lost: `, lost: ${lost}`, ghost: ", not sent here", new: ", only under the faults" }[kind] ?? ""}`);
      if (kind === "lost") {
        const step = Math.sign(x1 - x0);
        const x = lost === "sender-crashed" ? x0 + step * Math.min(this.column * 0.6, Math.abs(x1 - x0) * 0.6) : x1 - step * this.column * 0.4;
        const y = y0 + (y1 - y0) * (x - x0) / (x1 - x0);
        parts.push(svg("path", { class: "gone", d: `M${x0} ${y0}L${x.toFixed(1)} ${y.toFixed(1)}` }, title),
          svg("path", { class: "cross", d: `M${(x - 4).toFixed(1)} ${(y - 4).toFixed(1)}l8 8m0 -8l-8 8` }));
        continue;
      }
      const isLate = end > sent + 1 && kind !== "ghost";
      parts.push(svg("path", { class: kind === "ghost" ? "ghost" : `arrow ${kind}${isLate ? " late" : ""}`, d: `M${x0} ${y0}L${x1} ${y1}` }, title),
        svg("path", { class: kind === "ghost" ? "ghost tip" : `arrow ${kind}`, d: arrowHead(x0, y0, x1, y1) }));
    }
    return parts;
  }
}

/** Slanted lines that fill the strip from (`x`, `top`) down to `bottom`. */
function hatch(x, top, width, bottom) {
  let path = "";
  for (let y = top + 6; y < bottom + width; y += 6) {
    const [start, end] = [Math.max(0, y - bottom), Math.min(width, y - top)];
    if (start < end) path += `M${x + start} ${y - start}L${x + end} ${y - end}`;
  }
  return path;
}

const STANDS = { none: "nothing demanded", open: "demanded, not yet kept", kept: "kept", broken: "broken" };

function standMark(state, x, y, words) {
  if (state === "none") return null;
  const title = words ? svg("title", {}, words) : null;
  if (state === "open") return svg("rect", { class: "mark-open", x: x - 4, y: y - 4, width: 8, height: 8, rx: 2 }, title);
  if (state === "kept") return svg("rect", { class: "mark-kept", x: x - 4.5, y: y - 4.5, width: 9, height: 9, rx: 2 }, title);
  return svg("g", {}, svg("rect", { class: "mark-broken", x: x - 6, y: y - 6, width: 12, height: 12, rx: 2 }, title), svg("path", { class: "mark-cross", d: `M${x - 3} ${y - 3}l6 6m0 -6l-6 6` }));
}

// The section with both

function timeSection(here, run) {
  const good = here.good === run || !here.good ? null : here.good;
  const pair = new TimePair(here, good, run);
  const fold = el("button", { type: "button", class: "fold-all", "aria-pressed": "false", hidden: !pair.canFold,
    onclick: () => {
      const isOpen = pair.unfolded.size > 0;
      if (isOpen) pair.unfolded.clear();
      else for (let round = 1; round <= here.shared.eot; round += 1) pair.unfolded.add(round);
      redraw();
    } }, "all rounds");
  const figures = pair.sides.map((side) => el("figure", { class: pair.isPair && !side.isGood ? "side bad-side" : "side" },
    el("figcaption", {}, ...sideCaption(here, side, pair.isPair)), el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": sideName(side, pair.isPair) })));
  const section = el("section", { class: "time" }, el("h3", { class: "for-ears" }, "Who sends what to whom"), scrubber(here, fold),
    el("div", { class: pair.isPair ? "pair" : "pair alone" }, figures), timeKey(here, pair), run.marks?.length ? el("p", { class: "legend" }, run.marks.join(" ")) : null);
  const redraw = () => {
    fold.setAttribute("aria-pressed", pair.unfolded.size > 0);
    const width = figures[0].clientWidth || 640;
    pair.measure(width - 2);
    figures.forEach((figure, place) => figure.lastElementChild.replaceChildren(pair.draw(pair.sides[place], sideWords(here, pair.sides[place], pair.isPair))));
    markRound(section);
  };
  section.addEventListener("click", (event) => {
    const strip = event.target.closest("[data-round]");
    if (!strip || String(getSelection())) return;
    if (strip.dataset.folds === "" || strip.dataset.folds === "true") {
      for (let round = Number(strip.dataset.round); round <= Number(strip.dataset.last); round += 1) pair.unfolded.add(round);
      redraw();
    }
    show({ round: Number(strip.dataset.round) });
  });
  section.redraw = redraw;
  return section;
}

const sideName = (side, isPair) => (!isPair ? "Space-time diagram" : side.isGood ? "The run without faults" : "The run under the faults");

function sideCaption(here, side, isPair) {
  const isBroken = side.run.broken.length > 0;
  const words = here.shared.seeks ? ["found", "not there"] : ["broken", "kept"];
  const verdict = el("span", { class: isBroken === here.shared.seeks ? "good-word" : "bad-word" }, words[isBroken ? 0 : 1]);
  if (!isPair) return [side.run.faults.length ? "This run: " : "The run without faults: ", verdict];
  if (side.isGood) return ["Without faults: ", verdict];
  return [side.run.leftOut !== undefined ? `Without “${here.run(shown.run).faults[side.run.leftOut]}”: ` : side.run.faults.length === 1 ? "Under this fault: " : `Under these ${side.run.faults.length} faults: `, verdict];
}

/** The diagram in words, for people who do not see it. */
function sideWords(here, side, isPair) {
  const count = (kind) => side.list.filter((entry) => entry.kind === kind).length;
  const parts = [`${sideName(side, isPair)}, ${counted(here.shared.eot, "round")}, nodes ${here.shared.nodes.join(", ")}`, `${side.list.length - count("ghost")} messages`,
    count("lost") ? `${count("lost")} lost` : null, count("new") ? `${count("new")} only under the faults` : null, count("ghost") ? `${count("ghost")} not sent any more` : null];
  return `${parts.filter(Boolean).join(", ")}. The story below tells it.`;
}

function timeKey(here, pair) {
  const line = (kind, extra) => svg("svg", { class: "st pair-side", width: 26, height: 12, viewBox: "0 0 26 12", "aria-hidden": true }, svg("path", { class: kind, d: "M1 6H24" }), extra);
  const box = (state) => svg("svg", { class: "st pair-side", width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": true }, standMark(state, 7, 7, null));
  const { properties } = here.shared;
  const has = (kind) => pair.sides.some((side) => side.list.some((entry) => entry.kind === kind));
  return el("p", { class: "key" },
    pair.isPair && has("same") ? el("span", {}, line("arrow same"), "in both runs") : null,
    has("lost") ? el("span", {}, line("gone", svg("path", { class: "cross", d: "M9 2l8 8m0 -8l-8 8" })), "lost") : null,
    has("ghost") ? el("span", {}, line("ghost"), "not sent any more") : null,
    has("new") ? el("span", {}, line("arrow new"), "only under the faults") : null,
    el("span", {}, properties.length > 1 ? properties.map(([name], number) => `${String.fromCharCode(65 + number % 26)} ${name}`).join(" · ") : `“${properties[0]?.[0] ?? ""}”`, ":"),
    here.shared.seeks ? el("span", {}, box("kept"), "found")
      : [el("span", {}, box("open"), "demanded"), el("span", {}, box("kept"), "kept"), el("span", {}, box("broken"), "broken")]);
}

/** Marks the round that is looked at. */
function markRound(section) {
  for (const strip of section.querySelectorAll("[data-round]")) {
    strip.classList.toggle("here", Number(strip.dataset.round) <= shown.round && shown.round <= Number(strip.dataset.last));
  }
}

let widthBefore = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === widthBefore) return;
  widthBefore = innerWidth;
  for (const section of document.querySelectorAll(".analysis:not([hidden]) .time")) section.redraw?.();
});
