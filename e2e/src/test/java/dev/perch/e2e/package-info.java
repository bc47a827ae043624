/** Scenarios as an operator and an OSS/BSS system live them: through REST and Kafka only. */
@NullMarked
package dev.perch.e2e;

import org.jspecify.annotations.NullMarked;
