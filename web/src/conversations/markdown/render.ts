import type { Token, Tokens } from 'marked'
import { type ComponentType, createElement, type Key, type ReactNode } from 'react'
import { decodeEntities } from './entities.ts'
import { safeAddress } from './links.ts'

/** Parts of the page that draw what has buttons of its own. */
export interface Parts {
  readonly code: ComponentType<{ readonly text: string; readonly language: string }>
}

/** Deeper nesting is shown as plain text: nobody writes it, and each level costs stack. */
const deepest = 20

/**
 * A Markdown token as React elements. HTML in the answer is shown as the text it is, pictures are never loaded,
 * and a link leads out only over http, https or mailto. Nothing here becomes markup that React does not escape.
 */
export function renderToken(token: Token, parts: Parts, key: Key = 0, depth = 0): ReactNode {
  if (depth > deepest) return token.raw
  const draw = Object.hasOwn(drawn, token.type) ? drawn[token.type as Known] : undefined
  if (draw === undefined) return token.raw
  const inside = (tokens: readonly Token[] | undefined): ReactNode =>
    tokens?.map((each, index) => renderToken(each, parts, index, depth + 1))
  return (draw as Draw)(token, { key, inside, parts })
}

interface Context {
  readonly key: Key
  readonly inside: (tokens: readonly Token[] | undefined) => ReactNode
  readonly parts: Parts
}

type Draw = (token: Token, context: Context) => ReactNode
type Known = keyof typeof drawn

const drawn = {
  space: () => null,
  def: () => null,
  hr: (_: Token, { key }: Context) => createElement('hr', { key }),
  br: (_: Token, { key }: Context) => createElement('br', { key }),
  html: (token: Tokens.HTML, { key }: Context) => createElement('span', { key, className: 'raw' }, token.raw),
  escape: (token: Tokens.Escape) => token.text,
  text: (token: Tokens.Text, { inside }: Context) =>
    token.tokens === undefined ? decodeEntities(token.text) : inside(token.tokens),
  paragraph: (token: Tokens.Paragraph, { key, inside }: Context) =>
    createElement('p', { key }, inside(token.tokens)),
  heading: (token: Tokens.Heading, { key, inside }: Context) =>
    // The page's own title is the only h1; a heading of an answer starts below it.
    createElement(`h${Math.min(token.depth + 1, 6)}`, { key }, inside(token.tokens)),
  strong: (token: Tokens.Strong, { key, inside }: Context) =>
    createElement('strong', { key }, inside(token.tokens)),
  em: (token: Tokens.Em, { key, inside }: Context) => createElement('em', { key }, inside(token.tokens)),
  del: (token: Tokens.Del, { key, inside }: Context) => createElement('s', { key }, inside(token.tokens)),
  codespan: (token: Tokens.Codespan, { key }: Context) => createElement('code', { key }, token.text),
  code: (token: Tokens.Code, { key, parts }: Context) =>
    createElement(parts.code, { key, text: token.text, language: token.lang?.split(/\s/)[0] ?? '' }),
  blockquote: (token: Tokens.Blockquote, { key, inside }: Context) =>
    createElement('blockquote', { key }, inside(token.tokens)),
  link: drawLink,
  image: drawImage,
  list: drawList,
  checkbox: (token: Tokens.Checkbox, { key }: Context) =>
    createElement('input', {
      key,
      type: 'checkbox',
      checked: token.checked,
      disabled: true,
      readOnly: true,
      'aria-label': token.checked ? 'Done' : 'Not done',
    }),
  table: drawTable,
}

function drawLink(token: Tokens.Link, { key, inside }: Context): ReactNode {
  const address = safeAddress(token.href)
  if (address === undefined) return createElement('span', { key }, inside(token.tokens))
  return createElement(
    'a',
    { key, href: address, rel: 'noopener noreferrer', target: '_blank' },
    inside(token.tokens),
  )
}

/** A picture's address would be a way out of the browser that nobody chose. */
function drawImage(token: Tokens.Image, { key }: Context): ReactNode {
  const address = safeAddress(token.href)
  const words = `Picture not loaded: ${decodeEntities(token.text) || 'no description'}`
  if (address === undefined) return createElement('span', { key, className: 'raw' }, words)
  return createElement('a', { key, href: address, rel: 'noopener noreferrer', target: '_blank' }, words)
}

function drawList(token: Tokens.List, { key, inside }: Context): ReactNode {
  const items = token.items.map((item, index) =>
    createElement('li', { key: index, ...(item.task ? { className: 'task' } : {}) }, inside(item.tokens)),
  )
  if (!token.ordered) return createElement('ul', { key }, items)
  return createElement('ol', { key, ...(token.start === '' ? {} : { start: token.start }) }, items)
}

function drawTable(token: Tokens.Table, { key, inside }: Context): ReactNode {
  const cell = (tag: 'th' | 'td') => (each: Tokens.TableCell, index: number) =>
    createElement(
      tag,
      {
        key: index,
        ...(tag === 'th' ? { scope: 'col' } : {}),
        ...(each.align === null ? {} : { className: `to-${each.align}` }),
      },
      inside(each.tokens),
    )
  const table = createElement(
    'table',
    null,
    createElement('thead', null, createElement('tr', null, token.header.map(cell('th')))),
    createElement(
      'tbody',
      null,
      token.rows.map((row, index) => createElement('tr', { key: index }, row.map(cell('td')))),
    ),
  )
  // A wide table scrolls by itself, with the keyboard too; the page does not.
  return createElement(
    'div',
    { key, className: 'wide', role: 'region', 'aria-label': 'Table', tabIndex: 0 },
    table,
  )
}
