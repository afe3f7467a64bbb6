"""Walk a page with the Tab key: what is never reached, what does not show, what lies hidden."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

# What can be used with a pointer has to be reached with the keyboard. Of radio buttons with
# one name the browser stops at one, and the arrow keys reach the others.
STOPS = """() => {
  const wanted = 'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), '
    + 'select:not([disabled]), textarea:not([disabled]), summary, [tabindex]:not([tabindex^="-"])';
  const looks = element => {
    const style = getComputedStyle(element);
    return ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor',
      'borderTopColor', 'textDecorationLine', 'color', 'clipPath', 'transform', 'top', 'position']
      .map(name => style[name]).join('|');
  };
  const whole = element => looks(element) + looks(element.parentElement);
  const groups = new Set();
  const stops = [...document.querySelectorAll(wanted)].filter(element => {
    if (element.tabIndex < 0) return false;
    if (!element.checkVisibility({visibilityProperty: true})) return false;
    if (!element.getClientRects().length) return false;
    if (element.type !== 'radio') return true;
    const group = element.name + '@' + [...document.forms].indexOf(element.form);
    const others = [...document.querySelectorAll('input[type=radio]')]
      .filter(radio => radio.name === element.name && radio.form === element.form);
    const chosen = others.find(radio => radio.checked);
    if (groups.has(group) || (chosen && chosen !== element)) return false;
    groups.add(group);
    return true;
  });
  const name = element => (element.getAttribute('aria-label') || element.innerText
    || element.name || element.id || element.outerHTML).trim().slice(0, 60);
  document.activeElement.blur();
  window.__stops = {stops, whole, before: stops.map(whole)};
  return stops.map(element => ({
    tag: element.tagName.toLowerCase(), name: name(element), tabindex: element.tabIndex,
    parts: /^(date|time|month|week)/.test(element.type) ? 8 : 1,
  }));
}"""
WHERE = """() => {
  const {stops, whole, before} = window.__stops;
  const element = document.activeElement;
  const index = stops.indexOf(element);
  if (index < 0) return {index, shows: true, covered: ''};
  const box = element.getClientRects()[0] || {left: 0, top: 0, width: 0, height: 0};
  const found = document.elementFromPoint(box.left + Math.min(box.width / 2, 40),
    box.top + Math.min(box.height / 2, 12));
  const related = !found || element.contains(found) || found.contains(element)
    || (element.labels && [...element.labels].some(label => label.contains(found)));
  return {index, shows: whole(element) !== before[index],
    covered: related ? '' : found.outerHTML.slice(0, 80)};
}"""
# The document itself takes a turn between the last stop and the first.
SPARE = 6


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that can be used on a page; a date has parts that are stops of their own."""

    tag: str
    name: str
    tabindex: int
    parts: int

    def __str__(self) -> str:
        """Return how a reader finds it again."""
        return f"<{self.tag}> “{self.name}”"


def walk_by_keyboard(page: Page) -> list[str]:
    """Return what a keyboard does not reach, does not show or cannot see on this page."""
    stops = [Stop(**found) for found in page.evaluate(STOPS)]
    found = [f"{stop} is put out of turn" for stop in stops if stop.tabindex > 0]
    reached = _press_tab(page, times=sum(stop.parts for stop in stops) + SPARE)
    found += [f"{stop} is not reached" for at, stop in enumerate(stops) if at not in reached]
    for at, where in reached.items():
        if not where["shows"]:
            found.append(f"{stops[at]} does not show that it is reached")
        if where["covered"]:
            found.append(f"{stops[at]} lies under {where['covered']}")
    if not _is_turned(list(reached)):
        found.append("the order of the keyboard is not the order of the page")
    return found


def _press_tab(page: Page, *, times: int) -> dict[int, dict[str, Any]]:
    """Return the stops in the order in which they are reached, until one comes again."""
    reached: dict[int, dict[str, Any]] = {}
    last = -1
    for _ in range(times):
        page.keyboard.press("Tab")
        where = page.evaluate(WHERE)
        index = where["index"]
        if index in reached and index != last:
            break
        if index >= 0:
            reached.setdefault(index, where)
            last = index
    return reached


def _is_turned(order: list[int]) -> bool:
    """Say whether an order is the page's own, begun anywhere."""
    start = order.index(min(order)) if order else 0
    return order[start:] + order[:start] == sorted(order)
