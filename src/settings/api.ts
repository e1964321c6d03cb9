import type { DataClass } from '#/core/data-class.ts'
import type { JsonObject } from '#/core/json.ts'
/** The settings file, read and checked. Listeners, paths, connections and credentials live here and nowhere else. */
import type { Role } from '#/core/role.ts'

export interface ConnectionSettings {
  readonly kind: string
  readonly url: string | undefined
  readonly region: string | undefined
  /** A reference, never the value: `env:NAME`, `file:/path` or `vault:PATH#FIELD`. */
  readonly credential: string | undefined
  readonly silenceLimitMs: number
  /** Where the provider says how long it keeps what is sent; a probe asks. */
  readonly retention?: RetentionSettings
}

/** Every credential is a reference, never the value: `env:NAME` or `file:/path`. */
export type RetentionSettings =
  | {
      readonly kind: 'openai'
      /** The project the credential of the connection belongs to. */
      readonly project: string
      /** An admin key: it may ask how an account is set, and more. */
      readonly credential: string
    }
  | {
      readonly kind: 'bedrock'
      readonly region: string
      /** Instead of `https://bedrock.REGION.amazonaws.com`: a private endpoint. */
      readonly url: string | undefined
      readonly accessKeyId: string
      readonly secretAccessKey: string
      readonly sessionToken: string | undefined
    }

/** How connections are looked at from time to time. */
export interface ProbeSettings {
  /** 0: only by hand. */
  readonly everyMinutes: number
  /** So many days what speaks for an offering serves without being measured again. */
  readonly factDays: number
  /** For each request of a probe. */
  readonly limitMs: number
}

/** A directory that tells Sallyport about people and groups over SCIM. */
export interface ScimClientSettings {
  readonly id: string
  /** The provider its people sign in at; the only one when undefined. */
  readonly provider: string | undefined
  /** References, never the values: `env:NAME` or `file:/path`. */
  readonly token: string
  readonly formerToken: string | undefined
  /** Where the subject stands that the provider will say of a person. */
  readonly subjectFrom: 'externalId' | 'userName' | 'none'
}

export const providerShapes = ['generic', 'entra', 'okta', 'google', 'keycloak'] as const

/** How a provider says who somebody is: which claims it has, and what they are worth. */
export type ProviderShape = (typeof providerShapes)[number]

export const sessionRenewals = ['refresh-token', 'none'] as const
export type SessionRenewal = (typeof sessionRenewals)[number]

/** An OpenID provider people sign in with. */
export interface SignInProviderSettings {
  readonly id: string
  /** For the page where people choose. */
  readonly name: string
  readonly shape: ProviderShape
  readonly issuer: string
  /** The path of the redirect address: its own when there may be several providers. */
  readonly callback: string
  readonly clientId: string
  /** A reference, never the value: `env:NAME` or `file:/path`. */
  readonly clientSecret: string | undefined
  /** A reference to a file in PEM, `file:/path`: a private key, and its certificate where one is needed. */
  readonly clientKey: string | undefined
  readonly clientKeyId: string | undefined
  /** Beside `openid email profile`. */
  readonly scopes: readonly string[]
  /** The claim that tells groups; undefined when none are told. */
  readonly groupsClaim: string | undefined
  /** Nobody signs in whose token tells no groups at all. */
  readonly groupsRequired: boolean
  /** Its e-mail addresses count as verified although it does not say so. */
  readonly trustEmail: boolean
  /** Domains whose addresses it may vouch for; empty for all. At Google, the organisations that may sign in. */
  readonly domains: readonly string[]
  /** At Entra ID with an issuer of many: the tenants that may sign in. */
  readonly tenants: readonly string[]
  /** What is asked for when somebody must prove again, and more strongly, who they are. */
  readonly acr: string | undefined
  /** How a session goes on beyond its end without a click: the provider is asked with a refresh token, or it does not. */
  readonly renewal: SessionRenewal
}

/** What everybody in a group of the directory has, as long as they are in it. */
export interface GroupRoles {
  /** `SOURCE:ID`, where the id never changes. */
  readonly group: string
  /** Shown to people. */
  readonly name: string | undefined
  readonly roles: readonly Role[]
}

/** How long access may be given for, in days. */
export interface GrantSettings {
  readonly mostDays: number
  /** Of roles somebody must always hold. */
  readonly officeMostDays: number
}

/** How long keys of callers live, and when their use is told of. */
export interface KeyPolicySettings {
  /** Of a key for which nobody says how long. */
  readonly defaultDays: number
  /** No key lives longer. */
  readonly maxDays: number
  /** From so many addresses within an hour a key is told of; 0 for never. */
  readonly alertMachines: number
}

/** Programs on a platform whose tokens are taken for a key that lives for minutes. */
export interface WorkloadSettings {
  readonly id: string
  /** `iss` of the token, exactly. */
  readonly issuer: string
  readonly audience: string
  /** Where the platform's public keys lie; found by discovery when undefined. */
  readonly jwksUrl: string | undefined
  /** Every one of these must fit: `*` stands for anything without `/` and `:`, `**` for anything. */
  readonly claims: Readonly<Record<string, string>>
  readonly service: string
  readonly useCase: string
  readonly highestClass: DataClass
  readonly lifeMinutes: number
  /** A token gives one key, and is then used. */
  readonly singleUse: boolean
}

export interface IdentitySettings {
  /** 'embedded' is the development provider, which only serves on loopback. */
  readonly kind: 'embedded' | 'oidc'
  /** Those of kind 'oidc'; at least one. */
  readonly providers: readonly SignInProviderSettings[]
  /** E-mail addresses that get the role owner at their first sign-in. */
  readonly owners: readonly string[]
  /** Accounts of the embedded provider. */
  readonly accounts: readonly { readonly email: string; readonly name: string }[]
  readonly groups: readonly GroupRoles[]
  readonly grants: GrantSettings
  readonly keys: KeyPolicySettings
  readonly workloads: readonly WorkloadSettings[]
  readonly sessions: SessionSettings
  /** How old a sign-in may be for what asks for a fresh one; 0 asks for none. */
  readonly stepUpMinutes: number
  readonly scim: readonly ScimClientSettings[]
}

/** When a browser has to sign in again. */
export interface SessionSettings {
  /** Without use. */
  readonly idleMinutes: number
  /** In any case. */
  readonly absoluteHours: number
}

/** Tools for the command line that sign in for a person. */
export interface CodingAgentSettings {
  /** How long an access token works; the tool refreshes it. */
  readonly accessMinutes: number
  /** How long a tool can refresh before a person has to sign it in again. */
  readonly deviceDays: number
  /** What Claude Code is told to obey, as its `managed-settings.json`; false for nothing. */
  readonly claudeCode: JsonObject | false
}

/** HashiCorp Vault or OpenBao: its transit engine. */
export interface VaultSettings {
  readonly url: string
  readonly mount: string
  /** The name of the key in the transit engine. */
  readonly key: string
  /** A reference, never the value: `env:NAME` or `file:/path`. Read anew for every call. */
  readonly token: string
  readonly namespace: string | undefined
  /** Absolute. Certificates to trust instead of the system's. */
  readonly caFile: string | undefined
  readonly limitMs: number
}

/** HashiCorp Vault or OpenBao: its key-value engine, version 2, where `vault:PATH#FIELD` points. */
export interface SecretStoreSettings {
  readonly url: string
  readonly mount: string
  /** A reference, never the value: `env:NAME` or `file:/path`. Read anew for every call. */
  readonly token: string
  readonly namespace: string | undefined
  /** Absolute. Certificates to trust instead of the system's. */
  readonly caFile: string | undefined
  readonly limitMs: number
  /** A secret serves so long after it was read; it is read again from half of that on. */
  readonly keptMinutes: number
}

/** AWS Key Management Service. */
export interface AwsKmsSettings {
  readonly region: string
  /** Key id, ARN or `alias/NAME` of a symmetric key. */
  readonly key: string
  /** Instead of `https://kms.REGION.amazonaws.com`: a private endpoint. */
  readonly url: string | undefined
  /** References, never the values. Read anew for every call. */
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
  readonly limitMs: number
}

export const forwardedHeaders = ['x-forwarded-for', 'forwarded'] as const

export const clientCertificates = ['off', 'request', 'require'] as const

/** What Sallyport shows itself with where it ends TLS itself. */
export interface TlsSettings {
  /** Absolute. In PEM, with those between it and its root. */
  readonly certificate: string
  /** `file:/path`. */
  readonly privateKey: string
  readonly minVersion: '1.2' | '1.3'
  /** On which of its addresses. */
  readonly for: 'all' | 'admin'
  /** `request`: who shows one must show a right one; `require`: nobody comes in without. */
  readonly clientCertificates: (typeof clientCertificates)[number]
  readonly clientCertificatesFor: 'all' | 'admin'
  /** Absolute. Who issues them. */
  readonly clientCa: string | undefined
}

/** An address of its own for what only people with a role may do; the main one then does not answer to it. */
export interface AdminSettings {
  readonly host: string
  readonly port: number
  readonly publicUrl: string | undefined
}

/** What happens where the moderation model was not asked, or did not answer. */
export const moderationElse = ['refuse', 'note'] as const

/** A model that is asked whether what people write is harmful, before it leaves. */
export interface ModerationSettings {
  /** By the id of its record. */
  readonly offering: string
  /** It gives no answer: away, stopped, not approved, or there is more than it is asked at once. */
  readonly away: (typeof moderationElse)[number]
  /** What leaves may not be seen by it. */
  readonly above: (typeof moderationElse)[number]
  readonly limitMs: number
  /** From which score of its categories on; undefined takes its own word. */
  readonly threshold: number | undefined
}

export const publicationModes = ['automatic', 'by-person'] as const

/** Automatic: at once, when it passes. By person: somebody publishes it. */
export type PublicationMode = (typeof publicationModes)[number]

export const keySources = ['file', 'vault', 'aws-kms'] as const

/** Where the key comes from that wraps all others. */
export interface KeySettings {
  readonly source: (typeof keySources)[number]
  /** Seals `keys/kek` when the source is `file`. References, never the values. */
  readonly passphrase: string | undefined
  /** The one before, while it is being changed. */
  readonly formerPassphrase: string | undefined
  readonly rotateEveryDays: number
  readonly vault: VaultSettings | undefined
  readonly awsKms: AwsKmsSettings | undefined
}
/** What every sink of `audit.export` has, whatever its kind. */
interface AnySinkSettings {
  readonly id: string
  readonly format: 'ocsf' | 'ecs' | 'cef' | 'sallyport'
  /** Where a sink starts that has never been sent anything. */
  readonly from: 'beginning' | 'now'
  /** Names and addresses instead of aliases. */
  readonly people: boolean
}

export interface FileSinkSettings extends AnySinkSettings {
  readonly kind: 'file'
  /** Absolute. */
  readonly path: string
  /** A file ends with the first batch that passes this. */
  readonly maxBytes: number
  /** How many full files stay beside the one that grows. */
  readonly keep: number
}

export interface SyslogSinkSettings extends AnySinkSettings {
  readonly kind: 'syslog'
  readonly host: string
  readonly port: number
  /** False only to this machine. */
  readonly tls: boolean
  /** Absolute path of the certificates that are trusted; those of Node when undefined. */
  readonly ca: string | undefined
  /** The name the certificate must carry, when it is not `host`. */
  readonly serverName: string | undefined
  /** Absolute path, and a reference to a file: what Sallyport shows itself with. */
  readonly certificate: string | undefined
  readonly privateKey: string | undefined
}

export interface SplunkSinkSettings extends AnySinkSettings {
  readonly kind: 'splunk-hec'
  /** Of the collector, without `/services/collector`. */
  readonly url: string
  /** A reference, never the value: `env:NAME` or `file:/path`. */
  readonly token: string
  readonly ca: string | undefined
  readonly index: string | undefined
  readonly gzip: boolean
  /** Indexer acknowledgement: the token must have it switched on. */
  readonly acknowledge: boolean
}

export type SinkSettings = FileSinkSettings | SyslogSinkSettings | SplunkSinkSettings

export interface Settings {
  readonly host: string
  readonly port: number
  /** Absolute. */
  readonly dataFolder: string
  /** Absolute; undefined when there is no file and the defaults serve. */
  readonly file: string | undefined
  /** The address people use, when a proxy stands before this one. */
  readonly publicUrl: string | undefined
  /** Further names this Sallyport answers to, as a Host header has them: lower case, with the port when it is not the usual one. */
  readonly hosts: readonly string[]
  /** Networks of the proxies in front, whose word about who asks counts. */
  readonly trustedProxies: readonly string[]
  /** Where they say it. The other header is never read: a proxy that does not write it passes on what a client wrote. */
  readonly forwardedHeader: (typeof forwardedHeaders)[number]
  readonly tls: TlsSettings | undefined
  readonly admin: AdminSettings | undefined
  readonly vault: SecretStoreSettings | undefined
  readonly connections: Readonly<Record<string, ConnectionSettings>>
  readonly probes: ProbeSettings
  readonly feeds: {
    /** Networks of proxies and filters that read feeds without a key. */
    readonly networks: readonly string[]
  }
  readonly identity: IdentitySettings
  /** Absolute paths of record files applied into an empty register. */
  readonly bootstrap: readonly string[]
  readonly limits: {
    readonly bodyMaxBytes: number
    readonly bodyMaxMs: number
    readonly jsonMaxDepth: number
    readonly answerMaxBytes: number
    readonly requestsPerMinute: number
    readonly openPerCaller: number
    readonly openAltogether: number
  }
  readonly inspection: {
    /** Names of people, places and organisations are looked for too: everywhere, or in attachments alone. */
    readonly names: boolean | 'attachments'
    /** Undefined: no moderation model is asked. */
    readonly moderation: ModerationSettings | undefined
  }
  /** When what was approved begins to serve. */
  readonly publication: {
    readonly mode: PublicationMode
    /** Whether somebody else must agree to what somebody publishes. */
    readonly secondPerson: boolean
  }
  readonly audit: {
    readonly origin: string
    readonly segmentBytes: number
    /** Absolute: folders, on other machines, that keep a copy of the newest checkpoint. */
    readonly checkpointCopies: readonly string[]
    /** Of a file that is given up when the disk is full. */
    readonly ballastMiB: number
    /** What one person's entries may take of a day; 0 for no limit. */
    readonly personMiBPerDay: number
    /** Where the log is copied to. Only ever set here: a path or an address set over a network is a way in. */
    readonly export: readonly SinkSettings[]
  }
  readonly retention: {
    /** Texts last at least this long. */
    readonly contentDays: number
    /** Whose entry it was is known at least this long. */
    readonly headerDays: number
    /** Why less than six months is enough here. */
    readonly belowSixMonths: string | undefined
    /** Whether headers older than `headerDays` end, or stay for ever with nobody named in them. */
    readonly headers: 'end' | 'keep'
  }
  readonly keys: KeySettings
  readonly codingAgents: CodingAgentSettings
  /** SHA-256 of the effective settings without secrets: stands in the log. */
  readonly digest: string
}

/** One thing that is wrong in the settings. `key` is dotted: `connections.west.url`. */
export interface SettingsProblem {
  readonly key: string
  /** `/etc/sallyport.yaml:12:5`, or `environment variable PORT`. */
  readonly place: string
  /** What is wrong and what would be right, as one sentence. Never repeats a value that may be a secret. */
  readonly problem: string
}
