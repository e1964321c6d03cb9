/**
 * Text in characters that show nothing: tags that mirror ASCII (U+E0020 to U+E007E), bytes as variation selectors, bits
 * as pairs of invisible signs. Models read some of them, and whoever finds them may decode the rest.
 */
import { textIn } from './bytes.ts'
import type { PatchWriter } from './patches.ts'
import { asWhole, type Span } from './position-map.ts'

const tagRun = /(?:\udb40[\udc20-\udc7f])+/g
/** A black flag, up to six tags and the end of tags: England, Scotland, Wales. Source: UTS #51, annex C. */
const regionalFlag = /^(?:\udb40[\udc30-\udc7a]){1,6}\udb40\udc7f$/
const selectorRun = /(?:[\ufe00-\ufe0f]|\udb40[\udd00-\uddef]){4,}/g
/** What one of these runs begins with. */
const anyHidden = /[\ufe00-\ufe0f\u200b-\u200d\u2062\u2064\udb40]/
const bitRun = /[\u200b\u200c]{32,}|[\u200c\u200d]{32,}|[\u2062\u2064]{32,}/g

export function patchHidden(patches: PatchWriter, text: string): void {
  if (!anyHidden.test(text)) return
  const found: Found[] = []
  const add = (start: number, run: string, shown: string | undefined): void => {
    if (shown !== undefined) found.push({ start, end: start + run.length, shown: ` ${shown} ` })
  }
  for (const { 0: run, index } of text.matchAll(tagRun))
    if (!text.startsWith('\u{1F3F4}', index - 2) || !regionalFlag.test(run)) add(index, run, ofTags(run))
  for (const { 0: run, index } of text.matchAll(selectorRun)) add(index, run, textIn(selectorBytes(run)))
  for (const { 0: run, index } of text.matchAll(bitRun)) add(index, run, textIn(bitBytes(run)))
  for (const { shown, start, end } of found.sort((one, other) => one.start - other.start))
    patches.text(shown, start, end, asWhole)
}

interface Found extends Span {
  readonly shown: string
}

function ofTags(run: string): string {
  let shown = ''
  for (let at = 1; at < run.length; at += 2) {
    const code = run.charCodeAt(at) - 0xdc00
    if (code < 0x7f) shown += String.fromCharCode(code)
  }
  return shown
}

/** The first sixteen selectors are the bytes from 0 on, the 240 others go on from there. */
function selectorBytes(run: string): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < run.length; at++) {
    const code = run.charCodeAt(at)
    if (code === 0xdb40) bytes.push(run.charCodeAt(++at) - 0xdd00 + 16)
    else bytes.push(code - 0xfe00)
  }
  return Uint8Array.from(bytes)
}

/** A text begins with a bit that is not set: the high one of ASCII. */
function bitBytes(run: string): Uint8Array {
  const zero = run.charCodeAt(0)
  const bytes = new Uint8Array(run.length >> 3)
  for (let at = 0; at < bytes.length * 8; at++) {
    const place = at >> 3
    bytes[place] = ((bytes[place] as number) << 1) | (run.charCodeAt(at) === zero ? 0 : 1)
  }
  return bytes
}
