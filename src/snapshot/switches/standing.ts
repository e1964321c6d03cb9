import type { Subject, Switch, SwitchScope } from './api.ts'

/** Switches that are pulled, in memory. With none, asking costs one comparison. */
export class StandingSwitches {
  readonly #byId = new Map<string, Switch>()
  readonly #stops = new Map<string, readonly Switch[]>()
  #drills: readonly Switch[] = []
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  get size(): number {
    return this.#byId.size
  }

  add(added: Switch): void {
    this.#byId.set(added.id, added)
    this.#sort()
  }

  remove(id: string): void {
    if (this.#byId.delete(id)) this.#sort()
  }

  get(id: string): Switch | undefined {
    return this.#byId.get(id)
  }

  /** In the order they were pulled. */
  list(): readonly Switch[] {
    return [...this.#byId.values()]
  }

  /** The switch that stops this very thing now; undefined when none does. */
  stopOf(scope: SwitchScope, target: string): Switch | undefined {
    const stops = this.#stops.get(keyOf(scope, target))
    return stops?.find((each) => this.#isNow(each))
  }

  /** The first switch that stops an exchange, widest first; undefined when none does. */
  find(subject: Subject): Switch | undefined {
    if (this.#stops.size === 0) return undefined
    const { personId, keyId, useCase, offering } = subject
    return (
      this.stopOf('all', '') ??
      this.stopOf('person', personId) ??
      (keyId === undefined ? undefined : this.stopOf('key', keyId)) ??
      (useCase === undefined ? undefined : this.stopOf('use-case', useCase)) ??
      (offering === undefined ? undefined : this.stopOf('offering', offering)) ??
      this.findTool(subject.tools)
    )
  }

  findTool(tools: () => readonly string[]): Switch | undefined {
    if (!this.#stopsTools) return undefined
    for (const name of tools()) {
      const stop = this.stopOf('tool', name)
      if (stop !== undefined) return stop
    }
    return undefined
  }

  /** Drills that would stop an exchange. */
  drillsOn(subject: Subject): readonly Switch[] {
    if (this.#drills.length === 0) return this.#drills
    return this.#drills.filter((drill) => this.#isNow(drill) && isAbout(drill, subject))
  }

  #stopsTools = false

  #sort(): void {
    const all = this.list()
    this.#drills = all.filter(({ isDrill }) => isDrill)
    this.#stops.clear()
    for (const stop of all) {
      if (stop.isDrill) continue
      const key = keyOf(stop.scope, stop.target)
      this.#stops.set(key, [...(this.#stops.get(key) ?? []), stop])
    }
    this.#stopsTools = all.some(({ scope, isDrill }) => scope === 'tool' && !isDrill)
  }

  #isNow({ untilMs }: Switch): boolean {
    return untilMs === undefined || this.#now() < untilMs
  }
}

const keyOf = (scope: SwitchScope, target: string): string => `${scope} ${target}`

/** Whether a switch is about an exchange, whatever it does then. */
export function isAbout({ scope, target }: Switch, subject: Subject): boolean {
  switch (scope) {
    case 'all':
      return true
    case 'person':
      return subject.personId === target
    case 'key':
      return subject.keyId === target
    case 'use-case':
      return subject.useCase === target
    case 'offering':
      return subject.offering === target
    case 'tool':
      return subject.tools().includes(target)
  }
}
