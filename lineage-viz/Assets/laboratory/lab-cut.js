// A partition is cut with a drag over the space-time diagram: the nodes whose lines the frame crosses are cut off from
// the others in the rounds that it touches. With keys: Shift and an arrow on a cell open the frame, Enter cuts. A finger
// scrolls the diagram, so it cuts only while the button "cut" is pressed.

class LabCut {
  constructor(lab) {
    this.lab = lab;
    this.data = lab.data;
    this.kind = this.data.kinds.findIndex((kind) => kind.word === "partition");
    this.frame = null;
    this.isPossible = this.kind >= 0 && this.data.kinds[this.kind].count > 0;
    if (!this.isPossible) return;
    const { stage } = lab;
    stage.addEventListener("pointerdown", (event) => this.begin(event));
    stage.addEventListener("pointermove", (event) => this.drag(event));
    stage.addEventListener("pointerup", (event) => this.end(event));
    stage.addEventListener("pointercancel", () => this.drop());
    stage.addEventListener("keydown", (event) => this.onKey(event), true);
    stage.addEventListener("dragstart", (event) => event.preventDefault());
    // What ends a drag is no click.
    stage.addEventListener("click", (event) => { if (this.hasCut) { this.hasCut = false; event.stopPropagation(); } }, true);
    this.button = el("button", { type: "button", class: "do", "aria-pressed": "false", onclick: () => this.press() }, "cut with a finger");
  }

  press() {
    const isOn = this.button.getAttribute("aria-pressed") !== "true";
    this.button.setAttribute("aria-pressed", String(isOn));
    this.lab.stage.classList.toggle("cutting", isOn);
    this.lab.tell(isOn ? "draw a frame around nodes and rounds" : "");
  }

  // With a pointer

  /** A point of the diagram. */
  point(event) {
    const drawing = this.lab.stage.querySelector("svg");
    const box = drawing.getBoundingClientRect();
    const scale = Number(drawing.getAttribute("width")) / (box.width || 1);
    return [(event.clientX - box.x) * scale, (event.clientY - box.y) * scale];
  }

  begin(event) {
    this.hasCut = false;
    const mayCut = event.pointerType === "mouse" || this.lab.stage.classList.contains("cutting");
    if (event.button !== 0 || !event.isPrimary || !mayCut || !event.target.closest("svg")) return;
    this.grip = this.point(event);
  }

  drag(event) {
    if (!this.grip) return;
    const [x, y] = this.point(event);
    if (!this.frame && Math.hypot(x - this.grip[0], y - this.grip[1]) < 10) return;
    if (!this.frame) this.lab.stage.setPointerCapture(event.pointerId);
    this.show(this.framed(this.grip, [x, y]));
  }

  end(event) {
    const { frame } = this;
    this.drop();
    if (!frame) return;
    this.hasCut = true;
    event.preventDefault();
    this.cut(frame);
  }

  drop() {
    this.grip = null;
    this.show(null);
  }

  /** The nodes and rounds between two points. */
  framed([x0, y0], [x1, y1]) {
    const { picture, data } = this.lab;
    const nodes = data.nodes.map((_, node) => node).filter((node) => picture.x[node] >= Math.min(x0, x1) && picture.x[node] <= Math.max(x0, x1));
    const rounds = [];
    for (let round = 1; round <= data.eot; round++) {
      const [top, bottom] = [picture.top[round] - 2, (picture.top[round + 1] ?? Infinity) - 2];
      if (Math.max(y0, y1) >= top && Math.min(y0, y1) < bottom) rounds.push(round);
    }
    return { nodes, from: rounds[0], to: rounds.at(-1), box: [Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0)] };
  }

  // With keys

  onKey(event) {
    const cell = event.target.closest(".cell")?.dataset.key.split(" ").map(Number);
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (cell && step && event.shiftKey) {
      event.preventDefault();
      if (!this.corners) this.corners = [[cell[1], cell[2]], [cell[1], cell[2]]];
      const [node, round] = this.corners[1];
      this.corners[1] = [Math.min(Math.max(node + step[0], 0), this.data.nodes.length - 1), Math.min(Math.max(round + step[1], 1), this.data.eot)];
      this.show(this.between(...this.corners));
      this.lab.tell(`${this.words(this.frame)}: Enter cuts, Escape does not`);
    } else if (this.corners && (event.key === "Enter" || event.key === "Escape")) {
      event.preventDefault();
      event.stopPropagation();
      const { frame } = this;
      this.corners = null;
      this.drop();
      if (event.key === "Enter") this.cut(frame);
      else this.lab.tell("");
    } else if (this.corners && event.key !== "Shift") {
      this.corners = null;
      this.drop();
    }
  }

  between([first, from], [second, to]) {
    const { picture } = this.lab;
    const nodes = this.data.nodes.map((_, node) => node).filter((node) => node >= Math.min(first, second) && node <= Math.max(first, second));
    const [top, bottom] = [Math.min(from, to), Math.max(from, to)];
    const [left, right] = [picture.x[nodes[0]] - 12, picture.x[nodes.at(-1)] + 12];
    return { nodes, from: top, to: bottom, box: [left, picture.top[top], right - left, picture.bottom[bottom] - picture.top[top]] };
  }

  // What is cut

  words({ nodes, from, to }) {
    return `${nodes.map((node) => this.data.nodes[node]).join(", ") || "no node"} in ${from === to ? `round ${from}` : `rounds ${from}–${to}`}`;
  }

  show(frame) {
    this.frame = frame;
    const drawing = this.lab.stage.querySelector("svg");
    drawing?.querySelector(".cut-frame")?.remove();
    if (!frame) return;
    const [x, y, width, height] = frame.box;
    drawing?.append(svg("rect", { class: "cut-frame", x, y, width, height }));
  }

  /** Cuts the nodes of `frame` off in its rounds, or takes that back; of what is not possible, the longest part is. */
  cut(frame) {
    const { nodes, from, to } = frame;
    const count = this.data.nodes.length;
    if (!nodes.length || nodes.length === count) return this.lab.tell(`a cut needs nodes on both sides: the frame has ${nodes.length ? "all" : "none"}`);
    const others = this.data.nodes.map((_, node) => node).filter((node) => !nodes.includes(node));
    const isSide = (fault) => [nodes, others].some((side) => side.length === fault.nodes.length && side.every((node) => fault.nodes.includes(node)));
    const fits = this.data.faults.map((_, number) => number).filter((number) => {
      const fault = this.data.faults[number];
      return fault.kind === this.kind && isSide(fault) && fault.round >= from && fault.until - 1 <= to;
    });
    const length = (number) => this.data.faults[number].until - this.data.faults[number].round;
    const longest = fits.reduce((best, number) => (best === null || length(number) > length(best) ? number : best), null);
    if (longest === null) return this.lab.tell(`no partition of ${this.words(frame)} is within the bounds`);
    const hadAll = this.lab.toggle(longest);
    if (hadAll && length(longest) < to - from + 1) this.lab.tell(`within the bounds only: ${this.data.faults[longest].says}`);
  }

  /** The lines along which the partitions that occur cut the diagram. */
  lines() {
    const { picture, faults } = this.lab;
    return faults.map((number) => this.data.faults[number]).filter((fault) => fault.kind === this.kind).flatMap((fault) =>
      this.data.nodes.slice(1).map((_, node) => {
        if (fault.nodes.includes(node) === fault.nodes.includes(node + 1)) return null;
        const [left, right] = [picture.x[node], picture.x[node + 1]];
        const [top, bottom] = [picture.top[fault.round] - 2, (picture.top[fault.until] ?? picture.bottom[this.data.eot] + 2) - 2];
        return svg("path", { class: "cut", d: `M${right - Math.min(14, (right - left) / 2)} ${top}V${bottom}` });
      })).filter(Boolean);
  }
}
