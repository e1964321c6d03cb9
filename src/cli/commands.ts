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
    name: 'first-run',
    summary: 'make the first records out of three answers',
    load: async () => (await import('./first-run.ts')).firstRun,
  },
  {
    name: 'apply',
    summary: 'take records from files, after showing the plan',
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    name: 'diff',
    summary: 'tell field by field what apply would change',
    load: async () => (await import('./diff.ts')).diff,
  },
  {
    name: 'export',
    summary: 'write records as files that apply takes again',
    load: async () => (await import('./export.ts')).exportRecords,
  },
  {
    name: 'simulate',
    summary: 'tell what records would change before they serve',
    load: async () => (await import('./simulate.ts')).simulate,
  },
  {
    name: 'offering list',
    summary: 'list offerings with the highest class each may carry',
    load: async () => (await import('./offering.ts')).offeringList,
  },
  {
    name: 'offering show',
    summary: 'show what is known of an offering, and from where',
    load: async () => (await import('./offering.ts')).offeringShow,
  },
  {
    name: 'offering compare',
    summary: 'put two offerings side by side',
    load: async () => (await import('./offering.ts')).offeringCompare,
  },
  {
    name: 'offering draft',
    summary: 'write a record file from the catalogue',
    load: async () => (await import('./offering.ts')).offeringDraft,
  },
  {
    name: 'offering probe',
    summary: 'measure the connection of an offering now',
    load: async () => (await import('./offering-probe.ts')).offeringProbe,
  },
  {
    name: 'offering ending',
    summary: 'show facts that end soon',
    load: async () => (await import('./offering.ts')).offeringEnding,
  },
  {
    name: 'tools list',
    summary: 'list AI tools, and what is blocked',
    load: async () => (await import('./tools.ts')).toolsList,
  },
  {
    name: 'tools feed',
    summary: 'write the blocklist for proxies and filters',
    load: async () => (await import('./tools.ts')).toolsFeed,
  },
  {
    name: 'tools draft',
    summary: 'write a record file from the catalogue of tools',
    load: async () => (await import('./tools.ts')).toolsDraft,
  },
  {
    name: 'publication list',
    summary: 'show which publication serves, and what waits',
    load: async () => (await import('./publication.ts')).publicationList,
  },
  {
    name: 'publication show',
    summary: 'show what a publication changed',
    load: async () => (await import('./publication.ts')).publicationShow,
  },
  {
    name: 'publication diff',
    summary: 'show what differs between two publications',
    load: async () => (await import('./publication.ts')).publicationDiff,
  },
  {
    name: 'publication check',
    summary: 'test what waits before it serves',
    load: async () => (await import('./publication.ts')).publicationCheck,
  },
  {
    name: 'publication publish',
    summary: 'let what waits serve',
    load: async () => (await import('./publication.ts')).publicationPublish,
  },
  {
    name: 'publication rollback',
    summary: 'let the version before serve again',
    load: async () => (await import('./publication.ts')).publicationRollback,
  },
  {
    name: 'key create',
    summary: 'make a key for a person or a service',
    load: async () => (await import('./key-create.ts')).keyCreate,
  },
  {
    name: 'key revoke',
    summary: 'end a key at once',
    load: async () => (await import('./key-revoke.ts')).keyRevoke,
  },
  {
    name: 'rules',
    summary: 'show the rules that serve now, as a table',
    load: async () => (await import('./rules.ts')).rules,
  },
  {
    name: 'policy show',
    summary: 'show the document of a policy, and what keeps each clause',
    load: async () => (await import('./policy.ts')).policyShow,
  },
  {
    name: 'policy coverage',
    summary: 'tell which clauses rules keep, and which are promises only',
    load: async () => (await import('./policy.ts')).policyCoverage,
  },
  {
    name: 'policy guide',
    summary: 'write the one-page guide to what may go where',
    load: async () => (await import('./policy.ts')).policyGuide,
  },
  {
    name: 'policy acceptable-use',
    summary: 'write a template of an acceptable use policy',
    load: async () => (await import('./policy.ts')).policyAcceptableUse,
  },
  {
    name: 'stop',
    summary: 'stop everything, or an offering, a use case, a person, a tool, a key',
    load: async () => (await import('./switches.ts')).stop,
  },
  {
    name: 'release',
    summary: 'let go on what was stopped',
    load: async () => (await import('./switches.ts')).release,
  },
  {
    name: 'stops',
    summary: 'show what is stopped, and by whom',
    load: async () => (await import('./switches.ts')).stops,
  },
  {
    name: 'triggers',
    summary: 'show what is watched for, and what has fired',
    load: async () => (await import('./triggers.ts')).triggers,
  },
  {
    name: 'person list',
    summary: 'show who there is',
    load: async () => (await import('./person.ts')).personList,
  },
  {
    name: 'person end',
    summary: 'end an account at once',
    load: async () => (await import('./person.ts')).personEnd,
  },
  {
    name: 'person restore',
    summary: 'give an ended account back',
    load: async () => (await import('./person.ts')).personRestore,
  },
  {
    name: 'session list',
    summary: 'show the browsers a person is signed in with',
    load: async () => (await import('./session.ts')).sessionList,
  },
  {
    name: 'session end',
    summary: 'sign a person out of every browser',
    load: async () => (await import('./session.ts')).sessionEnd,
  },
  {
    name: 'scim status',
    summary: 'show the directories, their groups, and what waits',
    load: async () => (await import('./scim.ts')).scimStatus,
  },
  {
    name: 'scim resume',
    summary: 'let deactivations that were held back go on',
    load: async () => (await import('./scim.ts')).scimResume,
  },
  {
    name: 'role grant',
    summary: 'give a role until a day',
    load: async () => (await import('./role.ts')).roleGrant,
  },
  {
    name: 'role revoke',
    summary: 'end grants of a role',
    load: async () => (await import('./role.ts')).roleRevoke,
  },
  {
    name: 'role list',
    summary: 'show who has which role, and until when',
    load: async () => (await import('./role.ts')).roleList,
  },
  {
    name: 'access grant',
    summary: 'open a use case to a person until a day',
    load: async () => (await import('./access.ts')).accessGrant,
  },
  {
    name: 'access deny',
    summary: 'keep a person or a group out',
    load: async () => (await import('./access.ts')).accessDeny,
  },
  {
    name: 'access end',
    summary: 'end a grant or a denial',
    load: async () => (await import('./access.ts')).accessEnd,
  },
  {
    name: 'access list',
    summary: 'show grants and denials in force',
    load: async () => (await import('./access.ts')).accessList,
  },
  {
    name: 'access explain',
    summary: 'tell who reaches what, and why',
    load: async () => (await import('./access-explain.ts')).accessExplain,
  },
  {
    name: 'access unused',
    summary: 'show access nobody uses',
    load: async () => (await import('./access-unused.ts')).accessUnused,
  },
  {
    name: 'login',
    summary: 'sign this machine in with a work account',
    load: async () => (await import('./login.ts')).login,
  },
  {
    name: 'logout',
    summary: 'sign this machine out',
    load: async () => (await import('./logout.ts')).logout,
  },
  {
    name: 'whoami',
    summary: 'tell who is signed in on this machine',
    load: async () => (await import('./whoami.ts')).whoami,
  },
  {
    name: 'run',
    summary: 'start a coding tool, signed in',
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'task',
    summary: 'ask a task with its inputs, or list those open to you',
    load: async () => (await import('./task.ts')).task,
  },
  {
    name: 'token',
    summary: 'write an access token, for tools that ask a command',
    load: async () => (await import('./token.ts')).token,
  },
  {
    name: 'key list',
    summary: 'show keys, what each is bound to, and when it was last used',
    load: async () => (await import('./key-list.ts')).keyList,
  },
  {
    name: 'key rotate',
    summary: 'let a new key take the place of another',
    load: async () => (await import('./key-rotate.ts')).keyRotate,
  },
  {
    name: 'service set',
    summary: 'make an application that has keys, or give it to another owner',
    load: async () => (await import('./service.ts')).serviceSet,
  },
  {
    name: 'service list',
    summary: 'show applications that have keys, and who owns them',
    load: async () => (await import('./service.ts')).serviceList,
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
    name: 'audit proof',
    summary: 'give the proof that a receipt is in the log',
    load: async () => (await import('./audit-proof.ts')).auditProof,
  },
  {
    name: 'audit rebuild-tiles',
    summary: 'make what proofs are made of anew',
    load: async () => (await import('./audit-rebuild-tiles.ts')).auditRebuildTiles,
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
    summary: 'tell who did what, when, and what it cost',
    load: async () => (await import('./audit-search.ts')).auditSearch,
  },
  {
    name: 'audit erase',
    summary: 'erase what a person entered, or one exchange',
    load: async () => (await import('./audit-erase.ts')).auditErase,
  },
  {
    name: 'audit retention run',
    summary: 'end what has lasted long enough',
    load: async () => (await import('./audit-retention.ts')).auditRetentionRun,
  },
  {
    name: 'audit hold add',
    summary: 'keep everything of a person: a legal hold',
    load: async () => (await import('./audit-hold.ts')).auditHoldAdd,
  },
  {
    name: 'audit hold end',
    summary: 'end a legal hold',
    load: async () => (await import('./audit-hold.ts')).auditHoldEnd,
  },
  {
    name: 'audit hold list',
    summary: 'show legal holds',
    load: async () => (await import('./audit-hold.ts')).auditHoldList,
  },
  {
    name: 'audit inventory',
    summary: 'list every store, its key and its age',
    load: async () => (await import('./audit-inventory.ts')).auditInventory,
  },
  {
    name: 'backup',
    summary: 'copy everything, while it runs, and verify the copy',
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'restore',
    summary: 'put a backup into a new folder and verify it',
    load: async () => (await import('./restore.ts')).restore,
  },
  {
    name: 'keys rotate',
    summary: 'wrap all living keys anew and destroy the old key of keys',
    load: async () => (await import('./keys-rotate.ts')).keysRotate,
  },
  {
    name: 'keys status',
    summary: 'show the key of keys, its age, and how many keys live',
    load: async () => (await import('./keys-status.ts')).keysStatus,
  },
  {
    name: 'audit read request',
    summary: 'ask to read what people entered',
    load: async () => (await import('./audit-read.ts')).auditReadRequest,
  },
  {
    name: 'audit read list',
    summary: 'show who asked to read what, and who approved',
    load: async () => (await import('./audit-read.ts')).auditReadList,
  },
  {
    name: 'audit read entries',
    summary: 'list what an approved reading covers',
    load: async () => (await import('./audit-read.ts')).auditReadEntries,
  },
  {
    name: 'audit read search',
    summary: 'look through what an approved reading covers',
    load: async () => (await import('./audit-read.ts')).auditReadSearch,
  },
  {
    name: 'audit read open',
    summary: 'show one exchange an approved reading covers',
    load: async () => (await import('./audit-read.ts')).auditReadOpen,
  },
  {
    name: 'audit read end',
    summary: 'end a reading before its time',
    load: async () => (await import('./audit-read.ts')).auditReadEnd,
  },
  {
    name: 'audit bundle',
    summary: 'make a signed archive of exchanges that anybody can check',
    load: async () => (await import('./audit-bundle.ts')).auditBundle,
  },
  {
    name: 'audit rebuild-index',
    summary: 'drop the index of the log and build it anew',
    load: async () => (await import('./audit-rebuild-index.ts')).auditRebuildIndex,
  },
  {
    name: 'settings explain',
    summary: 'show every setting and where it came from',
    load: async () => (await import('./settings-explain.ts')).settingsExplain,
  },
  {
    name: 'sign-in check',
    summary: 'ask the identity providers what a sign-in will need',
    load: async () => (await import('./sign-in-check.ts')).signInCheck,
  },
  {
    name: 'version',
    summary: 'show the version',
    load: async () => (await import('./version.ts')).version,
  },
]
