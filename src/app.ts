import { join } from 'node:path'
import { type AuditRouteServices, auditRoutes } from '#/audit/routes.ts'
import type { Route } from '#/core/http/route.ts'
import { staticRoutes } from '#/core/http/static.ts'
import { gatewayRoutes } from '#/gateway/routes.ts'
import type { GatewayServices } from '#/gateway/services.ts'
import type { FirstRun } from '#/register/first-run/first-run.ts'
import { firstRunRoutes } from '#/register/first-run/routes.ts'
import { type RegisterRouteServices, registerRoutes } from '#/register/routes.ts'
import { type ToolRouteServices, toolRoutes } from '#/register/vendors/routes.ts'
import { publicationRoutes } from '#/snapshot/publications/routes.ts'
import type { ViewServices } from '#/snapshot/publications/views.ts'
import { simulationRoutes } from '#/snapshot/simulate/routes.ts'
import type { Simulations } from '#/snapshot/simulate/simulations.ts'
import { switchRoutes } from '#/snapshot/switches/routes.ts'
import type { Switches } from '#/snapshot/switches/switches.ts'
import { triggerRoutes } from '#/snapshot/triggers/routes.ts'
import type { Triggers } from '#/snapshot/triggers/triggers.ts'
import { administrationRoutes, type Whereabouts } from './administration.ts'
import { type HealthFacts, healthRoutes } from './health.ts'

export interface AppServices {
  readonly gateway: GatewayServices
  readonly identityRoutes: readonly Route[]
  readonly register: RegisterRouteServices
  readonly tools: ToolRouteServices
  readonly publications: ViewServices
  readonly switches: Switches
  readonly triggers: Triggers
  readonly simulations: Simulations
  readonly firstRun: FirstRun
  readonly audit: AuditRouteServices
  readonly health: () => HealthFacts
  readonly whereabouts: () => Whereabouts
}

/** The table of contents: every room's routes, in order, each with the role it needs beside it. */
export const appRoutes = (services: AppServices): readonly Route[] => [
  ...healthRoutes(services.health),
  ...administrationRoutes(services.whereabouts),
  ...services.identityRoutes,
  ...gatewayRoutes(services.gateway),
  ...registerRoutes(services.register),
  ...toolRoutes(services.tools),
  ...publicationRoutes(services.publications),
  ...switchRoutes(services.switches),
  ...triggerRoutes(services.triggers),
  ...simulationRoutes(services.simulations),
  ...firstRunRoutes(services.firstRun),
  ...auditRoutes(services.audit),
  ...staticRoutes(join(import.meta.dirname, '..', 'web', 'dist')),
]
