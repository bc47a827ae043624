/** The Idempotency-Key header: a POST that is sent twice is done once. */
@NullMarked
package dev.perch.kit.web.idempotency;

import org.jspecify.annotations.NullMarked;
