@NullMarked
package dev.perch.kit.web.idempotency;

import org.jspecify.annotations.NullMarked;
