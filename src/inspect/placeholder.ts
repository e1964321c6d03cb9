/** What documents and templates write where a secret would stand. */
const words =
  /^(?:your|my|the|some|insert|enter|replace|change|put|add)[-_ ]|^(?:password|passwd|passphrase|pass|pwd?|secret|token|key|user|username|example|placeholder|redacted|changeme|none|null|undefined|true|false|empty|hidden|test|dummy|sample|string)\d{0,3}$/i

/** `${NAME}`, `{{ name }}`, `<name>`, `%s`, `$NAME`, `***`, `xxxx`, `...`. */
const shapes = /^(?:\$|\{|<|%|\[)|^(.)\1*$|\.\.\.|…|\*\*|xxxx/i

/** True when a value stands for a secret instead of being one. Looks at 200 characters at most. */
export function isPlaceholder(value: string): boolean {
  const start = value.slice(0, 200)
  return words.test(start) || shapes.test(start)
}
