/**
 * Issuers that sign tokens for everybody: whoever has an account there gets one for any audience. Only what names one's own
 * organisation keeps the others out; a branch or an environment is called `main` or `production` everywhere.
 * Sources: https://docs.github.com/actions/reference/security/oidc, https://docs.gitlab.com/ci/secrets/id_token_authentication/,
 * https://buildkite.com/docs/agent/cli/reference/oidc, https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens,
 * https://cloud.google.com/compute/docs/instances/verifying-instance-identity.
 */
interface PublicIssuer {
  /** By claim, what its value must look like so that it names one organisation: no star before its name is over. */
  readonly pins: Readonly<Record<string, RegExp>>
  /** Gives a new token each time it is asked, so that one need never come twice. */
  readonly singleUse: boolean
}

/** Whole, without a star. */
const one = /^[^*]+$/
/** A path whose first part is whole. */
const under = /^[^*/]+\//

const publicIssuers: Readonly<Record<string, PublicIssuer>> = {
  'https://token.actions.githubusercontent.com': {
    pins: {
      sub: /^(?:repo:[^*/:]+\/|(?:repository_owner|repository_owner_id|repository_id|enterprise|enterprise_id):[^*/:]+(?::|$))/,
      repository: under,
      repository_id: one,
      repository_owner: one,
      repository_owner_id: one,
      enterprise: one,
      enterprise_id: one,
    },
    singleUse: true,
  },
  'https://gitlab.com': {
    pins: {
      sub: /^project_path:[^*/:]+\//,
      project_path: under,
      project_id: one,
      namespace_path: /^[^*/]+(?:\/|$)/,
      namespace_id: one,
    },
    // One for the whole job.
    singleUse: false,
  },
  'https://agent.buildkite.com': {
    pins: { sub: /^organization:[^*:]+:/, organization_slug: one, organization_id: one, pipeline_id: one },
    singleUse: true,
  },
  'https://app.terraform.io': {
    pins: {
      sub: /^organization:[^*:]+:/,
      terraform_organization_name: one,
      terraform_organization_id: one,
      terraform_workspace_id: one,
      terraform_project_id: one,
    },
    singleUse: false,
  },
  'https://accounts.google.com': { pins: { sub: one, email: one }, singleUse: false },
}

/** Names of things that are called the same everywhere. Alone they let in whatever the issuer signs for. */
const commonClaims: ReadonlySet<string> = new Set([
  ...['ref', 'ref_path', 'ref_type', 'ref_protected', 'base_ref', 'head_ref', 'build_branch'],
  ...[
    'environment',
    'environment_protected',
    'event_name',
    'workflow',
    'runner_environment',
    'deployment_tier',
  ],
  ...['pipeline_source', 'iss', 'aud'],
])

const publicIssuer = (issuer: string): PublicIssuer | undefined => {
  const plain = issuer.replace(/\/$/, '')
  return Object.hasOwn(publicIssuers, plain) ? publicIssuers[plain] : undefined
}

/** Whether a token of this issuer counts once when nothing is said. */
export const isUsuallySingleUse = (issuer: string): boolean => publicIssuer(issuer)?.singleUse === true

/** Why these claims let in strangers, with the remedy; undefined when they do not. */
export function problemOfClaims(
  issuer: string,
  claims: Readonly<Record<string, string>>,
): string | undefined {
  const known = publicIssuer(issuer)
  if (known === undefined) {
    const isCommon = Object.entries(claims).every(
      ([name, value]) => commonClaims.has(name) || !/[^*]/.test(value),
    )
    if (!isCommon) return undefined
    return `must name who the token is of, not only ${Object.keys(claims).join(', ')}, which is the same for everybody there: add sub, or the repository or project`
  }
  const isPinned = Object.entries(claims).some(
    ([name, value]) => Object.hasOwn(known.pins, name) && known.pins[name]?.test(value),
  )
  if (isPinned) return undefined
  return `would let in anybody who has an account at ${issuer}: name your own organisation, without a star, in one of ${Object.keys(known.pins).join(', ')}`
}
