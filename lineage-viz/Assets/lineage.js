// Lineage as a picture: boxes in layers, what rests on something below it. The layout is that of Sugiyama, Tagawa and
// Toda ("Methods for Visual Understanding of Hierarchical System Structures", 1981): arrows that close a cycle are
// turned round, each box goes one layer above the first that needs it, layers are ordered by the mean place of
// their neighbours, and boxes are moved towards these as far as their neighbours in the layer permit.

const LAYER = 64;
const GAP = 16;
const lineWidth = (text) => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) < 0x1100 ? 6.65 : 13.3), 0);

/** Which arrows must be turned round so that no cycle is left: those that lead back on a walk in depth from what the
 *  picture is about, whose boxes come first, to what it rests on. */
function backArrows(count, arrows) {
  const into = Array.from({ length: count }, () => []);
  arrows.forEach(([, head], number) => into[head].push(number));
  const state = new Uint8Array(count);
  const back = new Set();
  for (let start = 0; start < count; start += 1) {
    if (state[start]) continue;
    const stack = [[start, 0]];
    state[start] = 1;
    while (stack.length) {
      const top = stack[stack.length - 1];
      const number = into[top[0]][top[1]];
      top[1] += 1;
      if (number === undefined) {
        state[top[0]] = 2;
        stack.pop();
      } else {
        const tail = arrows[number][0];
        if (state[tail] === 1) back.add(number);
        else if (state[tail] === 0) {
          state[tail] = 1;
          stack.push([tail, 0]);
        }
      }
    }
  }
  return back;
}

/** The layer of each box: the longest way down from it, counted from the bottom, then turned over. */
function layersOf(count, arrows) {
  const out = Array.from({ length: count }, () => []);
  const waiting = new Uint32Array(count);
  for (const [tail, head] of arrows) {
    out[tail].push(head);
    waiting[tail] += 1;
  }
  const into = Array.from({ length: count }, () => []);
  for (const [tail, head] of arrows) into[head].push(tail);
  const height = new Uint32Array(count);
  const ready = [...waiting.keys()].filter((box) => waiting[box] === 0);
  while (ready.length) {
    const box = ready.pop();
    for (const tail of into[box]) {
      height[tail] = Math.max(height[tail], height[box] + 1);
      waiting[tail] -= 1;
      if (waiting[tail] === 0) ready.push(tail);
    }
  }
  const most = Math.max(0, ...height);
  return Array.from(height, (value) => most - value);
}

/** Boxes and bends of long arrows with their places; arrows as chains of these. */
function layOut(boxes, arrows) {
  const back = backArrows(boxes.length, arrows);
  const forward = arrows.map(([tail, head], number) => (back.has(number) ? [head, tail] : [tail, head]));
  const layer = layersOf(boxes.length, forward);
  const nodes = boxes.map((box, number) => ({ width: box.width, height: box.height, layer: layer[number], up: [], down: [], x: 0 }));
  const chains = forward.map(([tail, head]) => {
    const chain = [tail];
    for (let between = layer[tail] + 1; between < layer[head]; between += 1) {
      chain.push(nodes.length);
      nodes.push({ width: 2, height: 0, layer: between, up: [], down: [], x: 0 });
    }
    chain.push(head);
    for (let i = 1; i < chain.length; i += 1) {
      nodes[chain[i - 1]].down.push(chain[i]);
      nodes[chain[i]].up.push(chain[i - 1]);
    }
    return chain;
  });
  const layers = [];
  nodes.forEach((node, number) => (layers[node.layer] ??= []).push(number));
  order(nodes, layers);
  const width = spread(nodes, layers);
  return { nodes, chains: chains.map((chain, number) => (back.has(number) ? chain.reverse() : chain)), width, height: layers.length * LAYER };
}

function order(nodes, layers) {
  const place = new Float64Array(nodes.length);
  const settle = (list) => list.forEach((number, position) => { place[number] = position; });
  layers.forEach(settle);
  const mean = (list, own) => (list.length ? list.reduce((sum, number) => sum + place[number], 0) / list.length : own);
  for (let sweep = 0; sweep < 12; sweep += 1) {
    const down = sweep % 2 === 0;
    const list = down ? layers : [...layers].reverse();
    for (const members of list) {
      const weight = new Map(members.map((number) => [number, mean(down ? nodes[number].up : nodes[number].down, place[number])]));
      members.sort((a, b) => weight.get(a) - weight.get(b) || place[a] - place[b]);
      settle(members);
    }
  }
}

/** Gives every box its middle, and tells how wide the whole is. */
function spread(nodes, layers) {
  const apart = (a, b) => (nodes[a].width + nodes[b].width) / 2 + GAP;
  for (const members of layers) {
    let x = 0;
    members.forEach((number, i) => {
      x += i ? apart(members[i - 1], number) : nodes[number].width / 2;
      nodes[number].x = x;
    });
  }
  const target = (number, sides) => {
    const list = sides.flatMap((side) => nodes[number][side]);
    return list.length ? list.reduce((sum, other) => sum + nodes[other].x, 0) / list.length : nodes[number].x;
  };
  for (let sweep = 0; sweep < 24; sweep += 1) {
    const sides = sweep > 19 ? ["up", "down"] : [sweep % 2 ? "down" : "up"];
    for (const members of sweep % 2 ? [...layers].reverse() : layers) {
      const wanted = members.map((number) => target(number, sides));
      place(members, wanted, apart, nodes);
    }
  }
  const left = Math.min(...nodes.map((node) => node.x - node.width / 2));
  for (const node of nodes) node.x -= left - GAP;
  return Math.max(...nodes.map((node) => node.x + node.width / 2)) + GAP;
}

/** The places nearest to those wanted that keep order and distance: boxes that would meet form blocks that stand where
 *  they want on average (the pool-adjacent-violators algorithm of isotonic regression). */
function place(members, wanted, apart, nodes) {
  const offset = [0];
  members.forEach((number, i) => { if (i) offset.push(offset[i - 1] + apart(members[i - 1], number)); });
  const blocks = [];
  members.forEach((_, i) => {
    blocks.push({ sum: wanted[i] - offset[i], count: 1 });
    while (blocks.length > 1) {
      const [one, two] = blocks.slice(-2);
      if (one.sum / one.count <= two.sum / two.count) break;
      blocks.splice(-2, 2, { sum: one.sum + two.sum, count: one.count + two.count });
    }
  });
  let i = 0;
  for (const block of blocks) {
    for (let k = 0; k < block.count; k += 1, i += 1) nodes[members[i]].x = block.sum / block.count + offset[i];
  }
}

// Drawing

/** The lines of a box and the room that they take. */
function boxLines(box) {
  const lines = [cut(box.title, 48)];
  const below = [box.when, box.place].filter(Boolean).join(" · ");
  if (below) lines.push(cut(below, 60));
  if (box.reason) lines.push(cut(box.reason, 60));
  const width = Math.max(...lines.map(lineWidth)) + (box.kind === "firing" ? 6 : 20);
  return { ...box, lines, width: Math.max(width, 24), height: lines.length * 14 + (box.kind === "firing" ? 2 : 8) };
}

function drawLineage(here, run, picture) {
  const boxes = picture.boxes.map(boxLines);
  const layout = layOut(boxes, picture.arrows);
  const y = (number) => layout.nodes[number].layer * LAYER + LAYER / 2;
  const drawing = svg("svg", {
    class: "lineage-picture", width: Math.ceil(layout.width), height: layout.height, role: "group",
    viewBox: `0 0 ${Math.ceil(layout.width)} ${layout.height}`, "aria-label": picture.about,
  });
  picture.arrows.forEach(([, , kind, missing, label], number) => {
    drawing.append(...drawArrow(layout.chains[number], layout.nodes, y, boxes, kind, missing, label));
  });
  boxes.forEach((box, number) => drawing.append(drawBox(box, layout.nodes[number].x, y(number))));
  return drawing;
}

function drawArrow(chain, nodes, y, boxes, kind, missing, label) {
  const down = y(chain[0]) < y(chain[chain.length - 1]);
  const edge = (number, out) => y(number) + ((out === down ? 1 : -1) * (boxes[number]?.height ?? 0)) / 2;
  const points = chain.map((number, i) => [nodes[number].x,
    i === 0 ? edge(number, true) : i === chain.length - 1 ? edge(number, false) + (down ? -4 : 4) : y(number)]);
  let path = `M${points[0].map((value) => value.toFixed(1)).join(" ")}`;
  for (let i = 1; i < points.length; i += 1) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    const bend = (y1 - y0) / 2;
    path += `C${[x0, y0 + bend, x1, y1 - bend, x1, y1].map((value) => value.toFixed(1)).join(" ")}`;
  }
  const [x, tip] = points[points.length - 1];
  const head = kind === "cut" ? `M${x - 6} ${tip}h12` : `M${x - 4} ${tip - (down ? 4 : -4)}L${x} ${tip + (down ? 3 : -3)}L${x + 4} ${tip - (down ? 4 : -4)}`;
  const parts = [svg("path", { class: `way ${kind}${missing ? " lacking" : ""}`, d: path }),
    svg("path", { class: `tip ${kind}${missing ? " lacking" : ""}`, d: head })];
  if (label) {
    const [[x0, y0], [x1, y1]] = [points[0], points[1]];
    parts.push(svg("text", { class: `label${missing ? " lacking" : ""}`, x: (x0 + x1) / 2, y: (y0 + y1) / 2 + 3 }, label));
  }
  return parts;
}

function drawBox(box, x, y) {
  const { width, height, kind } = box;
  const [left, top] = [x - width / 2, y - height / 2];
  const corner = Math.min(8, height / 3);
  const outline = kind === "fault"
    ? svg("path", { class: "outline", d: `M${left + corner} ${top}h${width - 2 * corner}l${corner} ${corner}v${height - 2 * corner}l${-corner} ${corner}h${2 * corner - width}l${-corner} ${-corner}v${2 * corner - height}z` })
    : svg("rect", { class: `outline${box.node >= 0 && kind === "held" ? ` n${box.node % 10}` : ""}`, x: left, y: top, width, height, rx: 5 });
  const texts = box.lines.map((line, i) => svg("text", { class: i ? "second" : "first", x, y: top + (kind === "firing" ? 11 : 14) + i * 14 }, line));
  const full = [box.title, box.when, box.place, box.reason].filter(Boolean).join(", ");
  const opens = box.tuple !== null && box.tuple !== undefined;
  const open = () => show({ tuple: box.tuple, round: Math.min(box.round, analysis(shown.analysis).shared.eot) });
  return svg("g", {
    class: ["box", kind, box.root ? "root" : "", box.frontier ? "frontier" : "", box.tuple === shown.tuple && opens ? "chosen" : ""].filter(Boolean).join(" "),
    "data-tuple": opens ? box.tuple : null, tabindex: opens ? 0 : null, role: opens ? "button" : null, "aria-label": opens ? full : null,
    onclick: opens ? open : null,
    onkeydown: opens ? (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } } : null,
  }, svg("title", {}, full), outline, texts);
}

// The pictures, behind the outline: each fits its stage until somebody comes nearer.

/** The section with up to three pictures; they are drawn when it is opened. */
function pictureSection(here, run) {
  const pictures = (run.pictures ?? []).map((picture) => (typeof picture === "number" ? here.shared.pictures[picture] : picture));
  if (pictures.length === 0) return null;
  const stage = new Stage();
  const about = el("p", { class: "about" });
  const tabs = pictures.map((picture, number) => el("button", {
    type: "button", role: "tab", class: "tab", "aria-selected": false, onclick: () => choose(number),
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      choose((number + step + tabs.length) % tabs.length, true);
    },
  }, picture.name));
  const choose = (number, focus) => {
    shown.picture = pictures[number].name;
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", i === number);
      tab.tabIndex = i === number ? 0 : -1;
    });
    if (focus) tabs[number].focus();
    about.replaceChildren(pictures[number].about, pictures[number].note ? ` (${pictures[number].note})` : "");
    stage.hold(drawLineage(here, run, pictures[number]));
  };
  const wanted = Math.max(pictures.findIndex((picture) => picture.name === shown.picture), 0);
  const details = el("details", { class: "picture" }, el("summary", {}, "The lineage as a picture"), el("div", { class: "tabs", role: "tablist" }, tabs, stage.buttons), about, stage.place,
    el("p", { class: "legend" },
      "Above stands what is needed, below what rests on it. Arrows into a box: all of these are needed; arrows from a rule’s place: any one of these will do. ",
      "Dashed blue: a message. Dotted: something that must be absent. Octagon: a fault; red: what it takes away. Grey: missing under the faults."));
  details.addEventListener("toggle", () => { if (details.open && !stage.drawing) choose(wanted); });
  return el("section", { class: "lineage" }, details);
}

start();
