"""What the tests ask a page, in JavaScript. Each is a function that gives a list of what is wrong."""

#: Elements of a section that leave the window, and text that leaves its element.
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [];
  for (const el of document.querySelectorAll('.smtp-codes, .smtp-codes *')) {
    if (el.closest('.smtp-scroll, .smtp-example, .smtp-raw, thead') && !el.matches('.smtp-scroll, .smtp-example')) continue;
    const box = el.getBoundingClientRect();
    if (box.width && (box.right > wide + 1 || box.left < -1)) out.push('leaves the window: ' + el.outerHTML.slice(0, 120));
  }
  for (const el of document.querySelectorAll('.smtp-scroll, .smtp-figure'))
    if (el.scrollWidth > el.clientWidth + 1) out.push('has to be scrolled: ' + el.outerHTML.slice(0, 120));
  if (document.documentElement.scrollWidth > wide + 1) out.push('the page has to be scrolled');
  return out;
}"""

#: Text boxes of different elements that lie over each other.
OVERLAP = """() => {
  const out = [];
  for (const section of document.querySelectorAll('.smtp-codes')) {
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    const boxes = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.textContent.trim() || node.parentElement.closest('thead, textarea')) continue;
      if (!node.parentElement.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const frame = node.parentElement.closest('.smtp-scroll, .smtp-example')?.getBoundingClientRect();
      for (let box of range.getClientRects()) {
        if (frame) box = {left: Math.max(box.left, frame.left), right: Math.min(box.right, frame.right),
                          top: box.top, bottom: box.bottom, height: box.height};
        if (box.right - box.left > 1 && box.height > 1) boxes.push([box, node]);
      }
    }
    boxes.sort((a, b) => a[0].top - b[0].top);
    for (let i = 0; i < boxes.length; i++)
      for (let j = i + 1; j < boxes.length && boxes[j][0].top < boxes[i][0].bottom; j++) {
        const [a, b] = [boxes[i][0], boxes[j][0]];
        if (boxes[i][1] === boxes[j][1]) continue;
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (x > 2 && y > 0.4 * Math.min(a.height, b.height))
          out.push(boxes[i][1].textContent.trim().slice(0, 40) + ' | ' + boxes[j][1].textContent.trim().slice(0, 40));
      }
  }
  return out;
}"""

#: Pictures of a session whose labels leave them or meet something, or whose marks stand apart from their stage or code.
PICTURE = """() => {
  const out = [];
  for (const picture of document.querySelectorAll('.smtp-session')) {
    const frame = picture.getBoundingClientRect();
    const inked = el => { const r = document.createRange(); r.selectNodeContents(el); return r.getBoundingClientRect(); };
    const codes = [...picture.querySelectorAll('b')].map(inked);
    const stages = [...picture.querySelectorAll('span')].slice(1).map(label => {
      const row = [label];
      while (row.at(-1).nextElementSibling?.matches('i')) row.push(row.at(-1).nextElementSibling);
      return row;
    });
    const labels = stages.map(([label]) => inked(label));
    const across = Math.abs(labels[0].bottom - labels[1].bottom) < 4;
    const middle = box => across ? (box.top + box.bottom) / 2 : (box.left + box.right) / 2;
    const centre = box => across ? (box.left + box.right) / 2 : (box.top + box.bottom) / 2;
    const meets = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
    const texts = [...codes, ...labels];
    texts.forEach((box, i) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1) out.push('a label leaves the picture');
      if (box.height < 10) out.push('a label is tiny');
      if (texts.some((other, j) => j > i && meets(box, other))) out.push('labels meet');
    });
    stages.forEach((stage, i) => stage.slice(1).forEach((cell, j) => {
      if (!cell.dataset.class) return;
      const box = cell.getBoundingClientRect(), style = getComputedStyle(cell, '::before');
      const size = parseFloat(style.width);
      if (!(size >= 8)) out.push('a mark is tiny');
      if (Math.abs(middle(box) - middle(codes[j])) > 6) out.push('a mark stands apart from its code');
      if (Math.abs(centre(box) - centre(labels[i])) > 6) out.push('a mark stands apart from its stage');
      const mark = {left: (box.left + box.right - size) / 2, right: (box.left + box.right + size) / 2,
                    top: (box.top + box.bottom - size) / 2, bottom: (box.top + box.bottom + size) / 2};
      if (texts.some(text => meets(text, mark))) out.push('a mark meets a label');
    }));
  }
  return out;
}"""

#: Text whose contrast with what lies below it is under 4.5 (3 for large text), computed with all half-transparent layers.
CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const known = new Map();
  const rgba = color => {
    if (!known.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]));
  const ground = el => {
    const layers = [];
    for (let at = el; at; at = at.parentElement) {
      const layer = rgba(getComputedStyle(at).backgroundColor);
      if (layer[3]) layers.push(layer);
      if (layer[3] === 1) break;
    }
    const canvasColor = document.createElement('i');
    canvasColor.style.color = 'Canvas';
    document.body.append(canvasColor);
    const base = rgba(getComputedStyle(canvasColor).color).slice(0, 3);
    canvasColor.remove();
    return layers.reverse().reduce((below, layer) => over(layer, below), base);
  };
  const luminance = color => color.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((m, n) => n - m);
    return (light + 0.05) / (dark + 0.05);
  };
  const out = [];
  const judge = (what, color, below, least) => {
    const ratio = contrast(over(color, below), below);
    if (ratio < least) out.push(`${ratio.toFixed(2)} ${what}`);
  };
  const seen = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(el) || !el.closest('.smtp-codes, .smtp-ref')) continue;
    if (el.closest('.headerlink') || !el.checkVisibility()) continue;
    // The themes' own titles of notes, white on light blue, are theirs to better.
    if (el.closest('.admonition-title')) continue;
    seen.add(el);
    texts++;
    const style = getComputedStyle(el);
    const color = [...rgba(style.color)];
    for (let at = el; at; at = at.parentElement) color[3] *= parseFloat(getComputedStyle(at).opacity);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    judge(`${el.tagName}.${el.className}: ${el.textContent.trim().slice(0, 40)}`, color, ground(el), large ? 3 : 4.5);
  }
  for (const el of document.querySelectorAll('.smtp-badge, .smtp-session i[data-class]'))
    judge(`mark of ${el.outerHTML.slice(0, 60)}`, rgba(getComputedStyle(el, '::before').backgroundColor), ground(el), 3);
  for (const el of document.querySelectorAll('.smtp-answer, .smtp-list tr[data-class]'))
    judge(`edge of ${el.className}`, rgba(getComputedStyle(el).borderInlineStartColor), ground(el.parentElement), 3);
  for (const el of document.querySelectorAll('.smtp-tip')) {
    const style = getComputedStyle(el, '::before'), below = ground(el.closest('p, td, li, div'));
    const box = over(rgba(style.backgroundColor), below);
    judge('text of a tooltip', rgba(style.color), box, 4.5);
    const edge = over(rgba(style.borderTopColor), below);
    if (Math.max(contrast(edge, below), contrast(box, below)) < 3) out.push('a tooltip without an edge');
  }
  if (!texts) out.push('no text was judged');
  return [...new Set(out)];
}"""

#: Codes and commands whose characters do not run from left to right, and passages of another language that do not stand isolated.
DIRECTION = """() => {
  const out = [];
  const at = (node, i) => {
    const range = document.createRange();
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    return range.getBoundingClientRect();
  };
  const codes = '.smtp-codes :is(code, bdi[dir="ltr"], .smtp-tag, .smtp-source, .smtp-session b), .smtp-ref code';
  for (const el of document.querySelectorAll(codes)) {
    const node = [...el.childNodes].find(n => n.nodeType === 3) || el.firstElementChild?.firstChild;
    const text = node?.textContent || '';
    if (node?.nodeType !== 3 || !/^[\\x21-\\x7e][\\x20-\\x7e]*[\\x21-\\x7e]$/.test(text) || !el.checkVisibility()) continue;
    const boxes = [...text].map((_, i) => at(node, i)).filter(box => box.width);
    if (boxes.some((box, i) => i && Math.abs(box.top - boxes[i - 1].top) < 4 && box.left < boxes[i - 1].left))
      out.push('reversed: ' + text);
  }
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (all.nextNode())
    for (const found of all.currentNode.textContent.matchAll(/\\b\\d{3} [245]\\.\\d+\\.\\d+/g)) {
      const [first, last] = [at(all.currentNode, found.index), at(all.currentNode, found.index + found[0].length - 1)];
      if (first.width && Math.abs(first.top - last.top) < 4 && last.left < first.left) out.push('turned around: ' + found[0]);
    }
  for (const el of document.querySelectorAll('.smtp-codes[dir="rtl"] [lang="en"]')) {
    const style = getComputedStyle(el);
    if (style.direction !== 'ltr' || !/isolate|plaintext/.test(style.unicodeBidi))
      out.push('not isolated: ' + el.outerHTML.slice(0, 80));
    const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
    let node = null;
    while (walker.nextNode()) if (walker.currentNode.textContent.trim()) node = walker.currentNode;
    const text = node?.textContent.trimEnd() || '';
    if (!/[a-z]\\.$/.test(text) || !el.checkVisibility({contentVisibilityAuto: true})) continue;
    const [letter, stop] = [at(node, text.length - 2), at(node, text.length - 1)];
    if (Math.abs(letter.top - stop.top) < 4 && stop.left < letter.left) out.push('its full stop is lost: ' + text.slice(-40));
  }
  return out;
}"""

#: Short codes and commands that a line break cuts in two.
CUT = """() => [...document.querySelectorAll('.smtp-codes code:not(pre code), .smtp-codes .smtp-tag, .smtp-codes .smtp-source')]
  .filter(el => el.textContent.length <= 20 && el.getClientRects().length > 1).map(el => el.textContent)"""
