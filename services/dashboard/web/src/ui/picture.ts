/**
 * What a panel shows, drawn as a picture: its words, its bars, its charts and their legends, in the page's own colours and fonts.
 * It is drawn shape by shape from what the browser has laid out, so that nothing has to be loaded and the pages' policy stays as it is.
 */

/** Pixels of the picture for one of the page, where that many fit into what a browser draws. */
const SCALE = 2;
const MOST_PIXELS = 16_000;
const MARGIN = 20;
const LINE = 26;
/** What is for those who use the page, and nothing to look at. */
const LEFT_OUT = 'button, a[download], select, input, [data-not-drawn], title, defs, style, script';

/** The panel as PNG, under `heading`: whose figures these are. */
export async function pictureOf(panel: Element, heading: string): Promise<Blob> {
  // Laid out for the picture, and back again before anybody sees it.
  panel.setAttribute('data-drawn', '');
  const canvas = drawnAsLaidOut(panel, heading);
  panel.removeAttribute('data-drawn');
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture could be made'))), 'image/png');
  });
}

function drawnAsLaidOut(panel: Element, heading: string): HTMLCanvasElement {
  const { left, top, width, height } = panel.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  const paper = canvas.getContext('2d')!;
  const { backgroundColor, color, fontFamily } = getComputedStyle(panel);
  const headingFont = `650 18px ${fontFamily}`;
  paper.font = headingFont;
  const lines = linesOf(heading, width - 32, (text) => paper.measureText(text).width);
  const above = MARGIN + lines.length * LINE + 8;
  const scale = Math.min(SCALE, MOST_PIXELS / (Math.max(width, height) + MARGIN + above));
  canvas.width = Math.ceil((width + 2 * MARGIN) * scale);
  canvas.height = Math.ceil((height + MARGIN + above) * scale);
  paper.fillStyle = backgroundColor;
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.scale(scale, scale);
  paper.fillStyle = color;
  paper.font = headingFont;
  lines.forEach((line, i) => paper.fillText(line, MARGIN + 16, MARGIN + 16 + i * LINE));
  paper.translate(MARGIN - left, above - top);
  draw(panel, paper, hatching(paper));
  return canvas;
}

function draw(element: Element, paper: CanvasRenderingContext2D, hatch: CanvasPattern): void {
  if (element.matches(LEFT_OUT)) return;
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || style.clipPath !== 'none') return;
  paper.save();
  paper.globalAlpha *= Number(style.opacity);
  if (element instanceof SVGGeometryElement) drawShape(element, style, paper, hatch);
  else if (element instanceof SVGTextElement) drawLabel(element, style, paper);
  else if (!(element instanceof SVGElement)) drawBox(element, style, paper, hatch);
  for (const child of element.childNodes) {
    if (child instanceof Element) draw(child, paper, hatch);
    else if (child instanceof Text && !(element instanceof SVGElement)) drawWords(child, style, paper);
  }
  paper.restore();
}

/** A box has the colour of its ground; what has a pattern for one is hatched. */
function drawBox(element: Element, style: CSSStyleDeclaration, paper: CanvasRenderingContext2D, hatch: CanvasPattern) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const ground = style.backgroundImage.includes('repeating') ? hatch : style.backgroundColor;
  if (ground !== 'rgba(0, 0, 0, 0)') {
    paper.fillStyle = ground;
    paper.beginPath();
    paper.roundRect(left, top, width, height, parseFloat(style.borderTopLeftRadius) || 0);
    paper.fill();
  }
  paper.fillStyle = style.borderTopColor;
  if (style.borderTopStyle === 'solid') paper.fillRect(left, top, width, parseFloat(style.borderTopWidth));
  paper.fillStyle = style.borderBottomColor;
  const under = parseFloat(style.borderBottomWidth);
  if (style.borderBottomStyle === 'solid') paper.fillRect(left, top + height - under, width, under);
}

/** Words under each other where they don't fit beside each other. */
export function linesOf(text: string, most: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Word by word, each where the browser has put it; figures and signs one by one, as the page has them of equal width and a picture can't. */
function drawWords(text: Text, style: CSSStyleDeclaration, paper: CanvasRenderingContext2D): void {
  paper.font = fontOf(style);
  paper.fillStyle = style.color;
  const place = document.createRange();
  for (const { index, 0: word } of text.data.matchAll(/[\p{L}\p{M}]+|\S/gu)) {
    place.setStart(text, index);
    place.setEnd(text, index + word.length);
    const { left, top, width } = place.getBoundingClientRect();
    const shown = style.textTransform === 'uppercase' ? word.toUpperCase() : word;
    const { fontBoundingBoxAscent: ascent, width: drawn } = paper.measureText(shown);
    if (width > 0) paper.fillText(shown, left + Math.max(0, (width - drawn) / 2), top + ascent, width + 1);
  }
}

function drawShape(
  shape: SVGGeometryElement,
  style: CSSStyleDeclaration,
  paper: CanvasRenderingContext2D,
  hatch: CanvasPattern,
): void {
  into(shape, paper);
  const path = pathOf(shape);
  if (style.fill !== 'none') {
    paper.fillStyle = style.fill.startsWith('url(') ? hatch : style.fill;
    paper.fill(path, style.fillRule === 'evenodd' ? 'evenodd' : 'nonzero');
  }
  if (style.stroke === 'none') return;
  paper.strokeStyle = style.stroke;
  paper.lineWidth = parseFloat(style.strokeWidth);
  paper.lineCap = style.strokeLinecap as CanvasLineCap;
  paper.lineJoin = style.strokeLinejoin as CanvasLineJoin;
  paper.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
  paper.stroke(path);
}

function pathOf(shape: SVGGeometryElement): Path2D {
  const number = (name: string) => Number(shape.getAttribute(name) ?? 0);
  if (shape instanceof SVGPathElement) return new Path2D(shape.getAttribute('d') ?? '');
  const path = new Path2D();
  if (shape instanceof SVGRectElement)
    path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'));
  else if (shape instanceof SVGCircleElement) path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
  else if (shape instanceof SVGLineElement) {
    path.moveTo(number('x1'), number('y1'));
    path.lineTo(number('x2'), number('y2'));
  } else if (shape instanceof SVGPolygonElement || shape instanceof SVGPolylineElement) {
    for (const { x, y } of shape.points) path.lineTo(x, y);
    if (shape instanceof SVGPolygonElement) path.closePath();
  }
  return path;
}

function drawLabel(label: SVGTextElement, style: CSSStyleDeclaration, paper: CanvasRenderingContext2D): void {
  into(label, paper);
  paper.font = fontOf(style);
  paper.fillStyle = style.fill;
  paper.textAlign = ({ middle: 'center', end: 'right' } as const)[style.textAnchor] ?? 'left';
  paper.fillText(label.textContent ?? '', Number(label.getAttribute('x') ?? 0), Number(label.getAttribute('y') ?? 0));
}

/** From here on, lengths are those of the shape's own drawing. */
function into(shape: SVGGraphicsElement, paper: CanvasRenderingContext2D): void {
  const { a, b, c, d, e, f } = shape.getScreenCTM()!;
  paper.transform(a, b, c, d, e, f);
}

const fontOf = ({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration) =>
  `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;

/** The look of what nothing is known of. */
function hatching(paper: CanvasRenderingContext2D): CanvasPattern {
  const root = getComputedStyle(document.documentElement);
  const tile = document.createElement('canvas');
  tile.width = tile.height = 6;
  const on = tile.getContext('2d')!;
  on.fillStyle = root.getPropertyValue('--track');
  on.fillRect(0, 0, 6, 6);
  on.strokeStyle = root.getPropertyValue('--none');
  on.lineWidth = 1.6;
  on.beginPath();
  for (const start of [-6, 0, 6]) {
    on.moveTo(start, 6);
    on.lineTo(start + 6, 0);
  }
  on.stroke();
  return paper.createPattern(tile, 'repeat')!;
}
