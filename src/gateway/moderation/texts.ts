import type { ChatSegment } from '#/chat/api.ts'
import { harmChannels } from '#/inspect/index.ts'
import type { Transformed } from '../stages/transform.ts'

/** What people wrote, as it is about to leave. */
export interface ModeratedText {
  readonly segment: ChatSegment
  readonly pieces: readonly string[]
}

/** Models take some thousand tokens at once. */
const pieceCharacters = 16_000
/** Pieces share as much, so that nothing hides where they meet. */
const sharedCharacters = 500

/** Texts in which requests for harm are looked for, without what rules changed in them. */
export function textsToModerate({ decided, body }: Transformed): readonly ModeratedText[] {
  const { chat, admitted } = decided.inspected.read
  const { segments } = body === chat.body ? chat : admitted.identified.received.dialect.read(body)
  return segments
    .filter(
      ({ channel, part, text }) => part === 'value' && harmChannels.includes(channel) && text.trim() !== '',
    )
    .map((segment) => ({ segment, pieces: piecesOf(segment.text) }))
}

function piecesOf(text: string): readonly string[] {
  if (text.length <= pieceCharacters) return [text]
  const pieces: string[] = []
  for (let from = 0; ; from += pieceCharacters - sharedCharacters) {
    pieces.push(text.slice(from, from + pieceCharacters))
    if (from + pieceCharacters >= text.length) return pieces
  }
}
