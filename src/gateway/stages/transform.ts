import { patchBody, type TextEdit } from '#/chat/patch.ts'
import type { JsonObject } from '#/core/json.ts'
import type { Pseudonyms, Treated } from '#/inspect/api.ts'
import { createPseudonyms, transformText } from '#/inspect/index.ts'
import type { GatewayServices } from '../services.ts'
import type { Decided } from './decide.ts'

declare const transformed: unique symbol

/** Stage 6: what leaves. A provider accepts nothing else. */
export interface Transformed {
  readonly [transformed]: true
  readonly decided: Decided
  /** The body with every masked and replaced value gone; the very body that came when nothing was to be changed. */
  readonly body: JsonObject
  readonly isChanged: boolean
  readonly changedValues: number
  /** Tokens issued in this exchange with their originals: the only ones that are ever put back. */
  readonly issued: ReadonlyMap<string, string>
}

const nothingIssued: ReadonlyMap<string, string> = new Map()

/** Pure but for the MAC. Never changes the body it is given. */
export function transform(decided: Decided, services: GatewayServices): Transformed {
  const { inspected, decision } = decided
  const { chat, admitted } = inspected.read
  const changedValues = decision.actions.reduce((sum, action) => (action === 'note' ? sum : sum + 1), 0)
  if (changedValues === 0) {
    return { decided, body: chat.body, isChanged: false, changedValues, issued: nothingIssued } as Transformed
  }
  const personId = admitted.identified.caller.person.id
  const pseudonyms = createPseudonyms({
    mac: services.pseudonymMac(personId, decision.useCase.id),
    entered: chat.segments.map(({ text }) => text),
  })
  const body = patchBody(chat.body, editsOf(decided, pseudonyms))
  return { decided, body, isChanged: true, changedValues, issued: pseudonyms.issued } as Transformed
}

function editsOf({ inspected, decision }: Decided, pseudonyms: Pseudonyms): TextEdit[] {
  const edits: TextEdit[] = []
  let index = 0
  for (const { segment, findings } of inspected.marked) {
    const treated: Treated[] = []
    for (const finding of findings) {
      const action = decision.actions[index++]
      if (action === undefined) throw new Error('policy gave fewer actions than there are findings')
      treated.push({ finding, action })
    }
    const { text, changed } = transformText(segment.text, treated, pseudonyms)
    if (changed > 0) edits.push({ segment, text })
  }
  return edits
}
