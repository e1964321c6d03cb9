import type { Route } from '#/core/http/route.ts'
import { type SearchRouteServices, searchRoutes } from './index/routes.ts'

export type AuditRouteServices = SearchRouteServices

/** What the log answers over HTTP. */
export const auditRoutes = (services: AuditRouteServices): readonly Route[] => [...searchRoutes(services)]
