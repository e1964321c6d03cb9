import type { Command } from './command.ts'

export interface CommandEntry {
  readonly name: string
  /** One line of the list of commands. */
  readonly summary: string
  /** Loaded when called: checking a text must not wait for the sign-in library. */
  readonly load: () => Promise<Command>
}

/** Every command. A new one is a file beside this one and a line here. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'apply',
    summary: 'take records from a file',
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    name: 'key create',
    summary: 'make a key for a person',
    load: async () => (await import('./key-create.ts')).keyCreate,
  },
  {
    name: 'key revoke',
    summary: 'end a key at once',
    load: async () => (await import('./key-revoke.ts')).keyRevoke,
  },
  {
    name: 'inspect',
    summary: 'tell what a text holds that may not leave',
    load: async () => (await import('./inspect.ts')).inspect,
  },
  {
    name: 'knowledge table',
    summary: 'remember the rows of a table, as hashes',
    load: async () => (await import('./knowledge.ts')).knowledgeTable,
  },
  {
    name: 'knowledge document',
    summary: 'remember a document, as fingerprints',
    load: async () => (await import('./knowledge.ts')).knowledgeDocument,
  },
  {
    name: 'knowledge code',
    summary: "take source code for the company's own",
    load: async () => (await import('./knowledge.ts')).knowledgeCode,
  },
  {
    name: 'knowledge list',
    summary: 'show what is remembered',
    load: async () => (await import('./knowledge.ts')).knowledgeList,
  },
  {
    name: 'knowledge remove',
    summary: 'forget a table or a document',
    load: async () => (await import('./knowledge.ts')).knowledgeRemove,
  },
  {
    name: 'audit verify',
    summary: 'prove offline that a log is whole and unchanged',
    load: async () => (await import('./audit-verify.ts')).auditVerify,
  },
  {
    name: 'audit export status',
    summary: 'tell how far each sink of the log has got',
    load: async () => (await import('./audit-export-status.ts')).auditExportStatus,
  },
  {
    name: 'audit export test',
    summary: 'send one event to a sink',
    load: async () => (await import('./audit-export-test.ts')).auditExportTest,
  },
  {
    name: 'audit export write',
    summary: 'write a part of the log to a file',
    load: async () => (await import('./audit-export-write.ts')).auditExportWrite,
  },
  {
    name: 'audit search',
    summary: 'tell who entered what, and when',
    load: async () => (await import('./audit-search.ts')).auditSearch,
  },
  {
    name: 'settings explain',
    summary: 'show every setting and where it came from',
    load: async () => (await import('./settings-explain.ts')).settingsExplain,
  },
  {
    name: 'version',
    summary: 'show the version',
    load: async () => (await import('./version.ts')).version,
  },
]
