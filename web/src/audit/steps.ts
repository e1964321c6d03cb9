import type { DataClass } from '#/core/data-class.ts'
import type { ExchangeDetails } from '#/gateway/api.ts'
import { count, countKinds, keptFor, placeOf, trainingOf } from '../conversations/words.ts'
import { messagesOf } from './messages.ts'

/** One step of what happened to a prompt, ready to be shown. */
export interface Step {
  readonly id: 'wrote' | 'checked' | 'decided' | 'logged' | 'left' | 'answer' | 'proof'
  readonly title: string
  /** The clock of the step, local, to the millisecond; or words such as "live". */
  readonly time: string
  readonly sentences: readonly string[]
  readonly class?: DataClass
  /** Being waited for. */
  readonly isOpen?: boolean
}

/** The steps of an exchange in the order they happened. `email` is the person's, who alone is shown them. */
export function stepsOf(details: ExchangeDetails, email: string): readonly Step[] {
  const before = [wrote(details, email), checked(details), decided(details)]
  return details.status === 'refused'
    ? [...before, logged(details), proof(details)]
    : [...before, logged(details), left(details), answer(details), proof(details)]
}

/** When the request came: the entry is written `intend` milliseconds later. */
const startedMs = ({ atMs, timingsMs }: ExchangeDetails): number => atMs - (timingsMs.intend ?? 0)

function wrote(details: ExchangeDetails, email: string): Step {
  const { typed, content } = details
  const messages = typed === null ? [] : messagesOf(typed)
  const words = (messages.at(-1)?.text.match(/\S+/g) ?? []).length
  const earlier = messages.length - 1
  return {
    id: 'wrote',
    title: content === 'kept' ? `You wrote ${count(words, 'word')}` : 'You wrote something that is not kept',
    time: clockMs(startedMs(details)),
    sentences: [
      `Signed in as ${email}.`,
      ...(earlier > 0 ? [`${count(earlier, 'earlier message')} of this chat went along.`] : []),
    ],
  }
}

function checked(details: ExchangeDetails): Step {
  const { findings, timingsMs, class: dataClass } = details
  const took = timingsMs.inspect
  const asked = findings.filter(({ channel }) => channel !== 'answer')
  const labels = asked.flatMap(({ label, count: number }) =>
    Array.from({ length: Math.min(number, 1_000) }, () => label),
  )
  return {
    id: 'checked',
    title: took === undefined ? 'Checked' : `Checked in ${milliseconds(took)}`,
    time: '',
    sentences: [
      labels.length === 0
        ? 'Nothing was found that a rule is about.'
        : `Found ${countKinds(labels)}.${dataClass === null ? '' : ' That makes it'}`,
      ...moderated(details),
    ],
    ...(dataClass === null || labels.length === 0 ? {} : { class: dataClass }),
  }
}

function moderated({ moderation }: ExchangeDetails): readonly string[] {
  if (moderation === null || moderation.how === 'nothing') return []
  const { offering, how, wasShown } = moderation
  const name = `The moderation model ${offering}`
  if (how === 'known') return [`${name} knew it from before.`]
  const why = how.replace(/^[a-z]+: /, '')
  if (how === 'answered') return [`${name} was shown it, as it would leave.`]
  return [wasShown ? `${name} was shown it and ${why}.` : `${name} was not shown it: it ${why}.`]
}

function decided(details: ExchangeDetails): Step {
  const { status, code, reasons, justification, useCase, replaced, findings } = details
  const isDone = (wanted: string): boolean => findings.some(({ action }) => action === wanted)
  const changes = [
    ...(replaced.length > 0 ? ['values replaced'] : []),
    ...(isDone('generalise') ? ['values made coarser'] : []),
    ...(isDone('mask') ? ['values masked'] : []),
    ...(isDone('remove') ? ['values removed'] : []),
  ]
  const title =
    status === 'refused'
      ? 'Refused'
      : changes.length === 0
        ? 'Allowed'
        : `Allowed, with ${changes.join(' and ')}`
  return {
    id: 'decided',
    title,
    time: '',
    sentences: [
      ...(code === null ? [] : [`Code ${code}.`]),
      ...reasons,
      ...(justification === null ? [] : [`The reason given: “${justification}”`]),
      // The reasons name the use case, where there are any.
      ...(useCase === null || reasons.length > 0 ? [] : [`Use case ${useCase.title}.`]),
    ],
  }
}

const logged = ({ status, proof: { index }, atMs, moderation }: ExchangeDetails): Step => ({
  id: 'logged',
  title: status === 'refused' ? 'Written to the log' : 'Written to the log first',
  time: clockMs(atMs),
  sentences: [
    status === 'refused'
      ? `Entry ${grouped(index)}. Nothing left${moderation?.wasShown ? ' but to the moderation model' : ''}.`
      : `Entry ${grouped(index)}, on disk before a byte left.`,
  ],
})

function left({ offering, model, leavesAs }: ExchangeDetails): Step {
  const facts =
    offering === null
      ? ['Where to is not known.']
      : [
          `To ${offering.title}, ${placeOf(offering)}.`,
          ...(model === null || model === offering.id ? [] : [`The provider knows it as ${model}.`]),
          `${capital(keptFor(offering.retentionDays))}, ${trainingOf(offering.trains)}.`,
        ]
  return {
    id: 'left',
    title: 'Left the company',
    time: '',
    sentences: [...facts, ...(leavesAs === null ? [] : ['What left is'])],
    ...(leavesAs === null ? {} : { class: leavesAs }),
  }
}

const endings: Readonly<Record<string, string>> = {
  open: 'Answer arriving, checked as it streams',
  answered: 'Answered',
  'client-gone': 'Stopped by you, or the connection was lost',
}

function answer(details: ExchangeDetails): Step {
  const { status, usage, timingsMs, finish, findings } = details
  const total = timingsMs.total
  const firstByte = timingsMs.firstByte
  const inAnswer = findings.filter(({ channel }) => channel === 'answer')
  const isOpen = status === 'open'
  return {
    id: 'answer',
    title: endings[status] ?? `Ended with ${status}`,
    time: isOpen ? 'live' : total === undefined ? '' : clockMs(startedMs(details) + total),
    isOpen,
    sentences: [
      ...(firstByte === undefined ? [] : [`First words after ${milliseconds(firstByte)}.`]),
      ...(total === undefined ? [] : [`Done after ${milliseconds(total)}.`]),
      ...(finish === 'length' ? ['The model reached its length limit.'] : []),
      ...(usage === null
        ? []
        : [`${grouped(usage.inputTokens)} tokens in, ${grouped(usage.outputTokens)} tokens out.`]),
      ...(inAnswer.length === 0 ? [] : [`In the answer: ${countKinds(inAnswer.map(({ label }) => label))}.`]),
    ],
  }
}

const proof = ({ proof: { logSize, checkpoint, index } }: ExchangeDetails): Step => ({
  id: 'proof',
  title: 'Proof',
  time: checkpoint === null ? 'after the next checkpoint' : '',
  sentences: [
    `Entry ${grouped(index)} of ${grouped(logSize)} in the log.`,
    checkpoint === null
      ? 'The entry joins the signed log at the next checkpoint.'
      : 'The newest signed checkpoint is below; anyone with the public key can check it offline.',
  ],
})

/** `14:02:10.112`, local. */
export function clockMs(atMs: number): string {
  const at = new Date(atMs)
  const pad = (number: number, length = 2) => String(number).padStart(length, '0')
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}.${pad(at.getMilliseconds(), 3)}`
}

export const milliseconds = (number: number): string => {
  if (number >= 10_000) return `${Math.round(number / 1_000)} s`
  if (number >= 1_000) return `${(number / 1_000).toFixed(1)} s`
  return number < 10 ? `${Number(number.toFixed(1))} ms` : `${Math.round(number)} ms`
}

const grouped = (number: number): string => number.toLocaleString('en-GB')
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
