import { Parser } from 'htmlparser2'

/** Names come without their prefix: `w:t`, `a:t` and `t` are all `t`. Only what must be told apart keeps it. */
export interface XmlEvents {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

/** Goes through XML once. Forgiving: what is cut off ends where it ends. */
export function walkXml(xml: string, { open, close, text }: XmlEvents): void {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => open?.(localOf(name), attributes),
      onclosetag: (name) => close?.(localOf(name)),
      ontext: (value) => text?.(value),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.write(xml)
  parser.end()
}

const localOf = (name: string): string => name.slice(name.indexOf(':') + 1)
