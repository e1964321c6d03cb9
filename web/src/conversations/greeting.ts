/** The greeting for an hour of the local day, 0 to 23. The night still belongs to the evening before. */
export function greetingAt(hour: number): string {
  if (hour >= 5 && hour < 12) return 'Good morning'
  if (hour >= 12 && hour < 18) return 'Good afternoon'
  return 'Good evening'
}

/** What to call somebody: the first word of the name, or nothing when the name is only an address. */
export const firstNameOf = (name: string): string | undefined => {
  const first = name.trim().split(/\s+/)[0]
  return first === undefined || first === '' || first.includes('@') ? undefined : first
}

/** `Good afternoon, Olivia. What are you working on?` */
export function greet(name: string, hour: number): string {
  const first = firstNameOf(name)
  return `${greetingAt(hour)}${first === undefined ? '' : `, ${first}`}. What are you working on?`
}
