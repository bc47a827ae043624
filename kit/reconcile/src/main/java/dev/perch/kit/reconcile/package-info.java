/**
 * A work queue on PostgreSQL: due rows, leases, fences, back-off per class of error, order per key.
 */
@NullMarked
package dev.perch.kit.reconcile;

import org.jspecify.annotations.NullMarked;
