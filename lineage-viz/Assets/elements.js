// Elements of a page, made without markup: whatever a program says stays text.
"use strict";

/** An HTML element; attributes that are null are left out, and listeners are given as `onclick` and the like. */
function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
function svg(name, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** `text`, cut after so many characters. */
const cut = (text, most) => ([...text].length > most ? [...text].slice(0, most).join("") + "…" : text);

/** A value without the quotes of a plain word. */
const plain = (value) => value.replace(/^"([^"\\]*)"$/, "$1");

// Strokes of space-time diagrams

/** The head of an arrow from (`x0`, `y0`) to (`x1`, `y1`), as a path. */
function arrowHead(x0, y0, x1, y1) {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const side = (turn) => `L${(x1 - 7 * Math.cos(angle + turn)).toFixed(1)} ${(y1 - 7 * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${x1} ${y1}${side(0.42)}M${x1} ${y1}${side(-0.42)}`;
}

/** Who receives what `sender` sends, in few words. */
function receiverNames(nodes, receivers, sender) {
  const missing = nodes.map((_, node) => node).filter((node) => node !== sender && !receivers.includes(node));
  if (nodes.length > 3 && missing.length * 3 < receivers.length) {
    return missing.length ? `all but ${missing.map((node) => nodes[node]).join(", ")}` : "all";
  }
  return [...receivers].sort((a, b) => a - b).map((node) => nodes[node]).join(", ");
}
