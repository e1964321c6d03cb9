import { Refusal } from '#/core/refusal.ts'
import type { Customer, UsableOffering, UsableUseCase } from './api.ts'
import { fitsAny } from './one-star.ts'

interface Terms {
  readonly customers: readonly Customer[]
  readonly hasBudget: boolean
}

type Judged = Pick<UsableOffering, 'id' | 'title' | 'processor' | 'region' | 'priceMicroUsdPerMillionTokens'>

/** Why an offering does not carry a use case with these terms; undefined when it may. What is unknown is outside. */
export function whyOutside(offering: Judged, { customers, hasBudget }: Terms): string | undefined {
  const { title, processor, region, priceMicroUsdPerMillionTokens: price } = offering
  const [small, place] = [processor.toLowerCase(), region.toLowerCase()]
  for (const { name, processors, regions } of customers) {
    if (processors !== undefined && !processors.some((each) => each.toLowerCase() === small))
      return `The contract with ${name} allows ${processors.join(', ')} as processors; that of ${title} is ${processor}.`
    const patterns = regions?.map((each) => each.toLowerCase())
    if (patterns !== undefined && !fitsAny(patterns, place))
      return `The contract with ${name} allows the regions ${regions?.join(', ')}; that of ${title} is ${region}.`
  }
  return hasBudget && price === undefined
    ? `The use case has a budget, and ${title} has no price it could be counted with.`
    : undefined
}

/** Throws `offering-outside-terms` when somebody names an offering that the terms leave out. */
export function assertWithinTerms(
  { id, outside, owner }: UsableUseCase,
  asked: string,
  aliasesOf: (offering: string) => readonly string[],
  autoWorks: boolean,
): void {
  const left = outside.find(({ offering }) => offering === asked || aliasesOf(offering).includes(asked))
  if (left !== undefined)
    throw new Refusal('offering-outside-terms', {
      ...{ useCase: id, offering: left.offering, reason: left.why, owner, autoWorks },
    })
}

/** The first of these tools that the use case does not allow. */
export const toolOutside = (
  { tools }: Pick<UsableUseCase, 'tools'>,
  names: readonly string[],
): string | undefined => (tools === undefined ? undefined : names.find((name) => !fitsAny(tools, name)))

/** A name that came from outside is shown only where it is a name. */
const shownName = /^[A-Za-z0-9_.:/-]{1,120}$/

/** Throws `tool-not-allowed`, for what a request offers and for what an answer calls. */
export function assertTools(useCase: UsableUseCase, names: () => readonly string[], isAnswer = false): void {
  if (useCase.tools === undefined) return
  const tool = toolOutside(useCase, names())
  if (tool === undefined) return
  const { id, owner, tools } = useCase
  throw new Refusal('tool-not-allowed', {
    useCase: id,
    tool: shownName.test(tool) ? tool : '…',
    tools,
    owner,
    isAnswer,
    why: 'tool',
  })
}
