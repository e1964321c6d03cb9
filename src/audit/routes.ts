import type { Route } from '#/core/http/route.ts'
import { type ReadingRouteServices, readingRoutes } from './reading/routes.ts'

export type AuditRouteServices = ReadingRouteServices

/** What the log answers over HTTP. */
export const auditRoutes = (services: AuditRouteServices): readonly Route[] => [...readingRoutes(services)]
