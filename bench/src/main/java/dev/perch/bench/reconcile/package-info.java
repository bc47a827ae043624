/** The work queue and operations, on a PostgreSQL of their own. */
@NullMarked
package dev.perch.bench.reconcile;

import org.jspecify.annotations.NullMarked;
