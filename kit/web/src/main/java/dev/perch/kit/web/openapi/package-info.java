/** What the OpenAPI documents of all services have in common. */
@NullMarked
package dev.perch.kit.web.openapi;

import org.jspecify.annotations.NullMarked;
