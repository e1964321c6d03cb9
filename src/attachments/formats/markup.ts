import { Parser } from 'htmlparser2'

/**
 * HTML and XML as text, with everything a person would not see: comments, hidden elements, scripts, declarations,
 * and attributes that hold words or addresses. Entities a document declares itself are not expanded.
 */
export function readMarkup(markup: string, kind: 'html' | 'xml'): string {
  const pieces: string[] = []
  const isBreaking = kind === 'xml' ? breaksXml : breaksHtml
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (isBreaking(name)) pieces.push('\n')
        for (const [attribute, value] of Object.entries(attributes)) {
          if (value.trim() !== '' && isWorded(attribute, kind)) pieces.push(`\n${attribute}="${value}"\n`)
        }
      },
      onclosetag: (name) => void (isBreaking(name) && pieces.push('\n')),
      ontext: (text) => void pieces.push(text),
      oncomment: (text) => void pieces.push('\n', text, '\n'),
      onprocessinginstruction: (_name, text) => void (text.length > 60 && pieces.push('\n', text, '\n')),
    },
    { xmlMode: kind === 'xml', decodeEntities: true, recognizeCDATA: true },
  )
  parser.write(markup)
  parser.end()
  return pieces
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
}

const inlineHtml = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
)
const breaksHtml = (name: string): boolean => !inlineHtml.has(name)

/** Runs of letters inside a paragraph, in OpenDocument. */
const inlineXml = new Set(['text:span', 'text:a', 'text:s', 'text:bookmark', 'text:bookmark-start'])
const breaksXml = (name: string): boolean => !inlineXml.has(name)

const wordedHtml = new Set(
  'alt title aria-label aria-description placeholder value content summary label href src action srcdoc download'.split(
    ' ',
  ),
)
const isWorded = (attribute: string, kind: 'html' | 'xml'): boolean =>
  kind === 'xml'
    ? !/^xmlns|^(?:style|text:style-name|table:style-name)$/.test(attribute)
    : wordedHtml.has(attribute) || attribute.startsWith('data-')
