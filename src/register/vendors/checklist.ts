import { z } from 'zod'
import { type Fact, fact, hasEnded } from '../fact.ts'
import { flag, line } from '../fields.ts'
import { offeringFacts } from '../kinds/offering.ts'

const { retentionDays, subprocessors, trains, region, transferMechanism } = offeringFacts.shape

/** Where somebody is reached: an e-mail address, or a page with a form. */
const contact = line(254).regex(
  /^(?:[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+|https:\/\/[^\s/]+\.[^\s]+)$/,
  'must be an e-mail address or an https address',
)

/** What must be answered about a vendor before anybody approves it. "No" is an answer; nothing is none. */
export const checklistFacts = z.strictObject(
  {
    /** What goes where, by whose systems. */
    dataFlow: fact(line(1_000)).optional(),
    retentionDays,
    /** What keeps the data of one customer from another. */
    isolation: fact(line(1_000)).optional(),
    /** An empty list says that there are none. */
    subprocessors,
    incidentContact: fact(contact).optional(),
    deletion: fact(
      z.strictObject(
        { contact, how: line(500), proof: line(500) },
        'must be { contact, how, proof }: whom to ask, how, and what shows that it was done',
      ),
    ).optional(),
    trains,
    /** A signed agreement on data processing. */
    dpa: fact(flag).optional(),
    region,
    transferMechanism,
    /** How data comes back and what is left behind when the contract ends. */
    exit: fact(line(1_000)).optional(),
  },
  'must hold facts, each { is, source, asOf, until, by }',
)

export type ChecklistFacts = z.infer<typeof checklistFacts>
export type ChecklistItem = keyof ChecklistFacts

/** What would answer each of them, in the order people ask. */
const answers: Readonly<Record<ChecklistItem, string>> = {
  dataFlow: 'a text: what goes where, and by whose systems',
  retentionDays: 'a number of days; 0 is not at all',
  isolation: 'a text: what keeps customers apart',
  subprocessors: 'a list of companies; [] when there are none',
  incidentContact: 'an e-mail or https address',
  deletion: '{ contact, how, proof }: whom to ask, how, and what shows that it was done',
  trains: 'never, opt-in, opt-out or yes',
  dpa: 'true or false: whether an agreement on data processing is signed',
  region: 'a text: where data is processed and kept',
  transferMechanism: 'by what personal data may go there, like adequacy or not-needed',
  exit: 'a text: how data comes back, and what is left behind',
}

export const checklistItems = Object.keys(answers) as readonly ChecklistItem[]

export interface Unanswered {
  readonly item: ChecklistItem
  /** As a sentence goes on after the name of the item. */
  readonly problem: string
}

/** What is missing or has ended at `nowMs`. */
export const unansweredIn = (facts: ChecklistFacts, nowMs: number): readonly Unanswered[] =>
  checklistItems.flatMap((item): readonly Unanswered[] => {
    const said: Fact<unknown> | undefined = facts[item]
    if (said === undefined)
      return [{ item, problem: `facts.${item} is not answered (it takes ${answers[item]})` }]
    if (hasEnded(said, nowMs))
      return [
        { item, problem: `facts.${item} was relied on until ${said.until} (it takes a newer ${said.by})` },
      ]
    return []
  })
