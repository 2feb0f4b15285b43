"""What moves on a page though its reader did nothing."""

LEAST_SHIFT = 0.001
"""All shifts together from which on a page moves; reports of it, in hundredths, say 0.00 before.

A few lines of a column that move by three pixels are a third of it: so much may the stand-in of a
font differ that comes within the tenth of a second for which a busy Chromium waits for it.
"""
NOTE_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    window.shifts.push([entry.value, ...entry.sources.map((s) => s.node?.outerHTML?.slice(0, 99))]);
}).observe({type: "layout-shift", buffered: true});
"""
