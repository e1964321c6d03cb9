/** The settings file, read and checked. Listeners, paths, connections and credentials live here and nowhere else. */
export interface ConnectionSettings {
  readonly kind: string
  readonly url: string | undefined
  readonly region: string | undefined
  /** A reference, never the value: `env:NAME` or `file:/path`. */
  readonly credential: string | undefined
  readonly silenceLimitMs: number
}

export interface IdentitySettings {
  /** 'embedded' is the development provider, which only serves on loopback. */
  readonly kind: 'embedded' | 'oidc'
  readonly issuer: string | undefined
  readonly clientId: string | undefined
  /** A reference, never the value: `env:NAME` or `file:/path`. */
  readonly clientSecret: string | undefined
  /** E-mail addresses that get the role owner at their first sign-in. */
  readonly owners: readonly string[]
  /** Accounts of the embedded provider. */
  readonly accounts: readonly { readonly email: string; readonly name: string }[]
}

export interface Settings {
  readonly host: string
  readonly port: number
  /** Absolute. */
  readonly dataFolder: string
  /** Absolute; undefined when there is no file and the defaults serve. */
  readonly file: string | undefined
  /** The address people use, when a proxy stands before this one. */
  readonly publicUrl: string | undefined
  readonly connections: Readonly<Record<string, ConnectionSettings>>
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
  }
  readonly audit: {
    readonly origin: string
    readonly segmentBytes: number
  }
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
