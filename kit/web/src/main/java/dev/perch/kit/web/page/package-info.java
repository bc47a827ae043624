/** Lists: query parameters, label selectors, keyset pages that stay right while rows are added. */
@NullMarked
package dev.perch.kit.web.page;

import org.jspecify.annotations.NullMarked;
