import { bodyOf } from './bodies.ts'

/** Sends long prompts nobody has seen, one after the other, until it is stopped. */
export interface LongTexts {
  /** Milliseconds each took, once none is under way any more. */
  readonly stop: () => Promise<readonly number[]>
}

const characters = 1_000_000

/** Plain prose with an address and an account in every fourth kilobyte, as an exported document has them. */
function documentOf(number: number): string {
  const paragraphs: string[] = []
  for (let length = 0, index = number * 2_000; length < characters; index++) {
    const { messages } = JSON.parse(bodyOf(index, 'm', false)) as { messages: { content: string }[] }
    const paragraph = messages[1]?.content ?? ''
    paragraphs.push(paragraph)
    length += paragraph.length
  }
  return paragraphs.join('\n')
}

const documents = Array.from({ length: 8 }, (_, number) => documentOf(number))

export function sendLongTexts(port: number, authorization: string, model: string): LongTexts {
  let isStopped = false
  const took: number[] = []
  const sending = (async () => {
    for (let number = 0; !isStopped; number++) {
      // The words are old, so that making them costs nothing while others are measured; the text is new.
      const content = `${performance.now()} ${documents[number % documents.length]}`
      const body = JSON.stringify({ model, messages: [{ role: 'user', content }] })
      const sentAt = performance.now()
      const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body,
      })
      if (!response.ok) throw new Error(`a long prompt was answered with ${response.status}`)
      await response.arrayBuffer()
      took.push(performance.now() - sentAt)
    }
  })()
  return {
    stop: async () => {
      isStopped = true
      await sending
      return took
    },
  }
}
