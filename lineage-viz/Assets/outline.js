// The lineage of what is asked as an outline that unfolds: first the violated rows, or else the outcome; below each what
// it rests on, or what keeps it from being there. It needs no picture, and reads well aloud and on paper.

function outlineSection(here, run) {
  const roots = outlineRoots(here, run);
  if (roots.length === 0) return null;
  return el("section", { class: "outline" }, el("h3", {}, run.violations.length ? "Why, step for step back to the faults" : "What the outcome rests on"),
    el("p", { class: "about" }, "Each line rests on those that unfold below it."), el("ul", {}, roots));
}

function outlineRoots(here, run) {
  if (run.violations.length === 0) {
    const { eot, properties } = here.shared;
    const asked = new Set(properties.map(([, pre, post]) => (post >= 0 ? post : pre)));
    const rows = (here.byRound[eot] ?? []).filter((tuple) => asked.has(here.columns(tuple)[0]) && run.held[tuple]);
    return [...rows.slice(0, 8).map((tuple) => premiseItem(here, run, tuple)), rows.length > 8 ? el("li", { class: "any" }, `and ${rows.length - 8} more`) : null].filter(Boolean);
  }
  const items = [];
  run.violations.slice(0, 4).forEach(([, , present, absent], number) => {
    const parts = [...absent, present].filter((part) => part !== null);
    for (const part of parts) {
      if (typeof part === "string") items.push(el("li", { class: "any" }, `${part}: missing in every run`));
      else {
        const item = premiseItem(here, run, part);
        if (number === 0) item.firstElementChild.open = true;
        items.push(item);
      }
    }
  });
  if (run.violations.length > 4) items.push(el("li", { class: "any" }, `and ${run.violations.length - 4} more violated rows`));
  return items;
}
