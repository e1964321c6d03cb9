import type { Route } from '#/core/http/route.ts'
import { type SearchRouteServices, searchRoutes } from './index/routes.ts'
import { type ReadingRouteServices, readingRoutes } from './reading/routes.ts'
import { type TreeRouteServices, treeRoutes } from './tiles/routes.ts'

export type AuditRouteServices = SearchRouteServices & ReadingRouteServices & TreeRouteServices

/** What is asked of the log from outside, folder by folder. */
export const auditRoutes = (services: AuditRouteServices): readonly Route[] => [
  ...treeRoutes(services),
  ...searchRoutes(services),
  ...readingRoutes(services),
]
