/**
 * What nobody may do with AI in the European Union, in our own short words; the law's words count. Source of (a) to
 * (h): Regulation (EU) 2024/1689, OJ L, 2024/1689, 12.7.2024, Article 5(1), in force by its Article 113(a). The last was
 * added by the amending regulation of 2026 ("Digital Omnibus on AI"), whose text in the Official Journal we have not
 * read: it is taken from reports on the adopted text, and is refused here from the beginning.
 */
export interface Practice {
  readonly id: PracticeId
  readonly title: string
  readonly source: string
  /** The day it is prohibited from. */
  readonly since: string
}

export const practiceIds = [
  'manipulation',
  'exploiting-vulnerability',
  'social-scoring',
  'predicting-crime',
  'face-scraping',
  'emotions-at-work',
  'biometric-categories',
  'live-biometric-identification',
  'intimate-imagery',
] as const

export type PracticeId = (typeof practiceIds)[number]

const article = (letter: string): string => `Regulation (EU) 2024/1689, Article 5(1)(${letter})`

export const practices: readonly Practice[] = [
  {
    id: 'manipulation',
    title: 'Steering people by means they do not notice or that deceive them, so that it harms them',
    source: article('a'),
    since: '2025-02-02',
  },
  {
    id: 'exploiting-vulnerability',
    title: 'Using the age, a disability or the hardship of people to steer them, so that it harms them',
    source: article('b'),
    since: '2025-02-02',
  },
  {
    id: 'social-scoring',
    title:
      'Rating people by how they behave or are, so that they are treated badly for it elsewhere or too hard',
    source: article('c'),
    since: '2025-02-02',
  },
  {
    id: 'predicting-crime',
    title: 'Foretelling that somebody commits a crime from a profile or traits alone',
    source: article('d'),
    since: '2025-02-02',
  },
  {
    id: 'face-scraping',
    title: 'Building face recognition from pictures taken untargeted from the internet or from cameras',
    source: article('e'),
    since: '2025-02-02',
  },
  {
    id: 'emotions-at-work',
    title: 'Reading the emotions of people at work or in education, but for medical or safety reasons',
    source: article('f'),
    since: '2025-02-02',
  },
  {
    id: 'biometric-categories',
    title:
      'Concluding race, opinions, union membership, religion, sex life or orientation from biometric data',
    source: article('g'),
    since: '2025-02-02',
  },
  {
    id: 'live-biometric-identification',
    title: 'Recognising people from afar in public, as it happens, for law enforcement',
    source: article('h'),
    since: '2025-02-02',
  },
  {
    id: 'intimate-imagery',
    title: 'Making intimate pictures of real people without their consent, or pictures of child sexual abuse',
    source: 'Regulation (EU) 2024/1689, Article 5, as amended in 2026',
    since: '2026-12-02',
  },
]

export const practiceOf = (id: PracticeId): Practice =>
  practices.find((practice) => practice.id === id) as Practice
