import { Refusal } from '#/core/refusal.ts'
import type { Register } from '#/register/register.ts'
import type { Difference, Publication, PublicationPage, PublicationView } from './api.ts'
import { differenceOf } from './difference.ts'
import { itemsOf, publishedOf } from './items.ts'
import { type Asker, type Publications, publishers } from './publications.ts'
import { summaryOf, timeOf } from './summary.ts'

/** Answers of /api/publications and of the command line. */

const mostListed = 50

export interface ViewServices {
  readonly publications: Publications
  readonly register: Pick<Register, 'list'>
  readonly mode: PublicationPage['mode']
  readonly secondPerson: boolean
  readonly now: () => number
}

export function pageOf(services: ViewServices, asker: Asker): PublicationPage {
  const { publications, register, mode, secondPerson } = services
  const nowMs = services.now()
  const { history, ask } = publications
  const waiting = publications.waiting(nowMs)
  const effective = itemsOf(publications.view(nowMs), nowMs)
  const back = history.stepBack
  return {
    ...{ mode, secondPerson },
    serving: history.nextNumber - 1,
    isHeld: history.isHeld,
    trouble: publications.trouble ?? null,
    waiting:
      waiting === undefined
        ? null
        : {
            digest: waiting.digest,
            difference: differenceOf(effective, waiting.items, register),
            check: publications.checkWaiting(waiting, nowMs).check,
            asked:
              ask?.digest === waiting.digest
                ? { by: ask.by.name, at: timeOf(ask.atMs), reason: ask.reason }
                : null,
          },
    check: publications.checkServing(nowMs).check,
    publications: history.last(mostListed).map((each) => summaryOf(each, history)),
    stepBack:
      back === undefined
        ? null
        : differenceOf(effective, itemsOf(publishedOf(back, register, nowMs), nowMs), register),
    mayPublish: typeof asker === 'string' || asker.roles.some((role) => publishers.includes(role)),
  }
}

/** Throws `not-found`. */
export function viewOf(services: ViewServices, number: number): PublicationView {
  const publication = findPublication(services, number)
  return {
    ...summaryOf(publication, services.publications.history),
    difference: differenceBetween(services, number - 1, number),
  }
}

/** What serves differently by `to` than by `from`. Throws `not-found`. */
export function differenceBetween(services: ViewServices, from: number, to: number): Difference {
  const { history } = services.publications
  for (const number of [from, to]) if (number !== 0) findPublication(services, number)
  return differenceOf(history.itemsOf(from), history.itemsOf(to), services.register)
}

function findPublication({ publications }: ViewServices, number: number): Publication {
  const found = publications.history.find(number)
  if (found === undefined) throw new Refusal('not-found', { what: 'publication' })
  return found
}
