"use strict";
const one = (selector) => document.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const tools = one(".tools"), query = one("#_query"), severity = one("#_severity"), rule = one("#_rule");
const fixable = one("#_fixable"), shown = one("#_shown"), note = one("#_note"), bars = all(".bar");
const selects = all(".tools select");
let batches;

// Read once, and only if somebody filters: a page of 50,000 findings opens without it.
function read() {
  return all(".batch").map((batch) => ({ batch, posts: all(":scope > details", batch).map((post) => {
    const path = post.querySelector("summary").textContent.toLowerCase();
    const findings = all("li", post).map((item) => {
      const classes = [item.className || "w", item.querySelector("a").hash.slice(1), `c${post.dataset.c}`];
      return { item, text: "", number: Number(item.dataset.n ?? 1), classes: item.querySelector(".x, div") ? [...classes, "x"] : classes };
    });
    return { post, path, findings };
  }) }));
}

function chosen() {
  return selects.map((select) => select.value);
}

function hide(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

function filter() {
  batches ??= read();
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = [...chosen(), fixable.checked ? "x" : ""].filter(Boolean);
  let total = 0, kept = 0;
  const choose = ({ post, path, findings }) => {
    let here = 0;
    for (const finding of findings) {
      if (words.length) finding.text ||= `${path}\n${finding.item.textContent.toLowerCase()}`;
      const fits = wanted.every((name) => finding.classes.includes(name)) && words.every((word) => finding.text.includes(word));
      hide(finding.item, !fits);
      here += fits;
      total += finding.number;
      kept += fits * finding.number;
    }
    hide(post, !here);
    return here;
  };
  for (const { batch, posts } of batches) {
    const here = posts.reduce((sum, post) => sum + choose(post), 0);
    hide(batch, !here);
    // What is not in sight takes about the room that it would need.
    batch.style.containIntrinsicSize = `auto ${8 * here}rem`;
  }
  const filtered = words.length || wanted.length;
  shown.value = kept === total ? `All ${total.toLocaleString("en")} shown.`
    : `${kept.toLocaleString("en")} of ${total.toLocaleString("en")} shown.`;
  one("#_clear").hidden = !filtered;
  for (const bar of bars) {
    const on = bar.value === "x" ? fixable.checked : bar.value === severity.value || bar.value === rule.value;
    bar.setAttribute("aria-pressed", on);
  }
}

function press({ currentTarget: bar }) {
  const was = bar.getAttribute("aria-pressed") === "true";
  if (bar.value === "x") fixable.checked = !was;
  else (bar.value.startsWith("r") ? rule : severity).value = was ? "" : bar.value;
  filter();
}

function explain(event) {
  const link = event.target.closest(".batch li a");
  const about = link && note.showPopover && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!about?.closest(".rules")) return;
  event.preventDefault();
  const title = document.createElement("h2"), what = document.createElement("p"), close = document.createElement("button");
  title.textContent = link.textContent;
  what.append(...about.parentElement.querySelector("summary").cloneNode(true).childNodes);
  note.setAttribute("aria-label", link.textContent);
  close.textContent = "Close";
  close.autofocus = true;
  close.onclick = () => note.hidePopover();
  const body = [...about.cloneNode(true).childNodes];
  note.replaceChildren(title, what, ...body, close);
  note.showPopover();
}

// A link to the post, once somebody points at it or reaches it with the keyboard: 28,000 of them would make a page large.
function link({ target }) {
  const post = target.closest(".batch > details");
  if (!post || post.querySelector(":scope > a")) return;
  const link = document.createElement("a");
  link.href = `#${post.id}`;
  link.textContent = "link";
  post.querySelector("summary").after(link);
}

function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const post = target && (target.closest("details"));
  if (!post || post.open) return;
  post.open = true;
  target.scrollIntoView();
}

if (tools) {
  tools.hidden = false;
  for (const bar of bars) {
    bar.disabled = false;
    bar.onclick = press;
  }
  let later;
  query.oninput = () => { clearTimeout(later); later = setTimeout(filter, 150); };
  for (const input of [...selects, fixable]) input.onchange = filter;
  one("#_clear").onclick = () => {
    for (const input of [query, ...selects]) input.value = "";
    fixable.checked = false;
    filter();
    query.focus();
  };
  const fold = (open) => () => { for (const post of all(".batch > details")) post.open = open; };
  one("#_fold").onclick = fold(false);
  one("#_unfold").onclick = fold(true);
  document.addEventListener("click", explain);
  document.addEventListener("pointerover", link);
  document.addEventListener("focusin", link);
  addEventListener("hashchange", unfold);
  unfold();
  // A browser that goes back keeps what was typed.
  if (query.value || chosen().some(Boolean) || fixable.checked) filter();
}
