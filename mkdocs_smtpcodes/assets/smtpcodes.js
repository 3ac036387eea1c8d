// Tooltips: Escape hides one; one tap shows it, the next follows the link. The rest needs no script.
(d => {
  let shown, open, off = [];
  const on = (type, act) => d.addEventListener(type, e => act(e, e.target.closest?.('.smtp-inline')), true);
  const show = el => {
    if (shown) delete shown.dataset.tip;
    if (el) el.dataset.tip = 'on';
    shown = el;
  };
  const left = (e, el) => off = off.filter(x => x == el || !delete x.dataset.tip);
  on('pointerover', left);
  on('focusin', left);
  on('pointerdown', (e, el) => {
    open = e.pointerType != 'touch' || el && getComputedStyle(el.lastChild).display != 'none';
    if (el != shown) show();
  });
  on('click', (e, el) => {
    if (!el || open || !e.detail) return;
    e.preventDefault();
    e.stopPropagation();
    show(el);
  });
  on('keydown', e => {
    if (e.key != 'Escape') return;
    show();
    off = [...d.querySelectorAll('.smtp-inline:is(:hover,:focus-within,:focus *)')];
    off.map(el => el.dataset.tip = 'off');
  });
})(document);
