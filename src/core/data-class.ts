/** The four data classes, lowest first. The order is the meaning: a class may be raised, never lowered. */
export const dataClasses = ['public', 'internal', 'confidential', 'restricted'] as const

export type DataClass = (typeof dataClasses)[number]

const rank: Readonly<Record<DataClass, number>> = { public: 0, internal: 1, confidential: 2, restricted: 3 }

export const isDataClass = (value: unknown): value is DataClass =>
  typeof value === 'string' && Object.hasOwn(rank, value)

/** True when `dataClass` may go where at most `ceiling` may go. */
export const isAtMost = (dataClass: DataClass, ceiling: DataClass): boolean =>
  rank[dataClass] <= rank[ceiling]

/** The higher of two classes. */
export const higherClass = (one: DataClass, other: DataClass): DataClass =>
  rank[one] >= rank[other] ? one : other

/** The lower of two classes: for limits, never for what was found. */
export const lowerClass = (one: DataClass, other: DataClass): DataClass =>
  rank[one] <= rank[other] ? one : other

/** The highest of any number of classes; `public` when there are none. */
export const highestClass = (classes: Iterable<DataClass>): DataClass => {
  let highest: DataClass = 'public'
  for (const each of classes) highest = higherClass(highest, each)
  return highest
}
