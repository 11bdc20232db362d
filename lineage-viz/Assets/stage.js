// Where a picture is shown that may be larger than the window: it fits until somebody comes nearer.

/** A stage whose picture can be enlarged and moved: by its buttons, by the wheel with Ctrl, by dragging, by keys. */
class Stage {
  constructor() {
    const button = (text, label, act) => el("button", { type: "button", class: "step", "aria-label": label, onclick: act }, text);
    this.place = el("div", { class: "stage", tabindex: 0, role: "region", "aria-label": "Lineage", onkeydown: (event) => this.onKey(event) });
    this.buttons = el("p", { class: "zoom" }, button("+", "Nearer", () => this.zoom(0.75)), button("−", "Farther", () => this.zoom(1 / 0.75)), button("⤢", "Fit the window", () => this.fit()));
    this.place.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, event);
    }, { passive: false });
    this.place.addEventListener("pointerdown", (event) => { if (!event.target.closest("[data-tuple]")) this.grip = event; });
    this.place.addEventListener("pointermove", (event) => {
      if (!this.grip || !(event.buttons & 1)) return;
      this.move((this.grip.clientX - event.clientX) * this.scale, (this.grip.clientY - event.clientY) * this.scale);
      this.grip = event;
    });
    this.place.addEventListener("pointerup", () => { this.grip = null; });
  }

  hold(drawing) {
    this.drawing = drawing;
    this.whole = [0, 0, Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
    this.place.replaceChildren(drawing);
    this.fit();
  }

  get scale() { return this.box[2] / (this.drawing.clientWidth || this.whole[2]); }

  fit() { this.set([...this.whole]); }

  set(box) {
    this.box = box;
    this.drawing.setAttribute("viewBox", box.map((value) => value.toFixed(1)).join(" "));
  }

  zoom(factor, event) {
    const [x, y, width, height] = this.box;
    const next = Math.min(Math.max(width * factor, 160), this.whole[2] * 1.5);
    const frame = this.drawing.getBoundingClientRect();
    const [fx, fy] = event ? [(event.clientX - frame.x) / frame.width, (event.clientY - frame.y) / frame.height] : [0.5, 0.5];
    const tall = height * next / width;
    this.set([x + (width - next) * fx, y + (height - tall) * fy, next, tall]);
  }

  move(x, y) { this.set([this.box[0] + x, this.box[1] + y, this.box[2], this.box[3]]); }

  onKey(event) {
    if (event.target !== this.place || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = this.box[2] / 10;
    const actions = { "+": () => this.zoom(0.75), "-": () => this.zoom(1 / 0.75), 0: () => this.fit(),
      ArrowLeft: () => this.move(-step, 0), ArrowRight: () => this.move(step, 0), ArrowUp: () => this.move(0, -step), ArrowDown: () => this.move(0, step) };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }
}
