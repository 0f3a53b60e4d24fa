// What a person who does not use a mouse, or does not see, would stumble over on this page:
// a list of sentences, evaluated in the page.
() => {
  const faults = [];
  const seen = (element) => element.checkVisibility({ checkOpacity: true, visibilityProperty: true })
    && element.getBoundingClientRect().width > 1;
  const label = (element) => `${element.tagName.toLowerCase()} "${
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
  const name = (element) => (element.getAttribute('aria-label')
    ?? [...(element.labels ?? [])].map((one) => one.textContent).join(' ')).trim()
    || element.textContent.trim() || element.title;
  const scope = document.querySelector('dialog[open]') ?? document;

  if (document.querySelectorAll('h1').length !== 1) faults.push('not exactly one h1');
  if (document.querySelectorAll('main').length !== 1) faults.push('not exactly one main');
  if (!document.documentElement.lang) faults.push('no language');
  if (!document.title.includes('Waymark')) faults.push(`title ${document.title}`);
  let level = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
    const next = Number(heading.tagName[1]);
    if (level && next > level + 1) faults.push(`heading jumps to ${label(heading)}`);
    level = next;
  }
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id twice: ${id}`);
  for (const element of document.querySelectorAll('[aria-describedby], [aria-labelledby]'))
    for (const id of `${element.getAttribute('aria-describedby') ?? ''} ${
      element.getAttribute('aria-labelledby') ?? ''}`.split(' ').filter(Boolean))
      if (!ids.includes(id)) faults.push(`${label(element)} points to nothing: ${id}`);

  for (const element of scope.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (!seen(element)) continue;
    if (!name(element)) faults.push(`no name: ${element.outerHTML.slice(0, 80)}`);
    const box = (element.closest('label') ?? element).getBoundingClientRect();
    const inText = getComputedStyle(element).display === 'inline';
    if (!inText && (box.height < 43.5 || box.width < 43.5))
      faults.push(`small target ${Math.round(box.width)}x${Math.round(box.height)}: ${label(element)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push('scrolls sideways');

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 200) return colour;
    }
    return rgba(getComputedStyle(document.body).backgroundColor);
  };
  for (const element of scope.querySelectorAll('*')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || !seen(element) || element.closest(':disabled, svg, option, .unseen, .skip')) continue;
    const [front, back] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)}: ${label(element)}`);
  }
  return faults;
}
